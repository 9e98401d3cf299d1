/**
 * One step of the network: a draft of its state and what it asks for. The counterpart of Turn.
 * Source: none in redis-server; the rules are those of TCP.
 */
import {
  direction,
  type Arrival,
  type BusEffect,
  type BusEvent,
  type BusState,
  type Connection,
} from './bus-state';
import { PURPOSE, draw } from './draw';
import type { ConnectionId } from './effects';
import type { NodeName } from './ids';
import type { Note } from './notes';
import type { Mutable } from './turn';

/** Within its link's latency, a hop varies by this share of the whole span. */
const JITTER_SHARE = 0.25;

export class BusDraft {
  readonly nowMs: number;
  readonly state: Mutable<BusState>;
  readonly effects: BusEffect[] = [];

  constructor(state: BusState, nowMs: number) {
    this.state = { ...state };
    this.nowMs = nowMs;
  }

  connection(id: ConnectionId): Connection | null {
    return this.state.connections.get(id) ?? null;
  }

  putConnection(connection: Connection): void {
    this.state.connections = this.state.connections.set(connection.id, connection);
  }

  removeConnection({ id }: Pick<Connection, 'id'>): void {
    this.state.connections = this.state.connections.delete(id);
  }

  /** Every connection, by dialer and then by age. */
  connections(): Connection[] {
    return [...this.state.connections.values()].sort(
      (a, b) => Number(a.dialer) - Number(b.dialer) || dialNumber(a) - dialNumber(b),
    );
  }

  isCut(from: NodeName, to: NodeName): boolean {
    return direction(from, to) in this.state.cut;
  }

  /**
   * How long a hop takes now, whole milliseconds. Each link has its own pace, each message its own
   * luck.
   */
  hopMs(from: NodeName, to: NodeName, salt: number): number {
    const { seed, latencyMs, slow } = this.state;
    const [a, b] = [hostKey(from), hostKey(to)];
    const span = latencyMs.max - latencyMs.min;
    const pace = draw(seed, PURPOSE.linkLatency, Math.min(a, b), Math.max(a, b));
    const luck = draw(seed, PURPOSE.hopLatency, a, b, this.nowMs, salt);
    const share = pace * (1 - JITTER_SHARE) + luck * JITTER_SHARE;
    return Math.round(latencyMs.min + span * share) + (slow[direction(from, to)] ?? 0);
  }

  schedule(
    atMs: number,
    event: Record<string, unknown> & { readonly type: BusEvent['type'] },
  ): void {
    this.effects.push({ type: 'schedule', atMs, event: { ...event, nowMs: atMs } as BusEvent });
  }

  /** What was kept back arrives now, before whatever else arrives in this millisecond. */
  arriveFirst(to: NodeName, arrival: Arrival): void {
    const event: BusEvent = { type: 'ARRIVE', nowMs: this.nowMs, to, arrival };
    this.effects.push({ type: 'schedule-first', event });
  }

  note(note: Note): void {
    this.effects.push({ type: 'note', note });
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
