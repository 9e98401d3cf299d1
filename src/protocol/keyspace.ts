/**
 * The keys of a node, slot by slot, the newest first: COUNTKEYSINSLOT and GETKEYSINSLOT never look
 * at the rest. Every change makes a new keyspace.
 * Source: redisDb, src/server.h; slotToKeyAddEntry, slotToKeyDelEntry, src/cluster.c.
 */
import type { Slot } from './ids';
import { keySlot } from './key-slot';
import { hasSlot, type SlotRanges } from './slot-ranges';

export interface StoredKey {
  readonly key: string;
  readonly value: string;
  /** When it expires, virtual milliseconds; 0: never. */
  readonly expiresAtMs: number;
}

export interface Keyspace {
  /** A slot without keys has no entry. */
  readonly slots: Readonly<Record<Slot, readonly StoredKey[]>>;
  readonly count: number;
  /** How many of them have a time to live. */
  readonly expiring: number;
}

export const NO_KEYS: Keyspace = { slots: {}, count: 0, expiring: 0 };

const NONE: readonly StoredKey[] = [];

/** What is stored under `key`, expired or not, or null. Source: dictFind. */
export function findKey(keyspace: Keyspace, key: string): StoredKey | null {
  return keysInSlot(keyspace, keySlot(key)).find((stored) => stored.key === key) ?? null;
}

/** The keys of one slot, the newest first. */
export function keysInSlot(keyspace: Keyspace, slot: Slot): readonly StoredKey[] {
  return keyspace.slots[slot] ?? NONE;
}

/** All keys, slot by slot. */
export function allKeys(keyspace: Keyspace): StoredKey[] {
  return Object.values(keyspace.slots).flat();
}

/** With these stored. A key that was there keeps its place in its slot. Source: setKey. */
export function withKeys(keyspace: Keyspace, changes: readonly StoredKey[]): Keyspace {
  const slots: Record<Slot, readonly StoredKey[]> = { ...keyspace.slots };
  let { count, expiring } = keyspace;
  for (const change of changes) {
    const slot = keySlot(change.key);
    const before = slots[slot] ?? NONE;
    const index = before.findIndex(({ key }) => key === change.key);
    slots[slot] = index === -1 ? [change, ...before] : before.with(index, change);
    if (index === -1) count++;
    else if (before[index]!.expiresAtMs) expiring--;
    if (change.expiresAtMs) expiring++;
  }
  return { slots, count, expiring };
}

/** Without these. Those that are not there change nothing. Source: dbDelete. */
export function withoutKeys(keyspace: Keyspace, keys: readonly string[]): Keyspace {
  const slots: Record<Slot, readonly StoredKey[]> = { ...keyspace.slots };
  let { count, expiring } = keyspace;
  for (const key of keys) {
    const slot = keySlot(key);
    const before = slots[slot] ?? NONE;
    const gone = before.find((stored) => stored.key === key);
    if (!gone) continue;
    count--;
    if (gone.expiresAtMs) expiring--;
    if (before.length === 1) delete slots[slot];
    else slots[slot] = before.filter((stored) => stored !== gone);
  }
  return count === keyspace.count ? keyspace : { slots, count, expiring };
}

/** Without any key of these slots. Source: delKeysInSlot. */
export function withoutKeysInSlots(keyspace: Keyspace, ranges: SlotRanges): Keyspace {
  const gone = Object.entries(keyspace.slots)
    .filter(([slot]) => hasSlot(ranges, Number(slot)))
    .flatMap(([, stored]) => stored.map(({ key }) => key));
  return gone.length > 0 ? withoutKeys(keyspace, gone) : keyspace;
}

/** A keyspace of keys that never expire, stored in the order given. */
export function keyspaceOf(values: Readonly<Record<string, string>>): Keyspace {
  const stored = Object.entries(values).map(([key, value]) => ({ key, value, expiresAtMs: 0 }));
  return withKeys(NO_KEYS, stored);
}

/** Keys and values alone. */
export function valuesOf(keyspace: Keyspace): Record<string, string> {
  return Object.fromEntries(allKeys(keyspace).map(({ key, value }) => [key, value]));
}
