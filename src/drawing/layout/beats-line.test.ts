import { describe, expect, test } from 'vitest';
import type { Beat } from '../../timeline/cluster-source';
import { beatsLine } from './beats-line';

let step = 0;
function beat(atMs: number, kind: Beat['kind'], note: object): Beat {
  step += 1;
  return { step, atMs, kind, note: { atMs, step, ...note } } as Beat;
}
const freeze = (atMs: number) =>
  beat(atMs, 'process', { event: 'process', node: '8901', process: 'frozen' });
const suspects = (atMs: number, at: string) =>
  beat(atMs, 'pfail', { event: 'flag.set', at, about: '8901', flag: 'pfail' });
const verdict = (atMs: number) =>
  beat(atMs, 'fail', { event: 'flag.set', at: '8904', about: '8901', flag: 'fail' });
const state = (atMs: number) => beat(atMs, 'state', { event: 'state', node: '8902', state: 'ok' });

const BEATS = [
  state(900),
  freeze(4_200),
  suspects(9_500, '8902'),
  suspects(10_000, '8903'),
  verdict(11_300),
];

function lineAt(beats: readonly Beat[], atMs: number) {
  const cursorStep = beats.findLast((b) => b.atMs <= atMs)?.step ?? 0;
  const text = (word: string, run: readonly Beat[]) => `${word} ${run.length}`;
  return beatsLine(beats, { cursorStep, atMs, widthPx: 700, fontPx: 24, text });
}

describe('the story so far, on one line', () => {
  test('it begins with what was done to the cluster; like beats share a word', () => {
    const { labels, dots } = lineAt(BEATS, 11_300);
    expect(labels.map(({ text }) => text)).toEqual(['frozen 1', 'suspicion 2', 'fail 1']);
    expect(dots.map(({ tone }) => tone)).toEqual(['ink', 'pfail', 'pfail', 'fail']);
  });

  test('the latest beat stands at the playhead, which does not move', () => {
    for (const atMs of [9_500, 11_300]) {
      const { dots, headX } = lineAt(BEATS, atMs);
      expect(dots.at(-1)!.x).toBeCloseTo(headX);
      expect(headX).toBeCloseTo(518);
    }
  });

  test('words never touch: the newest stays', () => {
    const crowd = [...BEATS, suspects(11_310, '8905'), verdict(11_320)];
    const { labels } = lineAt(crowd, 11_320);
    const ends = labels.map(({ x, text }) => [x - text.length * 6, x + text.length * 6]);
    for (const [i, [from]] of ends.entries()) {
      if (i > 0) expect(from).toBeGreaterThan(ends[i - 1]![1]!);
    }
    expect(labels.at(-1)!.key).toBe(String(crowd.at(-1)!.step));
  });

  test('before anything happened there is a bare line', () => {
    expect(lineAt([], 500)).toMatchObject({ dots: [], labels: [] });
  });
});
