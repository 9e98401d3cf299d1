/**
 * Keyed randomness. A draw depends on the seed and on what it is for, never on how many draws came
 * before it, so that changing one thing changes only its consequences.
 * Source: stands in for random() and dictGetRandomKey, src/cluster.c.
 */

/** What a draw is for; part of its key. */
export const PURPOSE = {
  nodeId: 1,
  cronPhase: 2,
  pingCandidate: 3,
  gossip: 4,
  electionJitter: 5,
  linkLatency: 6,
  hopLatency: 7,
  handshakeName: 8,
  replicationId: 9,
  cronGap: 10,
  ticksBefore: 11,
  replicaExchange: 12,
  coveringMaster: 13,
} as const;

/** A number in [0, 1) for `seed` and a key of integers; equal in every engine. */
export function draw(seed: number, ...key: readonly number[]): number {
  return drawnFrom(keyOf(seed, ...key));
}

/** The beginning of a key, mixed: for many draws whose keys differ in their last part alone. */
export function keyOf(seed: number, ...parts: readonly number[]): number {
  let h = mixed(seed);
  for (let i = 0; i < parts.length; i++) h = longerKey(h, parts[i]!);
  return h;
}

const mixed = (seed: number): number => Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);

/** The same with one part: what is drawn for every message makes its key part by part. */
export const firstKey = (seed: number, purpose: number): number => longerKey(mixed(seed), purpose);

/** A key with one more part. */
export function longerKey(key: number, part: number): number {
  const h = Math.imul(key ^ (key >>> 15) ^ part, 0xc2b2ae35);
  return Math.imul(h ^ (h >>> 13), 0x27d4eb2f);
}

function drawnFrom(key: number): number {
  let h = key ^ (key >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  h ^= h >>> 16;
  return (h >>> 0) / 0x1_0000_0000;
}

/** A number in [0, 1) for a key and one more part. */
export const drawOn = (key: number, part: number): number => drawnFrom(longerKey(key, part));

/** An integer in [0, bound) for a key and one more part. */
export function drawIntOn(bound: number, key: number, part: number): number {
  return Math.floor(drawnFrom(longerKey(key, part)) * bound);
}

/** An integer in [0, bound). */
export function drawInt(bound: number, seed: number, ...key: readonly number[]): number {
  return Math.floor(draw(seed, ...key) * bound);
}

/** `length` hexadecimal characters, as getRandomHexChars makes node ids. */
export function drawHex(length: number, seed: number, ...key: readonly number[]): string {
  let text = '';
  for (let i = 0; i < length; i++) text += drawInt(16, seed, ...key, i).toString(16);
  return text;
}
