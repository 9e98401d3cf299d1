import { expect, test } from 'vitest';
import { nextMs } from './live-clock';

const FRAME_MS = 33;

test('near the edge time runs as it does on the wall', () => {
  expect(nextMs(1_000, 1_100, FRAME_MS)).toBe(1_033);
});

test('it never runs beyond what is known', () => {
  expect(nextMs(1_000, 1_010, FRAME_MS)).toBe(1_010);
  expect(nextMs(1_010, 1_010, FRAME_MS)).toBe(1_010);
});

test('what it has fallen behind, it catches up within a second or so', () => {
  let atMs = 0;
  let edgeMs = 900;
  for (let i = 0; i < 60; i++) {
    edgeMs += FRAME_MS;
    atMs = nextMs(atMs, edgeMs, FRAME_MS);
  }
  expect(edgeMs - atMs).toBeLessThan(150);
});

test('after a long sleep of the page it is at the edge at once', () => {
  expect(60_000 - nextMs(5_000, 60_000, FRAME_MS)).toBeLessThan(200);
});
