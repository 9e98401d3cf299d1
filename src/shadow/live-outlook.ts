/**
 * What is known already of the next moments of one node: a live shadow lives a quarter of a second
 * behind what is told, so that it hears of things in their order, and knows what left a trace of
 * each tick. It never looks further ahead than that.
 */
import type { BusMessage } from '../protocol/bus-message';
import type { CaptureLink, NodeNumber } from './capture';
import type { KnownLink } from './live-connections';
import type { LiveLog } from './live-events';

/** How far behind a live shadow is, and so how far ahead it can look. */
export const LOOK_AHEAD_MS = 250;

/** Measured: 100 and 101 ms, equally often. */
export const PERIOD_MS = 100.5;
/** Two ticks are never nearer to each other than this. */
const MIN_GAP_MS = 80;
/** From a tick to the first trace of it. */
const TRACE_LAG_MS = 0.5;
/** A trace this much later than the tick was due is another one's. */
const LATE_MS = 45;
/** What happened this long ago is of no use any more. */
const KEPT_MS = 500;

/** Lines that only a tick writes, at once. */
const TICK_LINES: readonly RegExp[] = [
  /^\*\*\* NODE \S{40} possibly failing$/,
  /^Start of election delayed for [1-9]/,
  /^Starting a failover election/,
];
const DELAYED = /^Start of election delayed for (\d+) milliseconds/;
/** A dial of a tick was refused. */
export const REFUSED = /^Connection with Node \S{40} at \S+:(\d+) failed: Connection refused$/;

/** A PING of a tick. */
export interface TickPing {
  readonly atMs: number;
  readonly to: NodeNumber;
  readonly frame: number;
  isTaken: boolean;
}

interface Timed {
  readonly atMs: number;
}

export class Outlook {
  private readonly node: NodeNumber;
  private readonly traces: Timed[] = [];
  private readonly pings: TickPing[] = [];
  private readonly opens: KnownLink[] = [];
  private readonly requests: Timed[] = [];
  private readonly delays: (Timed & { readonly delayMs: number })[] = [];
  private readonly refusals: (Timed & { readonly busPort: number })[] = [];
  private readonly lines: LiveLog[] = [];

  constructor(node: NodeNumber) {
    this.node = node;
  }

  seeLink(link: KnownLink): void {
    const { atMs, event, dialer, endedBy } = link;
    if (dialer !== this.node) return;
    if (event === 'open') put(this.opens, link);
    if (event === 'open' || endedBy === this.node) put(this.traces, { atMs });
  }

  seeLog(line: LiveLog): void {
    const { atMs, text } = line;
    put(this.lines, line);
    if (TICK_LINES.some((pattern) => pattern.test(text))) put(this.traces, { atMs });
    const delayMs = DELAYED.exec(text)?.[1];
    if (delayMs !== undefined) put(this.delays, { atMs, delayMs: Number(delayMs) });
    const busPort = REFUSED.exec(text)?.[1];
    if (busPort !== undefined) put(this.refusals, { atMs, busPort: Number(busPort) });
  }

  /** A PING on a connection it dialled, no greeting. */
  seePing(ping: Omit<TickPing, 'isTaken'>): void {
    put(this.pings, { ...ping, isTaken: false });
    put(this.traces, ping);
  }

  seeMessage(atMs: number, message: BusMessage): void {
    if (message.type !== 'FAILOVER_AUTH_REQUEST' || message.forceAck) return;
    put(this.requests, { atMs });
    put(this.traces, { atMs });
  }

  /** When the next tick comes after one at `lastMs`: where it left a trace, or on time. */
  nextTick(lastMs: number, nowMs: number): number {
    const dueMs = lastMs + PERIOD_MS;
    const isIts = ({ atMs }: Timed): boolean =>
      atMs > lastMs + MIN_GAP_MS && atMs - TRACE_LAG_MS > nowMs - 1;
    const trace = this.traces.find(isIts);
    const isInTime = trace !== undefined && trace.atMs - dueMs < LATE_MS;
    return isInTime && trace.atMs < nowMs + LOOK_AHEAD_MS ? trace.atMs - TRACE_LAG_MS : dueMs;
  }

  /** When the first tick comes of a process that began at `fromMs`. */
  firstTick(fromMs: number): number {
    const trace = this.traces.find(({ atMs }) => atMs >= fromMs && atMs < fromMs + PERIOD_MS);
    return trace ? Math.max(fromMs, trace.atMs - TRACE_LAG_MS) : fromMs + PERIOD_MS / 2;
  }

  pingsBetween(fromMs: number, toMs: number): TickPing[] {
    return this.pings.filter((ping) => !ping.isTaken && isBetween(ping, fromMs, toMs));
  }

  pingOf(frame: number): TickPing | null {
    return this.pings.find((ping) => ping.frame === frame) ?? null;
  }

  openTo(acceptor: NodeNumber, fromMs: number, toMs: number): KnownLink | null {
    const isIt = (link: KnownLink): boolean =>
      link.acceptor === acceptor && isBetween(link, fromMs, toMs);
    return this.opens.find(isIt) ?? null;
  }

  /** Whether it asks for votes then. */
  asksBetween(fromMs: number, toMs: number): boolean {
    return this.requests.some((one) => isBetween(one, fromMs, toMs));
  }

  /** How long it says it waits before an election, if it says so around a moment. */
  delayAround(atMs: number, aroundMs: number): number | null {
    const found = this.delays.find((one) => isBetween(one, atMs - aroundMs, atMs + aroundMs));
    return found?.delayMs ?? null;
  }

  isRefusedBetween(busPort: number, fromMs: number, toMs: number): boolean {
    return this.refusals.some((one) => one.busPort === busPort && isBetween(one, fromMs, toMs));
  }

  /** Connections and lines of these moments, for whoever asks what proves a command. */
  around(): { readonly links: readonly CaptureLink[]; readonly log: readonly LiveLog[] } {
    return { links: this.opens.map((link) => ({ ...link, accepted: true })), log: this.lines };
  }

  /** What lies long before `nowMs` is forgotten. */
  forget(nowMs: number): void {
    const lists: Timed[][] = [
      ...[this.traces, this.pings, this.opens, this.requests],
      ...[this.delays, this.refusals, this.lines],
    ];
    for (const list of lists) {
      let old = 0;
      while (old < list.length && list[old]!.atMs < nowMs - KEPT_MS) old++;
      if (old > 0) list.splice(0, old);
    }
  }
}

const isBetween = ({ atMs }: Timed, fromMs: number, toMs: number): boolean =>
  atMs >= fromMs && atMs < toMs;

/** Keeps the list in the order of time; what comes is nearly always the newest. */
function put<T extends Timed>(list: T[], one: T): void {
  let place = list.length;
  while (place > 0 && list[place - 1]!.atMs > one.atMs) place--;
  list.splice(place, 0, one);
}
