/**
 * Follows every write that a client was told is done, to its end. Redis promises less than people
 * think: a write may be lost when it was acknowledged by a master that others had already replaced,
 * when the replica that takes over had not yet received it or not heard that it was migrated, or
 * when an operator gave a node an epoch that nobody voted for. Any other loss is a bug of ours. No
 * node reads this; pictures do.
 */
import { Map } from 'immutable';
import type { ClientCommand } from '../protocol/bus-state';
import { myself, type ClusterState } from '../protocol/cluster-state';
import type { FrameLostWrite, LossWindow } from '../protocol/cluster-frame';
import type { NodeName, Slot } from '../protocol/ids';
import { keySlot } from '../protocol/key-slot';
import { findKey } from '../protocol/keyspace';
import type { Note, NoteOf } from '../protocol/notes';
import { hasSlot } from '../protocol/slot-ranges';
import { EPOCH_TAKEN } from './invariants';
import type { Happening, World } from './world';

export type { LossWindow } from '../protocol/cluster-frame';

interface Write {
  readonly key: string;
  readonly value: string;
  readonly slot: Slot;
  readonly by: NodeName;
  readonly atMs: number;
  readonly acknowledgedAtMs: number | null;
  /** Why it may be lost; null: nothing has happened that could lose it. */
  readonly window: LossWindow | null;
  /** When it became certain that whoever owns its slot does not have it. */
  readonly lostAtMs: number | null;
}

/** The newest write of each key. */
export type Writes = Map<string, Write>;

export const NO_WRITES: Writes = Map();

export const NOTHING_LOST: Readonly<Record<LossWindow, number>> = {
  'replaced-master': 0,
  'not-replicated': 0,
  'moved-away': 0,
  'epoch-without-vote': 0,
};

export interface WriteCount {
  readonly acknowledged: number;
  readonly lost: Readonly<Record<LossWindow, number>>;
  /** Acknowledged, lost, and nothing explains it. */
  readonly unexplained: readonly string[];
}

/**
 * The writes after a step that had this cause and left these notes, and the losses that it made
 * certain.
 */
export function observeWrites(
  world: World,
  cause: Happening,
  notes: readonly Note[],
): { readonly writes: Writes; readonly losses: readonly Note[] } {
  let { writes } = world;
  if (cause.target === 'bus' && cause.event.type === 'ARRIVE') {
    const { arrival } = cause.event;
    if (arrival.type === 'command') writes = afterCommand(world, arrival.command);
  }
  for (const note of notes) {
    if (note.event === 'promote')
      writes = afterTaking(world, writes, [note.node, 'not-replicated']);
    if (note.event === 'log' && EPOCH_TAKEN.test(note.text)) {
      writes = afterTaking(world, writes, [note.node, 'epoch-without-vote']);
    }
    if (note.event === 'reply' && note.kind === 'ok') writes = afterReply(world, writes, note);
  }
  const losses = writes === world.writes ? [] : lossesBetween(world.writes, writes, world);
  return { writes, losses };
}

/** What became of them, once everyone agrees again. */
export function countWrites(world: World): WriteCount {
  const lost: Record<LossWindow, number> = { ...NOTHING_LOST };
  const unexplained: string[] = [];
  const acknowledged = [...world.writes.values()].filter(isAcknowledged);
  for (const write of acknowledged) {
    if (isKept(world, write)) continue;
    if (write.window) lost[write.window]++;
    else unexplained.push(`${write.key}, written on ${write.by} at ${write.atMs} ms`);
  }
  return { acknowledged: acknowledged.length, lost, unexplained };
}

/** For the picture: how many were acknowledged, and which of them are lost, the newest last. */
export function lostWrites(world: World): {
  readonly acknowledged: number;
  readonly lost: readonly FrameLostWrite[];
} {
  const acknowledged = [...world.writes.values()].filter(isAcknowledged);
  const lost = acknowledged.flatMap(({ key, by, acknowledgedAtMs, lostAtMs, window, slot }) => {
    if (lostAtMs === null || window === null) return [];
    const owner = newestOwner(world, slot)?.name ?? null;
    return [{ key, by, acknowledgedAtMs: acknowledgedAtMs!, lostAtMs, window, owner }];
  });
  const sorted = lost.sort((a, b) => a.lostAtMs - b.lostAtMs || a.key.localeCompare(b.key));
  return { acknowledged: acknowledged.length, lost: sorted };
}

const isAcknowledged = ({ acknowledgedAtMs }: Write): boolean => acknowledgedAtMs !== null;

/** A command has been carried out: a plain SET is followed, what else changes the key ends that. */
function afterCommand(world: World, { argv, node }: ClientCommand): Writes {
  const { writes } = world;
  const state = world.nodes.get(node)?.context;
  const [name = '', key] = argv;
  if (!state || key === undefined) return writes;
  if (name.toUpperCase() === 'SET' && argv.length === 3 && holds(state, key, argv[2]!)) {
    return writes.set(key, newWrite(world, { key, value: argv[2]!, by: node }));
  }
  const known = writes.get(key);
  const isChanged = known?.by === node && !holds(state, key, known.value);
  return isChanged ? writes.delete(key) : writes;
}

function newWrite(world: World, write: Pick<Write, 'key' | 'value' | 'by'>): Write {
  const slot = keySlot(write.key);
  const isReplaced = newestOwner(world, slot)?.name !== write.by;
  const window = isReplaced ? 'replaced-master' : null;
  return { ...write, slot, atMs: world.nowMs, acknowledgedAtMs: null, window, lostAtMs: null };
}

function afterReply(world: World, writes: Writes, { command }: NoteOf<'reply'>): Writes {
  const [name, key = ''] = command.split(' ');
  const write = writes.get(key);
  if (!write || name?.toUpperCase() !== 'SET' || isAcknowledged(write)) return writes;
  return writes.set(key, judged(world, { ...write, acknowledgedAtMs: world.nowMs }));
}

/** A node owns its slots from now on, by its epoch: what it does not hold may be lost. */
function afterTaking(
  world: World,
  writes: Writes,
  [node, window]: readonly [NodeName, LossWindow],
): Writes {
  const state = world.nodes.get(node)!.context;
  const { slots } = myself(state);
  return writes.withMutations((draft) => {
    for (const write of writes.values()) {
      if (!hasSlot(slots, write.slot)) continue;
      const isHere = holds(state, write.key, write.value);
      const why = write.window ?? (isMovedAway(world, write) ? 'moved-away' : window);
      const seen = isHere ? write : { ...write, window: why };
      draft.set(write.key, isAcknowledged(seen) ? judged(world, seen) : seen);
    }
  });
}

/** Whether it is no longer where it was written, but with another owner of its slot. */
function isMovedAway(world: World, { key, value, slot, by }: Write): boolean {
  const states = [...world.nodes.values()].map(({ context }) => context);
  const writer = world.nodes.get(by)?.context;
  if (!writer || holds(writer, key, value)) return false;
  return states.some((one) => hasSlot(myself(one).slots, slot) && holds(one, key, value));
}

/** Whether an acknowledged write is lost, as things stand. */
function judged(world: World, write: Write): Write {
  if (isKept(world, write)) return { ...write, lostAtMs: null };
  if (write.lostAtMs !== null) return write;
  return { ...write, window: write.window ?? 'replaced-master', lostAtMs: world.nowMs };
}

/** One note for what was acknowledged by one node and is lost for one reason. */
function lossesBetween(before: Writes, after: Writes, world: World): Note[] {
  const fresh = [...after.values()].filter(
    ({ key, lostAtMs }) => lostAtMs === world.nowMs && before.get(key)?.lostAtMs !== lostAtMs,
  );
  const groups = new globalThis.Map<string, Write[]>();
  for (const write of fresh) {
    const group = `${write.by} ${write.window}`;
    groups.set(group, [...(groups.get(group) ?? []), write]);
  }
  return [...groups.values()].map((writes) => ({
    event: 'acknowledged.lost',
    keys: writes.map(({ key }) => key).sort(),
    by: writes[0]!.by,
    owner: newestOwner(world, writes[0]!.slot)?.name ?? writes[0]!.by,
    why: writes[0]!.window!,
  }));
}

/** Whoever owns its slot has it, or the node that the slot is moving to. */
function isKept(world: World, { key, value, slot }: Write): boolean {
  const owner = newestOwner(world, slot);
  if (!owner) return false;
  if (holds(owner, key, value)) return true;
  const target = owner.migratingTo[slot];
  const importer = [...world.nodes.values()].find(({ context }) => context.myId === target);
  return importer !== undefined && holds(importer.context, key, value);
}

const holds = ({ keys }: ClusterState, key: string, value: string): boolean =>
  findKey(keys, key)?.value === value;

/** Of all nodes that think they own a slot, the one with the newest configEpoch. */
function newestOwner(world: World, slot: Slot): ClusterState | null {
  let newest: ClusterState | null = null;
  for (const { context } of world.nodes.values()) {
    if (!hasSlot(myself(context).slots, slot)) continue;
    if (!newest || myself(context).configEpoch > myself(newest).configEpoch) newest = context;
  }
  return newest;
}
