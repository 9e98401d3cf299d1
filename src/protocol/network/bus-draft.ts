/**
 * One step of the network: a draft of its state and what it asks for. The counterpart of Turn.
 * Source: none in redis-server; the rules are those of TCP.
 */
import {
  direction,
  isEmpty,
  type Arrival,
  type BusEffect,
  type BusEvent,
  type BusState,
  type Connection,
} from '../bus-state';
import { copyOfBus } from '../copies';
import { PURPOSE, drawOn, firstKey, longerKey } from '../draw';
import type { ConnectionId } from '../effects';
import { withSocket } from './host-network';
import type { NodeName } from '../ids';
import type { Note } from '../notes';
import { NOTHING, followedBy } from '../short-lists';
import type { Mutable } from '../turn';

/** Within its link's latency, a hop varies by this share of the whole span. */
const JITTER_SHARE = 0.25;

export class BusDraft {
  readonly nowMs: number;
  /** As it stands now, for reading. */
  state: BusState;
  effects: readonly BusEffect[] = NOTHING;
  private isOwn = false;

  constructor(state: BusState, nowMs: number) {
    this.state = state;
    this.nowMs = nowMs;
  }

  /** The same, to be written to: what the event found stays as it was. */
  get own(): Mutable<BusState> {
    if (!this.isOwn) this.state = copyOfBus(this.state);
    this.isOwn = true;
    return this.state;
  }

  connection(id: ConnectionId): Connection | null {
    return this.state.connections.get(id);
  }

  putConnection(connection: Connection): void {
    this.own.connections = this.state.connections.with(connection);
  }

  removeConnection({ id }: Pick<Connection, 'id'>): void {
    this.own.connections = this.state.connections.without(id);
    const { network } = this.state;
    if (network) this.own.network = withSocket(network, id, null);
  }

  /** Every connection, by dialer and then by age. */
  connections(): Connection[] {
    return [...this.state.connections].sort(
      (a, b) => Number(a.dialer) - Number(b.dialer) || dialNumber(a) - dialNumber(b),
    );
  }

  isCut(from: NodeName, to: NodeName): boolean {
    const { cut } = this.state;
    return !isEmpty(cut) && direction(from, to) in cut;
  }

  /**
   * How long a hop takes now, whole milliseconds. Each link has its own pace, each message its own
   * luck.
   */
  hopMs(from: NodeName, to: NodeName, salt: number): number {
    const { seed, latencyMs, slow } = this.state;
    const [a, b] = [hostKey(from), hostKey(to)];
    const span = latencyMs.max - latencyMs.min;
    const link = longerKey(firstKey(seed, PURPOSE.linkLatency), Math.min(a, b));
    const pace = drawOn(link, Math.max(a, b));
    const way = longerKey(longerKey(firstKey(seed, PURPOSE.hopLatency), a), b);
    const luck = drawOn(longerKey(way, this.nowMs), salt);
    const share = pace * (1 - JITTER_SHARE) + luck * JITTER_SHARE;
    const addedMs = isEmpty(slow) ? 0 : (slow[direction(from, to)] ?? 0);
    return Math.round(latencyMs.min + span * share) + addedMs;
  }

  ask(effect: BusEffect): void {
    this.effects = followedBy(this.effects, effect);
  }

  /** Something will happen at the time the event names. */
  schedule(event: BusEvent): void {
    this.ask({ type: 'schedule', atMs: event.nowMs, event });
  }

  /** What was kept back arrives now, before whatever else arrives in this millisecond. */
  arriveFirst(to: NodeName, arrival: Arrival): void {
    const event: BusEvent = { type: 'ARRIVE', nowMs: this.nowMs, to, arrival };
    this.ask({ type: 'schedule-first', event });
  }

  note(note: Note): void {
    this.ask({ type: 'note', note });
  }
}

/** The second part of an id: `3` of `8901#3`. */
const dialNumber = ({ id }: Connection): number => Number(id.slice(id.indexOf('#') + 1));

/** Ports are numbers already; a client's name becomes one. */
function hostKey(name: NodeName): number {
  const port = Number(name);
  if (Number.isInteger(port)) return port;
  let key = 7;
  for (let i = 0; i < name.length; i++) key = Math.imul(key, 31) + name.charCodeAt(i);
  return key >>> 0;
}
