/** Links: everything in, everything out, for any place; old ones, long ones, broken ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_READABLE, linkOf, unpack } from './packed-link';
import { BARE_SANDBOX, type Place, type SandboxPlace } from './place';
import { hashOf, placeOf } from './url';

const node = fc.integer({ min: 8_901, max: 8_912 }).map(String);
const selection = fc.oneof(
  node.map((name) => ({ type: 'node' as const, node: name })),
  fc.nat(999_999).map((message) => ({ type: 'message' as const, message })),
  fc.tuple(node, node).map(([from, to]) => ({ type: 'link' as const, from, to })),
  fc.stringMatching(/^[a-z]\w{0,6}$/).map((client) => ({ type: 'client' as const, client })),
);
const view = fc
  .record(
    {
      as: node,
      open: selection,
      tab: fc.constantFrom('message' as const, 'log' as const, 'terminal' as const),
      speed: fc.constantFrom(0.25, 4, 64, 'beat' as const),
      show: fc.constant('all' as const),
      view: fc.constantFrom('projector' as const, 'compare' as const),
    },
    { requiredKeys: [] },
  )
  .filter((parts) => Object.keys(parts).length > 0);
const sandbox: fc.Arbitrary<SandboxPlace> = fc
  .record(
    {
      masters: fc.integer({ min: 3, max: 20 }),
      replicas: fc.integer({ min: 0, max: 4 }),
      timeoutMs: fc.integer({ min: 100, max: 600_000 }),
      seed: fc.nat(4_294_967_295),
      // A deed is any text a person may type: quotes, ampersands, both languages.
      deeds: fc.array(
        fc
          .string({ minLength: 1, unit: 'grapheme' })
          .map((text) => `at 1s cli 8901 SET a ${text}`.trim()),
        { maxLength: 40 },
      ),
      atMs: fc.option(fc.nat(3_600_000)),
      spare: fc.integer({ min: 1, max: 10 }),
      step: fc.nat(1_000_000),
      switches: fc.constantFrom(
        ['no-fail-broadcast' as const],
        ['no-fail-broadcast' as const, 'ignore-epochs' as const],
      ),
      hash: fc.stringMatching(/^[0-9a-f]{6}$/),
      view,
    },
    { requiredKeys: ['masters', 'replicas', 'timeoutMs', 'seed', 'deeds', 'atMs'] },
  )
  .map((place) => place as SandboxPlace);

const read = (hash: string): Place => {
  const place = placeOf(hash, []);
  return place.page === 'packed' ? unpack(place.packed) : place;
};

describe('any place comes back as it was', () => {
  test('readable', () => {
    fc.assert(
      fc.property(sandbox, (place) => {
        expect(placeOf(hashOf({ page: 'sandbox', ...place }), [])).toEqual({
          page: 'sandbox',
          ...place,
        });
      }),
      { numRuns: 200 },
    );
  });

  test('as a link, packed when it is long', () => {
    fc.assert(
      fc.property(sandbox, (place) => {
        const link = linkOf(place);
        expect(link).toMatch(/^#\/sandbox\?[\x21-\x7e]+$/);
        expect(read(link)).toEqual({ page: 'sandbox', ...place });
      }),
      { numRuns: 100 },
    );
  });
});

describe('length', () => {
  const deeds = Array.from(
    { length: 300 },
    (_, i) => `at ${10_000 + 137 * i}ms freeze 890${i % 6}`,
  );

  test('a short run stays readable, a long one is packed to a small part', () => {
    const short = linkOf({ ...BARE_SANDBOX, deeds: deeds.slice(0, 3), atMs: 12_000 });
    expect(short).toBe(
      '#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&do=at+10000ms+freeze+8900' +
        '&do=at+10137ms+freeze+8901&do=at+10274ms+freeze+8902&at=12000',
    );
    const place = { ...BARE_SANDBOX, deeds, atMs: 60_000 };
    const [readable, packed] = [hashOf({ page: 'sandbox', ...place }), linkOf(place)];
    expect(readable.length).toBeGreaterThan(LONGEST_READABLE);
    expect(packed.length).toBeLessThan(readable.length / 4);
  });

  test('a lesson step is under 200 bytes', () => {
    const step = hashOf({ page: 'lesson', slug: 'x'.repeat(40), step: 'y'.repeat(40) });
    expect(`https://slotscope.example/index.html${step}`.length).toBeLessThan(200);
  });
});

describe('wrong and older links', () => {
  const packed = linkOf({
    ...BARE_SANDBOX,
    deeds: Array.from({ length: 200 }, (_, i) => `at ${i}s heal all`),
  });

  test.each([
    ['cut off', packed.slice(0, -60), null],
    ['changed', packed.replace(/(.{60}).{30}/, `$1${'A'.repeat(30)}`), null],
    ['nothing in it', '#/sandbox?z=1.', null],
    ['no data', '#/sandbox?z=1.%F0', null],
    ['a later way of packing', packed.replace('z=1.', 'z=7.'), '7'],
  ])('%s: says so', (_, link, version) => {
    expect(read(link)).toEqual({ page: 'wrong', problem: { kind: 'packed', version } });
  });

  test('parts of another version are passed over, and named', () => {
    const place = placeOf('#/sandbox?seed=7&tab=hologram&as=me&zoom=3&at=5000', []);
    expect(place).toEqual({
      ...{ page: 'sandbox', ...BARE_SANDBOX, seed: 7, atMs: 5_000 },
      unknown: ['as=me', 'tab=hologram', 'zoom'],
    });
  });

  test('links of the first version still say what they said', () => {
    const old =
      '#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&do=at+10s+freeze+8901&at=12000';
    expect(placeOf(old, [])).toEqual({
      ...{ page: 'sandbox', ...BARE_SANDBOX, deeds: ['at 10s freeze 8901'], atMs: 12_000 },
    });
  });
});
