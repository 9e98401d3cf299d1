/**
 * Our machine beside one real node that is running: what it believes now, and has believed in the
 * last moments; what it said and wrote down in the step at hand.
 */
import type { BusMessage } from '../protocol/bus-message';
import { isInHandshake, isReplica, myself, type ClusterState } from '../protocol/cluster-state';
import type { ConnectionId, NodeEffect } from '../protocol/effects';
import type { NodeId } from '../protocol/ids';
import { nodeStepper, processOf, type NodeSnapshot } from '../protocol/node.machine';
import type { Note } from '../protocol/notes';
import { wholeEntries, wholeEntry, type WholeEntry } from '../protocol/whole-entries';
import type { CaptureNode, NodeNumber } from './capture';
import { applyOp, type EventWithoutTime, type LiveOp, type MessageOf } from './live-ops';

/** What it believed from `atMs` on. */
export interface Belief {
  readonly atMs: number;
  readonly state: ClusterState;
}

/** A connection it asked for, until it is up or refused. */
export interface LiveDial {
  readonly atMs: number;
  readonly connection: ConnectionId;
  readonly to: NodeNumber | null;
  readonly busPort: number;
}

export interface LiveSaid {
  readonly connection: ConnectionId;
  readonly message: BusMessage;
}

export interface LiveLogged {
  readonly text: string;
  readonly isDebug: boolean;
}

/** All that one step told a machine, and what it did. */
export interface Told {
  readonly ops: LiveOp[];
  readonly notes: Note[];
  readonly said: LiveSaid[];
  readonly logged: LiveLogged[];
  readonly closed: ConnectionId[];
}

const nothing = (): Told => ({ ops: [], notes: [], said: [], logged: [], closed: [] });
/** Beliefs are remembered for this time. */
const REMEMBERED_MS = 700;

export class LiveNode {
  readonly node: CaptureNode;
  snapshot: NodeSnapshot;
  readonly beliefs: Belief[] = [];
  /** Our name of a real connection, while it is up. */
  readonly connections = new Map<number, ConnectionId>();
  dials: LiveDial[] = [];
  /** When it began, and as what: what its first table does not print, nobody knows. */
  readonly began: { readonly atMs: number; readonly isAlone: boolean; readonly asReplica: boolean };
  /** What the step at hand has told it. */
  told = nothing();
  private readonly nodes: readonly CaptureNode[];
  private readonly messageOf: MessageOf;

  constructor(
    node: CaptureNode,
    nodes: readonly CaptureNode[],
    begin: { readonly atMs: number; readonly state: ClusterState },
    messageOf: MessageOf,
  ) {
    const { state, atMs } = begin;
    const asReplica = isReplica(myself(state));
    this.began = { atMs, isAlone: state.nodes.length === 1, asReplica };
    this.node = node;
    this.nodes = nodes;
    this.messageOf = messageOf;
    this.snapshot = nodeStepper.start(state);
  }

  get state(): ClusterState {
    return this.snapshot.context;
  }

  get process(): 'running' | 'frozen' | 'killed' {
    return processOf(this.snapshot);
  }

  entry(id: NodeId): WholeEntry | null {
    return wholeEntry(this.state, id);
  }

  /** What it knows of a node: by its name, or while they shake hands by its address. */
  entryOf(number: NodeNumber): WholeEntry | null {
    const peer = this.nodes.find((node) => node.number === number);
    if (!peer) return null;
    const byAddress = (node: WholeEntry): boolean =>
      isInHandshake(node) && node.port === peer.port && node.busPort === peer.busPort;
    return this.entry(peer.id) ?? wholeEntries(this.state).find(byAddress) ?? null;
  }

  /** The recorder's number of a node; null: it has none. */
  numberOf(id: NodeId): NodeNumber | null {
    return this.nodes.find((node) => node.id === id)?.number ?? null;
  }

  event(atMs: number, event: EventWithoutTime): void {
    this.do(atMs, { type: 'event', event });
  }

  adopt(atMs: number, change: Partial<ClusterState>): void {
    this.do(atMs, { type: 'state', change });
  }

  adoptEntry(atMs: number, id: NodeId, change: Partial<WholeEntry>): void {
    this.do(atMs, { type: 'entry', id, change });
  }

  do(atMs: number, op: LiveOp): void {
    const [next, effects] = applyOp(this.snapshot, op, Math.floor(atMs), this.messageOf);
    this.snapshot = next;
    this.told.ops.push(op);
    for (const effect of effects) this.keep(atMs, effect);
    this.remember(atMs);
  }

  /** What it was told since the last time. */
  take(): Told {
    const { told } = this;
    this.told = nothing();
    return told;
  }

  /** From now on the real connection is the one our machine calls `ours`. */
  bind(real: number, ours: ConnectionId): void {
    this.connections.set(real, ours);
    this.dials = this.dials.filter(({ connection }) => connection !== ours);
  }

  /** The states it was in between two moments, the newest first; at least one. */
  statesBetween(fromMs: number, toMs: number): ClusterState[] {
    const states: ClusterState[] = [];
    for (let i = this.beliefs.length - 1; i >= 0; i--) {
      const { atMs, state } = this.beliefs[i]!;
      if (atMs > toMs && i > 0) continue;
      states.push(state);
      if (atMs <= fromMs) break;
    }
    return states.length > 0 ? states : [this.state];
  }

  private remember(atMs: number): void {
    if (this.beliefs.at(-1)?.state !== this.state) this.beliefs.push({ atMs, state: this.state });
    // One from before that time stays: what was believed at its beginning.
    let old = 0;
    while (old + 1 < this.beliefs.length && this.beliefs[old + 1]!.atMs < atMs - REMEMBERED_MS)
      old++;
    if (old > 0) this.beliefs.splice(0, old);
  }

  private keep(atMs: number, effect: NodeEffect): void {
    const { told } = this;
    if (effect.type === 'send' && effect.payload.channel === 'bus') {
      told.said.push({ connection: effect.connection, message: effect.payload.message });
    } else if (effect.type === 'connect' && effect.channel === 'bus') {
      const { connection, port: busPort } = effect;
      this.dials.push({ atMs, connection, to: this.numberOn(connection, busPort), busPort });
    } else if (effect.type === 'close') {
      told.closed.push(effect.connection);
      this.dials = this.dials.filter(({ connection }) => connection !== effect.connection);
    } else if (effect.type === 'note') {
      const { note } = effect;
      if (note.event !== 'log') told.notes.push(note);
      else told.logged.push({ text: note.text, isDebug: note.level === 'debug' });
    }
  }

  private numberOn(connection: ConnectionId, busPort: number): NodeNumber | null {
    const entry = this.state.nodes.find(({ link }) => link?.connection === connection);
    const peer =
      this.nodes.find(({ id }) => id === entry?.id) ??
      this.nodes.find((node) => node.busPort === busPort);
    return peer?.number ?? null;
  }
}
