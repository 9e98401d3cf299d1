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

/** Slots in one drawer: a write copies its drawer and the list of drawers, never all slots. */
const DRAWER_SLOTS = 128;

type Drawer = Readonly<Record<Slot, readonly StoredKey[]>>;

export interface Keyspace {
  /** By slot divided by 128, then by slot. A slot without keys has no entry. */
  readonly drawers: Readonly<Record<number, Drawer>>;
  readonly count: number;
  /** How many of them have a time to live. */
  readonly expiring: number;
}

export const NO_KEYS: Keyspace = { drawers: {}, count: 0, expiring: 0 };

const NONE: readonly StoredKey[] = [];

/** What is stored under `key`, expired or not, or null. Source: dictFind. */
export function findKey(keyspace: Keyspace, key: string): StoredKey | null {
  return keysInSlot(keyspace, keySlot(key)).find((stored) => stored.key === key) ?? null;
}

/** The keys of one slot, the newest first. */
export function keysInSlot(
  { drawers }: Pick<Keyspace, 'drawers'>,
  slot: Slot,
): readonly StoredKey[] {
  return drawers[Math.floor(slot / DRAWER_SLOTS)]?.[slot] ?? NONE;
}

/** The slots that have keys, ascending. */
export function slotsWithKeys({ drawers }: Keyspace): Slot[] {
  return Object.values(drawers).flatMap((drawer) => Object.keys(drawer).map(Number));
}

/** All keys, slot by slot. */
export function allKeys({ drawers }: Keyspace): StoredKey[] {
  return Object.values(drawers).flatMap((drawer) => Object.values(drawer).flat());
}

/** With these stored. A key that was there keeps its place in its slot. Source: setKey. */
export function withKeys(keyspace: Keyspace, changes: readonly StoredKey[]): Keyspace {
  const draft = new Draft(keyspace);
  let { count, expiring } = keyspace;
  for (const change of changes) {
    const slot = keySlot(change.key);
    const before = keysInSlot(draft, slot);
    const index = before.findIndex(({ key }) => key === change.key);
    draft.put(slot, index === -1 ? [change, ...before] : before.with(index, change));
    if (index === -1) count++;
    else if (before[index]!.expiresAtMs) expiring--;
    if (change.expiresAtMs) expiring++;
  }
  return { drawers: draft.drawers, count, expiring };
}

/** Without these. Those that are not there change nothing. Source: dbDelete. */
export function withoutKeys(keyspace: Keyspace, keys: readonly string[]): Keyspace {
  const draft = new Draft(keyspace);
  let { count, expiring } = keyspace;
  for (const key of keys) {
    const slot = keySlot(key);
    const before = keysInSlot(draft, slot);
    const gone = before.find((stored) => stored.key === key);
    if (!gone) continue;
    count--;
    if (gone.expiresAtMs) expiring--;
    draft.put(
      slot,
      before.filter((stored) => stored !== gone),
    );
  }
  return count === keyspace.count ? keyspace : { drawers: draft.drawers, count, expiring };
}

/** Drawers that are copied when they are first written to. */
class Draft {
  readonly drawers: Record<number, Drawer>;
  private readonly mine = new Set<number>();

  constructor({ drawers }: Keyspace) {
    this.drawers = { ...drawers };
  }

  put(slot: Slot, stored: readonly StoredKey[]): void {
    const number = Math.floor(slot / DRAWER_SLOTS);
    if (!this.mine.has(number)) this.drawers[number] = { ...this.drawers[number] };
    this.mine.add(number);
    const drawer = this.drawers[number] as Record<Slot, readonly StoredKey[]>;
    if (stored.length > 0) drawer[slot] = stored;
    else delete drawer[slot];
    if (Object.keys(drawer).length > 0) return;
    delete this.drawers[number];
    this.mine.delete(number);
  }
}

/** Without any key of these slots. Source: delKeysInSlot. */
export function withoutKeysInSlots(keyspace: Keyspace, ranges: SlotRanges): Keyspace {
  const slots = slotsWithKeys(keyspace).filter((slot) => hasSlot(ranges, slot));
  const gone = slots.flatMap((slot) => keysInSlot(keyspace, slot).map(({ key }) => key));
  return withoutKeys(keyspace, gone);
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
