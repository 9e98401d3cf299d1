/**
 * One of our node machines in the place of a real node: it hears what the real node heard, when it
 * heard it, and keeps what it said and believed. Where the real node drew lots, ours adopts the
 * lot.
 */
import type { BusMessage } from '../protocol/bus-message';
import type { ClusterState } from '../protocol/cluster-state';
import type { ConnectionId, NodeEffect, NodeEvent } from '../protocol/effects';
import type { NodeId } from '../protocol/ids';
import type { LogLevel } from '../protocol/notes';
import { nodeStepper, processOf, type NodeSnapshot } from '../protocol/node.machine';
import { Turn } from '../protocol/turn';
import { tableOf, wholeEntry, wholeEntries, type WholeEntry } from '../protocol/whole-entries';
import type { Reply } from '../protocol/reply';
import type { Capture, CaptureNode, NodeNumber } from './capture';
import { virtualMs } from './capture-time';

/** A message our machine sent. */
export interface Said {
  readonly atMs: number;
  readonly connection: ConnectionId;
  readonly message: BusMessage;
  /** What the machine was doing. */
  readonly during: NodeEvent['type'];
  /** Sent because of a lot that fell otherwise in reality, and taken back. */
  takenBack: boolean;
}

export interface Logged {
  readonly atMs: number;
  readonly level: LogLevel;
  text: string;
}

/** What our machine believed from `atMs` on. */
export interface Belief {
  readonly atMs: number;
  readonly state: ClusterState;
}

/** A connection our machine closed. */
export interface Closed {
  readonly atMs: number;
  readonly connection: ConnectionId;
}

/** A connection our machine asked for. */
export interface Dial {
  readonly atMs: number;
  readonly connection: ConnectionId;
  readonly to: NodeNumber | null;
  readonly busPort: number;
  answered: boolean;
}

type EventWithoutTime = NodeEvent extends infer E
  ? E extends NodeEvent
    ? Omit<E, 'nowMs'>
    : never
  : never;

export class ShadowNode {
  readonly said: Said[] = [];
  readonly logged: Logged[] = [];
  readonly beliefs: Belief[] = [];
  readonly dials: Dial[] = [];
  readonly closed: Closed[] = [];
  /** Of these, those that only the real node wanted. */
  readonly forced = new Set<Closed>();
  /** To the commands it was told. */
  readonly replies: Reply[] = [];
  /** Our name of a real connection, while it is up. */
  readonly connections = new Map<number, ConnectionId>();
  /** All there ever were. */
  readonly everyConnection: (readonly [number, ConnectionId])[] = [];
  /** When a node itself answered, unlike a PONG time borrowed from gossip. */
  readonly answers: { readonly id: NodeId; readonly virtualMs: number }[] = [];
  private snapshot: NodeSnapshot;
  private readonly capture: Capture;
  readonly node: CaptureNode;

  constructor(capture: Capture, node: CaptureNode, state: ClusterState) {
    this.capture = capture;
    this.node = node;
    this.snapshot = nodeStepper.start(state);
    for (const { id, pongReceivedMs } of wholeEntries(state)) {
      this.answers.push({ id, virtualMs: pongReceivedMs });
    }
    // The statechart learns whether it is a replica at the end of a turn.
    this.step(0, { type: 'BEFORE_SLEEP' });
  }

  get state(): ClusterState {
    return this.snapshot.context;
  }

  get process(): 'running' | 'frozen' | 'killed' {
    return processOf(this.snapshot);
  }

  get running(): boolean {
    return this.process === 'running';
  }

  entry(id: NodeId): WholeEntry | null {
    return wholeEntry(this.state, id);
  }

  /** Whether `id` has answered a PING of this recording by then. */
  hasAnswered(id: NodeId, nowMs: number): boolean {
    const own = this.answers.filter((one) => one.id === id && one.virtualMs <= nowMs);
    // The first is from the first table.
    return own.length > 1;
  }

  /** One event for our machine; returns the messages it sent in answer. */
  step(atMs: number, event: EventWithoutTime): Said[] {
    const nowMs = virtualMs(this.capture, atMs);
    const [next, effects] = nodeStepper.step(this.snapshot, { ...event, nowMs });
    this.snapshot = next;
    const before = this.said.length;
    for (const effect of effects) this.keep(atMs, event.type, effect);
    if (event.type === 'BUS_MESSAGE' && event.message.type === 'PONG') {
      const { sender } = event.message;
      if (this.entry(sender)?.pongReceivedMs === nowMs) {
        this.answers.push({ id: sender, virtualMs: nowMs });
      }
    }
    this.remember(atMs);
    return this.said.slice(before);
  }

  /** From now on the real connection is the one our machine calls `ours`. */
  bind(real: number, ours: ConnectionId): void {
    this.connections.set(real, ours);
    this.everyConnection.push([real, ours]);
  }

  /** Changes our machine's state to what the real node's is known to be. */
  adopt(atMs: number, change: Partial<ClusterState>): void {
    this.snapshot = { ...this.snapshot, context: { ...this.state, ...change } };
    this.remember(atMs);
  }

  /** The same for one entry of the table. */
  adoptEntry(atMs: number, id: NodeId, change: Partial<WholeEntry>): void {
    const entries = wholeEntries(this.state);
    this.adopt(
      atMs,
      tableOf(entries.map((node) => (node.id === id ? { ...node, ...change } : node))),
    );
  }

  /** Runs a rule that only chance kept our machine from running, and keeps what it sends. */
  force(atMs: number, rule: (turn: Turn) => void): void {
    const turn = new Turn(this.state, virtualMs(this.capture, atMs));
    rule(turn);
    this.snapshot = { ...this.snapshot, context: turn.state };
    for (const effect of turn.effects) this.keep(atMs, 'CRON', effect);
    this.remember(atMs);
  }

  private remember(atMs: number): void {
    if (this.beliefs.at(-1)?.state !== this.state) this.beliefs.push({ atMs, state: this.state });
  }

  private keep(atMs: number, during: NodeEvent['type'], effect: NodeEffect): void {
    if (effect.type === 'send' && effect.payload.channel === 'bus') {
      const { connection, payload } = effect;
      this.said.push({ atMs, connection, message: payload.message, during, takenBack: false });
    } else if (effect.type === 'connect' && effect.channel === 'bus') {
      const { connection, port } = effect;
      const to = this.peerAt(port);
      this.dials.push({ atMs, connection, to, busPort: port, answered: false });
    } else if (effect.type === 'close') {
      this.closed.push({ atMs, connection: effect.connection });
    } else if (effect.type === 'reply') {
      this.replies.push(effect.reply);
    } else if (effect.type === 'note' && effect.note.event === 'log') {
      this.logged.push({ atMs, level: effect.note.level, text: effect.note.text });
    }
  }

  private peerAt(busPort: number): NodeNumber | null {
    return this.capture.nodes.find((node) => node.busPort === busPort)?.number ?? null;
  }
}
