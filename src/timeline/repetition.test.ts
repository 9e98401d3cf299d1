import { describe, expect, test } from 'vitest';
import type { Note } from '../protocol/notes';
import { Repetition } from './repetition';

const start = (run: number): Note => ({ event: 'cli.start', run, text: 'redis-cli --cluster fix' });
const exit = (run: number): Note => ({ event: 'cli.exit', run, code: 0 });
const open = (node: string, peer: string, slot: number): Note => {
  return { event: 'slot.open', node, peer, slot, mark: 'migrating' };
};
const key = (slot: number): Note => {
  return { event: 'key.move', node: '8901', to: '8902', key: `k${slot}`, slot };
};
const taken = (slot: number): Note => ({
  event: 'slot.owner',
  node: '8902',
  owner: '8902',
  slots: String(slot),
  epoch: 7,
  by: 'order',
});

/** Which of the notes are told. */
function told(notes: readonly Note[], atMs = 12_000): Note[] {
  const repetition = new Repetition();
  return notes.filter((note) => !repetition.hears(note, atMs));
}

describe('a run of redis-cli that moves many slots', () => {
  const first = [open('8902', '8901', 0), open('8901', '8902', 0), taken(0)];
  const second = [open('8902', '8901', 1), open('8901', '8902', 1), taken(1)];

  test('between two nodes the first slot is told, the others are not', () => {
    expect(told([start(2), ...first, ...second, exit(2)])).toEqual([start(2), ...first, exit(2)]);
  });

  test('other nodes are another story', () => {
    const other = open('8903', '8902', 9);
    expect(told([start(2), ...first, other, ...second])).toEqual([start(2), ...first, other]);
  });

  test('of the keys one is told, even if the first slot was empty', () => {
    const notes = [start(2), ...first, key(1), key(2), key(2)];
    expect(told(notes)).toEqual([start(2), ...first, key(1)]);
  });

  test('the next run begins anew', () => {
    const notes = [start(2), ...first, exit(2), start(3), ...second, exit(3)];
    expect(told(notes)).toEqual(notes);
  });

  test('by hand, slot for slot, everything is told', () => {
    const notes = [...first, ...second, key(1), key(2)];
    expect(told(notes)).toEqual(notes);
  });
});

test('the end of what the scene began with is no news', () => {
  expect(told([start(1), exit(1)], 0)).toEqual([start(1)]);
});
