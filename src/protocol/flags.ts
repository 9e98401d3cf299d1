/**
 * Node flags: the 16 bits that travel in headers and gossip, and their words.
 * Source: CLUSTER_NODE_* in src/cluster.h; representClusterNodeFlags, src/cluster.c.
 */
export const MASTER = 1;
export const REPLICA = 2;
export const PFAIL = 4;
export const FAIL = 8;
export const MYSELF = 16;
export const HANDSHAKE = 32;
export const NOADDR = 64;
export const MEET = 128;
export const MIGRATE_TO = 256;
export const NOFAILOVER = 512;

/** The words of this project; CLUSTER NODES prints `slave` for `replica`, `fail?` for `pfail`. */
export type NodeFlag =
  | 'myself'
  | 'master'
  | 'replica'
  | 'pfail'
  | 'fail'
  | 'handshake'
  | 'noaddr'
  | 'nofailover'
  | 'meet'
  | 'migrate-to';

const WORDS: readonly (readonly [bit: number, flag: NodeFlag, redisWord: string | null])[] = [
  [MYSELF, 'myself', 'myself'],
  [MASTER, 'master', 'master'],
  [REPLICA, 'replica', 'slave'],
  [PFAIL, 'pfail', 'fail?'],
  [FAIL, 'fail', 'fail'],
  [HANDSHAKE, 'handshake', 'handshake'],
  [NOADDR, 'noaddr', 'noaddr'],
  [NOFAILOVER, 'nofailover', 'nofailover'],
  [MEET, 'meet', null],
  [MIGRATE_TO, 'migrate-to', null],
];

/** Few bit sets ever occur; equal ones share their list. */
const namesByFlags = new Map<number, readonly NodeFlag[]>();

/** The flags of a bit set, in the order CLUSTER NODES prints them. */
export function flagNames(flags: number): readonly NodeFlag[] {
  const known = namesByFlags.get(flags);
  if (known) return known;
  const names = WORDS.filter(([bit]) => flags & bit).map(([, flag]) => flag);
  namesByFlags.set(flags, names);
  return names;
}

/** The comma-joined words of CLUSTER NODES, `noflags` when none is set. */
export function printFlags(flags: number): string {
  const words = WORDS.filter(([bit, , word]) => flags & bit && word).map(([, , word]) => word);
  return words.length > 0 ? words.join(',') : 'noflags';
}
