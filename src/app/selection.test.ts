import { describe, expect, test } from 'vitest';
import type { FrameMessage } from '../protocol/cluster-frame';
import type { RecordedNote } from '../protocol/notes';
import { messageIn, nodesIn, type Selection } from './selection';
import { tellsOf } from './telling/tells-of';

const REPORT: Selection = { type: 'report', at: '8904', by: '8902', about: '8901', message: 7 };
const at = { atMs: 10, step: 3 };
const received: RecordedNote = {
  ...{ event: 'received', type: 'PING', from: '8902', to: '8904', message: 7 },
  ...at,
};

describe('what is picked', () => {
  test('a report stands for the message that carried it', () => {
    expect(messageIn(REPORT)).toBe(7);
    expect(messageIn({ type: 'node', node: '8901' })).toBeNull();
  });

  test('the nodes it is about, the one to open first', () => {
    expect(nodesIn(REPORT, null)).toEqual(['8904', '8902', '8901']);
    const message = { from: '8902', to: '8904' } as FrameMessage;
    expect(nodesIn({ type: 'message', message: 7 }, message)).toEqual(['8904', '8902']);
    expect(nodesIn(null, null)).toEqual([]);
  });

  test('which notes tell of it', () => {
    expect(tellsOf({ type: 'message', message: 7 }, received)).toBe(true);
    expect(tellsOf({ type: 'message', message: 8 }, received)).toBe(false);
    expect(tellsOf({ type: 'link', from: '8904', to: '8902' }, received)).toBe(true);
    const filed: RecordedNote = {
      event: 'report.add',
      at: '8904',
      by: '8902',
      about: '8901',
      ...at,
    };
    expect(tellsOf(REPORT, filed)).toBe(true);
    expect(tellsOf(REPORT, { ...filed, by: '8903' })).toBe(false);
    const log: RecordedNote = { event: 'log', node: '8904', level: 'notice', text: 'x', ...at };
    expect(tellsOf({ type: 'node', node: '8904' }, log)).toBe(true);
    expect(tellsOf(null, log)).toBe(false);
  });
});
