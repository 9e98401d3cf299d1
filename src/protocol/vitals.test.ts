import { expect, test } from 'vitest';
import { NO_SIGNS, Vitals, type VitalSigns } from './vitals';

const signs = (pingSentMs: number): VitalSigns => ({ ...NO_SIGNS, pingSentMs });
const pingsOf = (vitals: Vitals): number[] => [...vitals].map(({ pingSentMs }) => pingSentMs);

/** A version upon a version, `count` of them, each with one ping more. */
function versions(count: number): Vitals[] {
  const all = [Vitals.of([signs(0), signs(0), signs(0)])];
  for (let i = 1; i <= count; i++) {
    const draft = all.at(-1)!.draft();
    draft.write(i % 3, { pingSentMs: i });
    all.push(draft);
  }
  return all;
}

test('vitals: what was read from a version once is read from it for ever', () => {
  const all = versions(1_000);
  const wanted = [0, 0, 0];
  for (const [i, version] of all.entries()) {
    if (i > 0) wanted[i % 3] = i;
    expect(pingsOf(version)).toEqual(wanted);
  }
});

test('vitals: an old version can be gone on from, and the newest does not mind', () => {
  const all = versions(10);
  const other = all[4]!.draft();
  other.write(0, { pongReceivedMs: 7, dataReceivedMs: 8, offsetBytes: 9 });
  expect(other.at(0)).toEqual({
    pingSentMs: 3,
    pongReceivedMs: 7,
    dataReceivedMs: 8,
    offsetBytes: 9,
  });
  expect(pingsOf(other)).toEqual([3, 4, 2]);
  expect(pingsOf(all[4]!)).toEqual([3, 4, 2]);
  expect(pingsOf(all[10]!)).toEqual([9, 10, 8]);
  expect(other).not.toEqual(all[4]);
});

test('vitals: two drafts of one version know nothing of each other', () => {
  const [first] = versions(0);
  const [a, b] = [first!.draft(), first!.draft()];
  a.write(1, { pingSentMs: 5 });
  b.write(2, { pingSentMs: 6 });
  expect([first!, a, b].map(pingsOf)).toEqual([
    [0, 0, 0],
    [0, 5, 0],
    [0, 0, 6],
  ]);
});

test('vitals: a node comes and a node goes', () => {
  const three = Vitals.of([signs(1), signs(2), signs(3)]);
  expect(pingsOf(three.with(NO_SIGNS))).toEqual([1, 2, 3, 0]);
  expect(pingsOf(three.without(1))).toEqual([1, 3]);
});
