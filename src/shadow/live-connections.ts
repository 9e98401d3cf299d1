/** The connections of a running bus: who dialled whom, and since when. */
import type { NodeNumber } from './capture';
import type { LiveFrame, LiveLink } from './live-events';

export interface Connection {
  readonly connection: number;
  readonly dialer: NodeNumber;
  readonly acceptor: NodeNumber;
  /** Null: it was there before anything was told. */
  readonly openedMs: number | null;
  /** When its dialer first said something on it. */
  firstSaidMs: number | null;
  /** PINGs that greeted it. */
  greetings: number;
  closedMs: number | null;
}

/** What is told of a connection, with both its ends. */
export interface KnownLink {
  readonly atMs: number;
  readonly connection: number;
  readonly dialer: NodeNumber;
  readonly acceptor: NodeNumber;
  readonly event: 'open' | 'close';
  /** Whose process closed it, as far as the recorder could tell. */
  readonly endedBy: NodeNumber | null;
}

/** PINGs that greet a new connection leave it together within this time. */
const GREETING_MS = 8;
/** Closed connections are remembered for a while: a frame may be told late. */
const MOST_CLOSED = 256;

export class LiveConnections {
  private readonly known = new Map<number, Connection>();
  /** Opened, and nobody knows by whom. */
  private readonly nameless = new Map<number, LiveLink>();
  private readonly closed: number[] = [];

  get(connection: number): Connection | null {
    return this.known.get(connection) ?? null;
  }

  /** Every connection of a dialer that is up. */
  openOf(dialer: NodeNumber): Connection[] {
    return [...this.known.values()].filter(
      (one) => one.dialer === dialer && one.closedMs === null && one.firstSaidMs !== null,
    );
  }

  /** What a link event tells, once both ends are known. */
  takeLink(link: LiveLink): KnownLink | null {
    const { connection, acceptor, atMs, event } = link;
    if (event === 'close') return this.close(link);
    const opening = this.nameless.get(connection) ?? link;
    if (event === 'open' && link.dialer === null) {
      this.nameless.set(connection, link);
      return null;
    }
    if (link.dialer === null || this.known.get(connection)) return null;
    this.nameless.delete(connection);
    const openedMs = event === 'open' ? atMs : opening.atMs;
    return this.open({ connection, dialer: link.dialer, acceptor, openedMs });
  }

  /**
   * A frame passed: its connection is known from now on. Returns what opened, if this tells who
   * dialled.
   */
  takeFrame(frame: Pick<LiveFrame, 'connection' | 'dialer' | 'acceptor'>): KnownLink | null {
    const { connection, dialer, acceptor } = frame;
    if (this.known.has(connection)) return null;
    const opening = this.nameless.get(connection);
    this.nameless.delete(connection);
    return this.open({ connection, dialer, acceptor, openedMs: opening?.atMs ?? null });
  }

  /** Whether a PING or MEET of the dialer only greets a new connection; to be asked once. */
  isGreeting(connection: number, type: 'PING' | 'MEET', atMs: number): boolean {
    const one = this.known.get(connection);
    if (!one) return false;
    one.firstSaidMs ??= atMs;
    if (type === 'MEET') return true;
    const isGreeting = one.openedMs !== null && atMs < one.firstSaidMs + GREETING_MS;
    if (isGreeting) one.greetings++;
    return isGreeting;
  }

  private open(
    one: Pick<Connection, 'connection' | 'dialer' | 'acceptor' | 'openedMs'>,
  ): KnownLink | null {
    const fresh = { firstSaidMs: null, greetings: 0, closedMs: null };
    this.known.set(one.connection, { ...one, ...fresh });
    if (one.openedMs === null) return null;
    const { connection, dialer, acceptor, openedMs: atMs } = one;
    return { atMs, connection, dialer, acceptor, event: 'open', endedBy: null };
  }

  private close({ connection, atMs, acceptor, dialer, why }: LiveLink): KnownLink | null {
    this.nameless.delete(connection);
    let one = this.known.get(connection);
    if (!one && dialer !== null) {
      this.open({ connection, dialer, acceptor, openedMs: null });
      one = this.known.get(connection);
    }
    if (!one || one.closedMs !== null) return null;
    one.closedMs = atMs;
    this.closed.push(connection);
    if (this.closed.length > MOST_CLOSED) this.known.delete(this.closed.shift()!);
    const end = /^(dialer|acceptor) ended/.exec(why)?.[1];
    const endedBy = end === undefined ? null : end === 'dialer' ? one.dialer : one.acceptor;
    return { ...endsOf(one), atMs, event: 'close', endedBy };
  }
}

const endsOf = ({ connection, dialer, acceptor }: Connection) => ({ connection, dialer, acceptor });
