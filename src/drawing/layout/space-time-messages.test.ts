import { describe, expect, test } from 'vitest';
import type { MessageType } from '../../protocol/notes';
import { areBusy, nameX, namePx, type MessageLine } from './space-time-messages';

const line = (id: number, type: MessageType): MessageLine => ({
  trace: {
    ...{ id, type, from: '8901', to: '8902', sentAtMs: 0, deliverAtMs: 100 },
    ...{ fate: 'delivered', rumours: [], epoch: 0 },
  },
  ...{ isKey: true, rumour: null, x0: 0, y0: 0, x1: 10, y1: 10, endMs: 100 },
});
const lines = (count: number, type: MessageType) =>
  Array.from({ length: count }, (_, i) => line(i, type));

describe('space-time-messages', () => {
  test('the broadcasts of many verdicts stand back, a few do not', () => {
    expect(areBusy(lines(200, 'FAIL'))).toBe(true);
    expect(areBusy(lines(29, 'FAIL'))).toBe(false);
  });

  test('heartbeats alone, however many, are no reason to', () => {
    expect(areBusy(lines(900, 'PING'))).toBe(false);
  });

  test('the name of a message stands over its middle', () => {
    expect(nameX({ x0: 400, x1: 420 }, 20, [0, 1_000])).toBe(410);
  });

  test('it is whole at the ends of the lanes', () => {
    expect(nameX({ x0: 5, x1: 25 }, 20, [0, 1_000])).toBeCloseTo(namePx(20) / 2);
    expect(namePx(20)).toBeCloseTo(142);
    expect(nameX({ x0: 980, x1: 1_005 }, 20, [0, 1_000])).toBeCloseTo(929);
  });

  test('no name for a message of another time', () => {
    expect(nameX({ x0: -90, x1: -10 }, 20, [0, 1_000])).toBeNull();
    expect(nameX({ x0: 1_010, x1: 1_020 }, 20, [0, 1_000])).toBeNull();
  });
});
