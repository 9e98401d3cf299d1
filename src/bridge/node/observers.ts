/** What can be seen of a node from outside: what it prints when asked, and its log. */
import type { LogFileLine } from '../../real-redis/log-line';
import { RedisConnection } from '../../real-redis/redis-client';
import type { Journal } from './journal';
import type { RunClock } from './run-clock';

const POLL_MS = 250;
const LOG_MS = 50;
/** What says nothing new is told this often nevertheless. */
const REPEAT_MS = 1_000;

export interface Observed {
  readonly number: number;
  readonly port: number;
  readonly host?: string;
  /** A process that is gone or stopped answers nothing. */
  readonly mayAnswer: () => boolean;
  readonly takeLog: () => readonly LogFileLine[];
  /** The node has printed its own table; null: it was asked and there is nobody. */
  readonly printed?: (nodesText: string | null) => void;
}

interface Seen {
  connection: RedisConnection | null;
  isAsked: boolean;
  said: string;
  toldMs: number;
}

export class Observers {
  private readonly journal: Journal;
  private readonly clock: RunClock;
  private readonly seen = new Map<number, Seen>();
  private readonly observed: Observed[] = [];
  private readonly timers: NodeJS.Timeout[];

  constructor(journal: Journal, clock: RunClock) {
    this.journal = journal;
    this.clock = clock;
    this.timers = [
      setInterval(() => void this.pollAll(), POLL_MS),
      setInterval(() => this.readLogs(), LOG_MS),
    ];
  }

  add(observed: Observed): void {
    this.observed.push(observed);
    const never = Number.NEGATIVE_INFINITY;
    this.seen.set(observed.number, { connection: null, isAsked: false, said: '', toldMs: never });
  }

  end(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const { connection } of this.seen.values()) connection?.end();
    this.readLogs();
  }

  /** Asks all that can answer now; resolves when they have. */
  async pollAll(): Promise<void> {
    await Promise.all(this.observed.map((one) => this.poll(one)));
  }

  private async poll(observed: Observed): Promise<void> {
    const seen = this.seen.get(observed.number)!;
    if (seen.isAsked || !observed.mayAnswer()) return;
    if (!seen.connection?.isOpen)
      seen.connection = new RedisConnection(observed.port, observed.host);
    seen.isAsked = true;
    const askedMs = this.clock.nowMs();
    const [nodes, info] = await Promise.all([
      seen.connection.ask(['CLUSTER', 'NODES']),
      seen.connection.ask(['CLUSTER', 'INFO']),
    ]);
    seen.isAsked = false;
    if (nodes.type !== 'bulk' || info.type !== 'bulk') {
      observed.printed?.(null);
      return;
    }
    observed.printed?.(nodes.text);
    this.tellView(observed.number, { askedMs, nodes: nodes.text, info: info.text });
  }

  private tellView(
    node: number,
    view: { readonly askedMs: number; readonly nodes: string; readonly info: string },
  ): void {
    const seen = this.seen.get(node)!;
    const atMs = this.clock.nowMs();
    const said = withoutTimes(view.nodes) + withoutCounters(view.info);
    if (said === seen.said && atMs - seen.toldMs < REPEAT_MS) return;
    seen.said = said;
    seen.toldMs = atMs;
    this.journal.tell(atMs, { t: 'view', node, atMs, ...view });
  }

  private readLogs(): void {
    const { epochMs } = this.clock;
    const lines = this.observed.flatMap(({ number, takeLog }) =>
      takeLog().map(({ atMs, ...line }) => ({ node: number, ...line, atMs: atMs - epochMs })),
    );
    if (lines.length === 0) return;
    lines.sort((a, b) => a.atMs - b.atMs);
    this.journal.tell(this.clock.nowMs(), { t: 'log', lines });
  }
}

/** CLUSTER NODES without ping-sent and pong-received. */
const withoutTimes = (text: string): string => text.replaceAll(/ \d{1,20} \d{1,20} (?=\d)/g, ' ');
/** CLUSTER INFO without the counters of messages. */
const withoutCounters = (text: string): string =>
  text.replaceAll(/^cluster_stats_messages.*\r?\n/gm, '');
