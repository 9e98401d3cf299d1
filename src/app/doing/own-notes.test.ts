import { expect, test } from 'vitest';
import type { RecordedNote } from '../../protocol/notes';
import { ownNotes } from './own-notes';

const note = (fields: object) => ({ step: 1, atMs: 0, ...fields }) as RecordedNote;

test('what others typed is not on one’s own screen; what the cluster did may be', () => {
  const own = note({ event: 'command', client: 'c1', node: '8901', text: 'CLUSTER INFO' });
  const others = note({ event: 'command', client: 'm1', node: '8902', text: 'CLUSTER RESET' });
  const log = note({ event: 'log', node: '8901', level: 'notice', text: 'ok' });
  expect(ownNotes([own, others, log])).toEqual([own, log]);
});
