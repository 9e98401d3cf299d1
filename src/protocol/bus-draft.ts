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

  connection(dialer: NodeName, id: ConnectionId): Connection | null {
    return this.state.connections[dialer]?.[id] ?? null;
  }

  putConnection(connection: Connection): void {
    const { dialer, id } = connection;
    this.state.connections = {
      ...this.state.connections,
      [dialer]: { ...this.state.connections[dialer], [id]: connection },
    };
  }

  removeConnection({ dialer, id }: Pick<Connection, 'dialer' | 'id'>): void {
    const rest = { ...this.state.connections[dialer] };
    delete rest[id];
    this.state.connections = { ...this.state.connections, [dialer]: rest };
  }

  /** Every connection, in a fixed order. */
  connections(): Connection[] {
    return Object.values(this.state.connections).flatMap((byId) => Object.values(byId));
  }

  isCut(from: NodeName, to: NodeName): boolean {
    return this.state.cut.length > 0 && this.state.cut.includes(direction(from, to));
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

/** Ports are numbers already; a client's name becomes one. */
function hostKey(name: NodeName): number {
  const port = Number(name);
  if (Number.isInteger(port)) return port;
  let key = 7;
  for (let i = 0; i < name.length; i++) key = Math.imul(key, 31) + name.charCodeAt(i);
  return key >>> 0;
}
