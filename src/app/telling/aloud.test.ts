import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Aloud } from './aloud';

let said: string[];
let aloud: Aloud;
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  aloud = new Aloud((text) => said.push(text));
});
afterEach(() => {
  aloud.stop();
  vi.useRealTimers();
});

test('each step is said at once', () => {
  for (const text of ['one', 'two', 'three']) {
    aloud.tell(text, 'report', false);
    vi.advanceTimersByTime(1);
  }
  expect(said).toEqual(['one', 'two', 'three']);
});

test('of a run the newest is said, once in three seconds', () => {
  for (const text of ['one', 'two', 'three']) {
    aloud.tell(text, 'report', true);
    vi.advanceTimersByTime(500);
  }
  expect(said).toEqual(['one']);
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual(['one', 'three']);
});

test('a FAIL and a new master are said, whatever comes right after them', () => {
  aloud.tell('suspects', 'pfail', true);
  vi.advanceTimersByTime(100);
  aloud.tell('FAIL', 'fail', true);
  aloud.tell('asks for votes', 'election', true);
  aloud.tell('won', 'win', true);
  aloud.tell('ok', 'state', true);
  vi.advanceTimersByTime(30_000);
  expect(said).toEqual(['suspects', 'FAIL', 'won', 'ok']);
});

test('once time stands still, where it stands is what is said', () => {
  aloud.tell('suspects', 'pfail', true);
  vi.advanceTimersByTime(100);
  aloud.tell('FAIL', 'fail', true);
  aloud.tell('ok', 'state', false);
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual(['suspects', 'ok']);
});

test('what is told again while it lasts does not hold up what comes next', () => {
  aloud.tell('FAIL', 'fail', true);
  vi.advanceTimersByTime(100);
  aloud.tell('FAIL', 'fail', true);
  aloud.tell('ok', 'state', true);
  vi.advanceTimersByTime(3_000);
  expect(said).toEqual(['FAIL', 'ok']);
});

test('nothing is said twice, and a hurried run does not talk on for long', () => {
  for (let i = 0; i < 9; i += 1) aloud.tell(`FAIL ${i}`, 'fail', true);
  aloud.tell('FAIL 8', 'fail', true);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(['FAIL 6', 'FAIL 7', 'FAIL 8']);
});
