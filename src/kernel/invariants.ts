/**
 * What must hold in every world, whatever is done to it. A broken invariant is our bug, not a fault
 * of the simulated network.
 */
import { isMaster, isReplica, myself, type ClusterState } from '../protocol/cluster-state';
import type { NodeName } from '../protocol/ids';
import type { NoteOf } from '../protocol/notes';
import { processOf } from '../protocol/node.machine';
import { commonSlots, printSlots, slotCount } from '../protocol/slot-ranges';
import type { StepRecord } from './step';
import type { World } from './world';

/** Watches a run step by step; throws with the facts at the first step that breaks a rule. */
export class Watch {
  /** By name and id: CLUSTER RESET HARD makes another node of a process, with epochs anew. */
  private readonly epochs = new Map<string, number>();
  private readonly votes = new Set<string>();
  private readonly unasked = new Set<string>();

  /** Shows the watch a step and the world after it. */
  see(record: StepRecord, world: World): void {
    for (const note of record.notes) {
      if (note.event === 'vote.grant') this.seeVote(note, world);
      if (note.event === 'log') this.seeEpochTaken(note);
    }
    for (const name of namesTouched(record)) this.seeNode(name, world);
    const rulesMayHaveChanged = record.notes.some(({ event }) => CHANGES.has(event));
    if (rulesMayHaveChanged) checkOwners(world, this.unasked);
  }

  /** TAKEOVER, BUMPEPOCH, SETSLOT and collisions take an epoch that nobody voted for. */
  private seeEpochTaken({ node, text }: NoteOf<'log'>): void {
    const epoch = EPOCH_TAKEN.exec(text)?.[1];
    if (epoch !== undefined) this.unasked.add(`${node} ${epoch}`);
  }

  /** One vote for each epoch, for ever: not even a restart makes a voter forget. */
  private seeVote({ by, epoch }: NoteOf<'vote.grant'>, world: World): void {
    const key = `${world.nodes.get(by)?.context.myId} in epoch ${epoch}`;
    if (this.votes.has(key)) throw broken(world, `${by} voted twice in epoch ${epoch}`);
    this.votes.add(key);
  }

  private seeNode(name: NodeName, world: World): void {
    const { currentEpoch, myId } = world.nodes.get(name)!.context;
    const key = `${name} ${myId}`;
    const before = this.epochs.get(key) ?? 0;
    // A process that dies before nodes.conf is written comes back with what it had saved.
    const isFresh = world.processSinceMs[name] === world.nowMs;
    if (currentEpoch < before && !isFresh) {
      throw broken(world, `currentEpoch of ${name} fell from ${before} to ${currentEpoch}`);
    }
    this.epochs.set(key, currentEpoch);
    checkTable(name, world);
  }
}

/** The log line of an epoch that nobody voted for. */
export const EPOCH_TAKEN = /^(?:New|WARNING: .*) configEpoch set to (\d+)$/;
const CHANGES = new Set(['promote', 'demote', 'state', 'process']);

function namesTouched({ cause }: StepRecord): NodeName[] {
  if (cause.target === 'cron' || cause.target === 'node') return [cause.node];
  if (cause.target === 'bus' && cause.event.type === 'ARRIVE') return [cause.event.to];
  if (cause.target === 'input' && 'node' in cause.input && cause.input.node) {
    return [cause.input.node];
  }
  return [];
}

/** A table by itself: no slot twice, no replica with slots, the chart's role is the table's. */
function checkTable(name: NodeName, world: World): void {
  const snapshot = world.nodes.get(name);
  if (!snapshot) return;
  const { nodes } = snapshot.context;
  const owners = nodes.filter(({ slots }) => slots.length > 0);
  for (const [i, a] of owners.entries()) {
    if (isReplica(a)) throw broken(world, `${name} holds slots of a replica, ${a.port}`);
    for (const b of owners.slice(i + 1)) {
      const twice = commonSlots(a.slots, b.slots);
      if (slotCount(twice) > 0) {
        throw broken(world, `${name} gives ${printSlots(twice)} to ${a.port} and ${b.port}`);
      }
    }
  }
  if (processOf(snapshot) !== 'running') return;
  const role = isReplica(myself(snapshot.context)) ? 'replica' : 'master';
  const { running } = snapshot.value as { running?: string | Record<string, unknown> };
  const charted = typeof running === 'string' ? running : Object.keys(running ?? {})[0];
  if (charted !== role)
    throw broken(world, `${name} is ${role} in its table, ${charted} in its chart`);
}

/**
 * Among all nodes that think they are masters, no two own a slot under one configEpoch: an election
 * gives an epoch to one winner. Epochs taken without a vote can meet any other, as when two
 * replicas of one master are told to TAKEOVER at once; then both own its slots until a header of
 * one reaches the other and the smaller id takes a new epoch.
 */
function checkOwners(world: World, unasked: ReadonlySet<string>): void {
  const masters = [...world.nodes.values()].map(({ context }) => myself(context)).filter(isMaster);
  for (const [i, a] of masters.entries()) {
    for (const b of masters.slice(i + 1)) {
      if (a.configEpoch !== b.configEpoch) continue;
      if ([a, b].some(({ port, configEpoch }) => unasked.has(`${port} ${configEpoch}`))) continue;
      const twice = commonSlots(a.slots, b.slots);
      if (slotCount(twice) > 0) {
        const slots = printSlots(twice);
        throw broken(world, `${a.port} and ${b.port} own ${slots} in epoch ${a.configEpoch}`);
      }
    }
  }
}

function broken(world: World, what: string): Error {
  return new Error(`${what} (at ${world.nowMs} ms, step ${world.steps}, seed ${world.scene.seed})`);
}

/** Why the running nodes do not agree on who is master of which slots, or null when they do. */
export function disagreement(world: World): string | null {
  const views = [...world.nodes]
    .filter(([, snapshot]) => processOf(snapshot) === 'running')
    .map(([name, { context }]) => ({
      name,
      state: context.state,
      slots: slotTable(context.nodes),
    }));
  const [first] = views;
  if (!first) return null;
  for (const { name, state, slots } of views) {
    if (slots !== first.slots) {
      return `${name} sees ${slots}; ${first.name} sees ${first.slots}`;
    }
    if (state !== first.state) return `${name} is ${state}, ${first.name} is ${first.state}`;
  }
  return null;
}

function slotTable(nodes: ClusterState['nodes']): string {
  return nodes
    .filter(({ slots }) => slots.length > 0)
    .map(({ port, slots }) => `${port}: ${printSlots(slots)}`)
    .sort()
    .join(', ');
}
