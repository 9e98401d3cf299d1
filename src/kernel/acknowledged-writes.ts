/**
 * Follows every write that a client was told is done, to its end. Redis promises less than people
 * think: a write may be lost when it was acknowledged by a master that others had already replaced,
 * when the replica that takes over had not yet received it, or when an operator gave a node an
 * epoch that nobody voted for. Any other loss is a bug of ours.
 */
import { myself, type ClusterState } from '../protocol/cluster-state';
import type { NodeName, Slot } from '../protocol/ids';
import { keySlot } from '../protocol/key-slot';
import { findKey } from '../protocol/keyspace';
import { hasSlot } from '../protocol/slot-ranges';
import { EPOCH_TAKEN } from './invariants';
import type { StepRecord } from './step';
import type { World } from './world';

/** Why a lost write may be lost. */
export type LossWindow =
  /** Written on a master whose slot another node already owned under a newer epoch. */
  | 'replaced-master'
  /** The replica that took over had not received it. */
  | 'not-replicated'
  /** BUMPEPOCH or the like made a master that had been replaced the newest owner again. */
  | 'epoch-without-vote';

interface Write {
  readonly key: string;
  readonly slot: Slot;
  readonly by: NodeName;
  readonly atMs: number;
  acknowledged: boolean;
  window: LossWindow | null;
}

export const NOTHING_LOST: Readonly<Record<LossWindow, number>> = {
  'replaced-master': 0,
  'not-replicated': 0,
  'epoch-without-vote': 0,
};

export interface WriteCount {
  readonly acknowledged: number;
  readonly lost: Readonly<Record<LossWindow, number>>;
  /** Acknowledged, lost, and nothing explains it. */
  readonly unexplained: readonly string[];
}

/** Shown every step of a run. Each write must have a key of its own: `SET key value`. */
export class AcknowledgedWrites {
  private readonly writes = new Map<string, Write>();

  /** Shows a step and the world after it. */
  see({ cause, atMs, notes }: StepRecord, world: World): void {
    if (cause.target === 'bus' && cause.event.type === 'ARRIVE') {
      const { arrival, to } = cause.event;
      if (arrival.type === 'command') this.seeCommand(arrival.command.argv, to, world, atMs);
    }
    for (const note of notes) {
      if (note.event === 'promote') this.seeTaking(note.node, world, 'not-replicated');
      if (note.event === 'log' && EPOCH_TAKEN.test(note.text)) {
        this.seeTaking(note.node, world, 'epoch-without-vote');
      }
      if (note.event === 'reply' && note.kind === 'ok') this.seeReply(note.command);
    }
  }

  /** What became of them, once everyone agrees again. */
  count(world: World): WriteCount {
    const lost: Record<LossWindow, number> = { ...NOTHING_LOST };
    const unexplained: string[] = [];
    const acknowledged = [...this.writes.values()].filter((write) => write.acknowledged);
    for (const { key, slot, by, atMs, window } of acknowledged) {
      const owner = newestOwner(world, slot);
      if (owner && holdsKey(owner, key)) continue;
      if (window) lost[window]++;
      else unexplained.push(`${key}, written on ${by} at ${atMs} ms`);
    }
    return { acknowledged: acknowledged.length, lost, unexplained };
  }

  private seeCommand(argv: readonly string[], node: NodeName, world: World, atMs: number): void {
    const [name, key] = argv;
    const state = world.nodes.get(node)?.context;
    if (name !== 'SET' || key === undefined || this.writes.has(key)) return;
    if (!state || !holdsKey(state, key)) return;
    const slot = keySlot(key);
    const isReplaced = newestOwner(world, slot)?.myId !== state.myId;
    const window = isReplaced ? 'replaced-master' : null;
    this.writes.set(key, { key, slot, by: node, atMs, acknowledged: false, window });
  }

  private seeReply(command: string): void {
    const write = this.writes.get(command.split(' ')[1] ?? '');
    if (write && command.startsWith('SET ')) write.acknowledged = true;
  }

  /** A node owns its slots from now on, by its epoch: what it does not hold may be lost. */
  private seeTaking(node: NodeName, world: World, window: LossWindow): void {
    const state = world.nodes.get(node)!.context;
    const { slots } = myself(state);
    for (const write of this.writes.values()) {
      if (hasSlot(slots, write.slot) && !holdsKey(state, write.key)) write.window ??= window;
    }
  }
}

const holdsKey = ({ keys }: ClusterState, key: string): boolean => findKey(keys, key) !== null;

/** Of all nodes that think they own a slot, the one with the newest configEpoch. */
function newestOwner(world: World, slot: Slot): ClusterState | null {
  let newest: ClusterState | null = null;
  for (const { context } of world.nodes.values()) {
    if (!hasSlot(myself(context).slots, slot)) continue;
    if (!newest || myself(context).configEpoch > myself(newest).configEpoch) newest = context;
  }
  return newest;
}
