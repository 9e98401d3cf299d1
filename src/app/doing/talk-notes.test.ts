import { expect, test } from 'vitest';
import type { RecordedNote } from '../../protocol/notes';
import { TalkNotes } from './talk-notes';

const note = (event: string, step: number) => ({ event, step, atMs: step }) as RecordedNote;

test('what is said is found as the notes grow, and the list stays while nothing is said', () => {
  const talk = new TalkNotes();
  const notes = [note('command', 1), note('sent', 2)];
  const first = talk.of(notes);
  expect(first).toEqual([notes[0]]);
  notes.push(note('received', 3));
  expect(talk.of([...notes])).toBe(first);
  const reply = note('reply', 4);
  notes.push(reply);
  expect(talk.of([...notes])).toEqual([...first, reply]);
});

test('another line of history is read anew', () => {
  const talk = new TalkNotes();
  const past = note('command', 1);
  talk.of([past, note('reply', 2)]);
  const other = note('cli.start', 3);
  expect(talk.of([past, note('sent', 2), other])).toEqual([past, other]);
});
