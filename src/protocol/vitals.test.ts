import fc from 'fast-check';
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

test('vitals: versions of many ledgers ago read as they always did, in whatever order', () => {
  const all = versions(5_000);
  const model = (i: number): number[] => {
    const wanted = [0, 0, 0];
    for (let at = Math.max(1, i - 2); at <= i; at++) wanted[at % 3] = at;
    return wanted;
  };
  const order = [0, 4_999, 1, 2_500, 2_499, 130, 128, 127, 129, 1_152, 1_151, 5_000, 3];
  for (const i of order) expect(pingsOf(all[i]!)).toEqual(model(i));
  const draft = all[1_152]!.draft();
  draft.write(0, { pingSentMs: -1 });
  expect([pingsOf(all[1_152]!), pingsOf(draft)]).toEqual([model(1_152), [-1, 1_150, 1_151]]);
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

test('vitals: what four bytes do not hold is kept as it is', () => {
  const [first] = versions(0);
  for (const time of [2 ** 31, -(2 ** 31) - 1, 1_700_000_000_000, 0.5]) {
    const draft = first!.draft();
    draft.write(1, { pongReceivedMs: 7 });
    const later = draft.draft();
    later.write(1, { pingSentMs: time });
    expect(later.at(1)).toEqual({ ...NO_SIGNS, pingSentMs: time, pongReceivedMs: 7 });
    expect(draft.at(1)).toEqual({ ...NO_SIGNS, pongReceivedMs: 7 });
    expect(Vitals.of([...later]).at(1)).toEqual(later.at(1));
  }
});

test('vitals: the nodes to which a ping is pending are those of the pings', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(69), fc.nat(1)), { maxLength: 400 }), (writes) => {
      const all = [Vitals.of(Array.from({ length: 70 }, () => NO_SIGNS))];
      for (const [place, pingSentMs] of writes) {
        const draft = all.at(-1)!.draft();
        draft.write(place, { pingSentMs });
        all.push(draft);
      }
      for (const vitals of [all.at(-1)!, all[0]!, all[all.length >> 1]!]) {
        const pending = pingsOf(vitals).map((_, place) => bitAt(vitals.pendingPings, place));
        expect(pending).toEqual(pingsOf(vitals));
      }
    }),
  );
});

const bitAt = (bits: Readonly<Int32Array>, place: number): number =>
  (bits[place >> 5]! >>> (place & 31)) & 1;

test.each([3, 5_000])(
  'vitals: of %i versions all but one before the last are forgotten',
  (many) => {
    const all = versions(many);
    const [before, kept, last] = [all[many - 2]!, all[many - 1]!, all[many]!];
    const wanted = pingsOf(kept);
    const newest = last.draft();
    newest.write(0, { pingSentMs: -1 });
    newest.forgetBefore(kept);
    expect(() => before.columns).toThrow('was let go');
    expect(pingsOf(kept)).toEqual(wanted);
    newest.write(1, { pingSentMs: -2 });
    expect(pingsOf(newest).slice(0, 2)).toEqual([-1, -2]);
  },
);
