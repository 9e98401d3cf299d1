/**
 * Events to come, each written once, as numbers: heartbeats under way, with three small ones for
 * each node they gossip about, and connections about to be up. It only grows.
 */
import type { Happening, ScheduledEvent } from '../kernel/world';
import type { GossipEntry, HeartbeatMessage } from '../protocol/bus-message';
import type { Envelope } from '../protocol/bus-state';
import type { ConnectionId } from '../protocol/effects';
import { ByteLog, LogReader, fits } from './byte-log';
import { partsOf } from './connection-places';
import { GossipBook } from './gossip-book';

const SECOND_MS = 1_000;
const HEARTBEAT = 0;
const CONNECTED = 1;
const NEVER = 0;

interface UnderWay {
  readonly envelope: Envelope;
  readonly message: HeartbeatMessage;
}

/** An event of the book; what it is is read when somebody asks. All are of one class. */
class PastEvent implements ScheduledEvent {
  readonly atMs: number;
  readonly seq: number;
  #what: Happening | null = null;
  readonly #read: () => Happening;

  constructor(atMs: number, seq: number, read: () => Happening) {
    this.atMs = atMs;
    this.seq = seq;
    this.#read = read;
  }

  get what(): Happening {
    return (this.#what ??= this.#read());
  }
}

export class EventBook {
  private readonly log = new ByteLog();
  private readonly said = new GossipBook();
  private reader = new LogReader(this.log, 0);

  /** Where the event stands now; null: of another kind, or one of its numbers does not fit. */
  write(event: ScheduledEvent): number | null {
    const codes = this.heartbeatCodes(event) ?? this.connectedCodes(event);
    if (!codes?.every(fits)) return null;
    const place = this.log.length;
    for (const code of codes) this.log.whole(code);
    return place;
  }

  /** The event that stands there, or one equal to it; what it is is read when somebody asks. */
  read(place: number): ScheduledEvent {
    const reader = new LogReader(this.log, place);
    const kind = reader.whole();
    const [atMs, seq] = [reader.whole(), reader.whole()];
    return new PastEvent(atMs, seq, () => {
      this.reader = reader;
      return kind === HEARTBEAT ? this.heartbeat(atMs) : this.connected(atMs);
    });
  }

  private connectedCodes({ atMs, seq, what }: ScheduledEvent): number[] | null {
    if (what.target !== 'bus' || what.event.type !== 'CONNECTED') return null;
    const connection = this.connectionCodes(what.event.connection);
    return what.event.nowMs === atMs ? [CONNECTED, atMs, seq, ...connection] : null;
  }

  private connected(atMs: number): Happening {
    const event = { type: 'CONNECTED', nowMs: atMs, connection: this.connection() } as const;
    return { target: 'bus', event };
  }

  private heartbeatCodes(event: ScheduledEvent): number[] | null {
    const heartbeat = heartbeatOf(event);
    if (!heartbeat) return null;
    const { envelope, message } = heartbeat;
    const { id, connection, from, to, sentAtMs } = envelope;
    const { gossip, offsetBytes } = message;
    const { words } = this.said;
    const codes = [HEARTBEAT, event.atMs, event.seq, id, event.atMs - sentAtMs];
    codes.push(...this.connectionCodes(connection), words.placeOf(from), words.placeOf(to));
    codes.push(this.said.headerPlaceOf(message), offsetBytes, gossip.length);
    for (const entry of gossip) {
      const ping = secondCode(entry.pingSentSecondMs, sentAtMs);
      const pong = secondCode(entry.pongReceivedSecondMs, sentAtMs);
      if (ping === null || pong === null) return null;
      codes.push(this.said.entryPlaceOf(entry), ping, pong);
    }
    return codes;
  }

  private heartbeat(atMs: number): Happening {
    const [id, sentAtMs, connection] = [this.next(), atMs - this.next(), this.connection()];
    const [from, to] = [this.word(), this.word()];
    const base = this.said.headers[this.next()]!;
    const offsetBytes = this.next();
    const gossip = Array.from({ length: this.next() }, () => this.entry(sentAtMs));
    const payload = { channel: 'bus', message: withGossip(base, offsetBytes, gossip) } as const;
    const deliverAtMs = atMs;
    const envelope = { id, connection, from, to, payload, sentAtMs, deliverAtMs };
    const arrival = { type: 'envelope', envelope, inSocket: false } as const;
    const event = { type: 'ARRIVE', nowMs: atMs, to, arrival } as const;
    return { target: 'bus', event };
  }

  private entry(sentAtMs: number): GossipEntry {
    const { id, ip, port, busPort, flags } = this.said.entries[this.next()]!;
    const pingSentSecondMs = secondOf(this.next(), sentAtMs);
    const pongReceivedSecondMs = secondOf(this.next(), sentAtMs);
    return { id, pingSentSecondMs, pongReceivedSecondMs, ip, port, busPort, flags };
  }

  private connectionCodes(id: ConnectionId): [number, number] {
    const [word, number] = partsOf(id);
    return [this.said.words.placeOf(word), number];
  }

  private connection(): ConnectionId {
    const [word, number] = [this.word(), this.next()];
    return number === 0 ? word : `${word}#${number}`;
  }

  private next(): number {
    return this.reader.whole();
  }

  private word(): string {
    return this.said.words.at(this.next());
  }
}

/** A heartbeat that arrives as it was sent: not held back, made late or read by somebody else. */
function heartbeatOf({ atMs, what }: ScheduledEvent): UnderWay | null {
  if (what.target !== 'bus' || what.event.type !== 'ARRIVE') return null;
  const { arrival, nowMs, to } = what.event;
  if (arrival.type !== 'envelope' || arrival.inSocket) return null;
  const { envelope } = arrival;
  const { payload } = envelope;
  if (payload.channel !== 'bus' || !('gossip' in payload.message)) return null;
  const isPlain = to === envelope.to && atMs === nowMs && atMs === envelope.deliverAtMs;
  return isPlain ? { envelope, message: payload.message } : null;
}

/** How many seconds before; null: that does not fit. */
function secondCode(secondMs: number, sentAtMs: number): number | null {
  if (secondMs === 0) return NEVER;
  const before = Math.floor(sentAtMs / SECOND_MS) - secondMs / SECOND_MS;
  return Number.isInteger(before) && before >= 0 ? before + 1 : null;
}

const secondOf = (code: number, sentAtMs: number): number =>
  code === NEVER ? 0 : (Math.floor(sentAtMs / SECOND_MS) + 1 - code) * SECOND_MS;

/** Field by field, as heartbeats are made: to the engine it is then one of them. */
function withGossip(
  base: HeartbeatMessage,
  offsetBytes: number,
  gossip: HeartbeatMessage['gossip'],
): HeartbeatMessage {
  return {
    sender: base.sender,
    currentEpoch: base.currentEpoch,
    configEpoch: base.configEpoch,
    offsetBytes,
    slots: base.slots,
    masterId: base.masterId,
    ip: base.ip,
    port: base.port,
    busPort: base.busPort,
    flags: base.flags,
    clusterState: base.clusterState,
    paused: base.paused,
    forceAck: base.forceAck,
    type: base.type,
    gossip,
    extensions: base.extensions,
  };
}
