/** What a presenter's window reads off the notes and the clock. */
import { expect, test } from 'vitest';
import { minutesSince } from './minutes-since';
import { notesFor } from './notes-for';

const NOTES =
  '<h2>Ask the room</h2><ul><li><code>health</code>: who would wake up?</li>' +
  '<li>Before each <code>name</code>: collect.</li></ul><p><code>health</code></p>';

test('notes for a step are the points that name it', () => {
  expect(notesFor(NOTES, 'health')).toBe(
    '<ul><li><code>health</code>: who would wake up?</li></ul>',
  );
  expect(notesFor(NOTES, 'refute')).toBe('');
});

test('the clock counts minutes and seconds, and never below zero', () => {
  expect([minutesSince(0, 185_400), minutesSince(5, 0)]).toEqual(['3:05', '0:00']);
});
