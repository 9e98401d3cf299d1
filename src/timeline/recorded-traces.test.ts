import { expect, test } from 'vitest';
import type { MessageTrace } from './cluster-source';
import { columnsOf, tracesOf } from './recorded-traces';

test('messages come out of their columns as they went in', () => {
  const ping = { type: 'PING', from: '8901', to: '8902', fate: 'delivered', rumours: [] } as const;
  const traces: MessageTrace[] = [
    { ...ping, id: 4, sentAtMs: 100, deliverAtMs: 140, about: null, epoch: 1 },
    { ...ping, id: 9, sentAtMs: 90, deliverAtMs: 200, about: null, epoch: 1 },
    {
      ...{ ...ping, id: 7, sentAtMs: 120, deliverAtMs: 120, fate: 'lost' },
      rumours: [{ about: '8903', flag: 'pfail' }],
    },
  ];
  const columns = columnsOf(traces);
  expect(tracesOf(columns)).toEqual(traces);
  expect(columns.kinds).toHaveLength(2);
});
