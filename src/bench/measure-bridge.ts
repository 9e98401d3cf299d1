/**
 * The bridge under load, and an ordinary application that writes through it during faults: how many
 * frames reach a page, in how much memory, and which errors the application meets.
 */
import { availableParallelism, loadavg } from 'node:os';
import { Cluster } from 'ioredis';
import type { WireNode } from '../bridge/wire';
import { RedisConnection } from '../real-redis/redis-client';
import { BridgePage } from './bridge-page';
import { startBridgeProcess, type BridgeProcess } from './bridge-process';
import { predictedErrors, type Struck } from './predicted-errors';

export interface BridgeFigures {
  readonly framesPerSecond: number;
  readonly megabytesPerSecond: number;
  /** Frames left out because the page was too slow. */
  readonly gap: number;
  /** Of the bridge: before the load, and the most during it. */
  readonly idleMegabytes: number;
  readonly mostMegabytes: number;
  readonly application: readonly ApplicationFigures[];
}

export interface ApplicationFigures {
  readonly fault: Struck;
  readonly written: number;
  /** Writes begun that had neither succeeded nor failed in the end. */
  readonly open: number;
  /** The longest time without a write to the shard that was struck. */
  readonly longestGapMs: number;
  /** How often each kind of error was met. */
  readonly errors: Readonly<Record<string, number>>;
  /** What the simulation says that an application may meet. */
  readonly predicted: readonly string[];
}

const TIMEOUT_MS = 2_000;
const LOAD_SECONDS = 20;
/** Each is told to five other nodes. */
const PUBLISHES_A_TURN = 9;
const TURN_MS = 10;
const FAULT_MS = 9_000;
const CALM_MS = 12_000;

export async function measureBridge(say: (sentence: string) => void): Promise<BridgeFigures> {
  const bridge = await startBridgeProcess(TIMEOUT_MS);
  try {
    const page = new BridgePage(bridge);
    await page.greet(bridge.token);
    say('bridge: an application writes during faults');
    const application = await measureApplication(page);
    say('bridge: frames under load');
    const load = await measureFrames(bridge, page);
    page.socket.close();
    return { ...load, application };
  } finally {
    await bridge.end();
  }
}

async function measureFrames(
  bridge: BridgeProcess,
  page: BridgePage,
): Promise<Omit<BridgeFigures, 'application'>> {
  const idleMegabytes = bridge.megabytes();
  const node = new RedisConnection(page.nodes[1]!.listensPort);
  const before = { frames: page.frames, bytes: page.bytes };
  const startedMs = performance.now();
  let mostMegabytes = idleMegabytes;
  for (let sent = 0; performance.now() - startedMs < LOAD_SECONDS * 1_000;) {
    const due = ((performance.now() - startedMs) / TURN_MS) * PUBLISHES_A_TURN;
    const replies = [];
    for (; sent < due; sent++) replies.push(node.ask(['PUBLISH', 'news', `number ${sent}`]));
    await Promise.all(replies);
    await new Promise((done) => setTimeout(done, TURN_MS));
    mostMegabytes = Math.max(mostMegabytes, bridge.megabytes());
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  node.end();
  return {
    framesPerSecond: (page.frames - before.frames) / seconds,
    megabytesPerSecond: (page.bytes - before.bytes) / 1e6 / seconds,
    ...{ gap: page.gap, idleMegabytes, mostMegabytes },
  };
}

type Strike = readonly [name: Struck, strike: object];

/** Every fault hits the master of another shard, so that nobody has to wait for peace. */
async function measureApplication(page: BridgePage): Promise<ApplicationFigures[]> {
  const others = page.nodes.filter(({ number }) => number !== 3).map(({ number }) => number);
  const ways = others.flatMap((one) => [
    [3, one],
    [one, 3],
  ]);
  const strikes: readonly Strike[] = [
    ['freeze', { t: 'proc.signal', node: 1, signal: 'STOP', forMs: FAULT_MS }],
    ['kill', { t: 'proc.signal', node: 2, signal: 'KILL', forMs: FAULT_MS }],
    ['cut off', { t: 'fault.set', mode: 'cut', ways, forMs: FAULT_MS }],
  ];
  const figures: ApplicationFigures[] = [];
  for (const [fault, strike] of strikes) {
    const application = new Application(page.nodes);
    await application.begin();
    await page.ask(strike);
    await new Promise((done) => setTimeout(done, FAULT_MS + CALM_MS));
    const times = { nodeTimeoutMs: TIMEOUT_MS, faultMs: FAULT_MS, calmMs: CALM_MS };
    const predicted = [...predictedErrors({ struck: fault, ...times })];
    figures.push({ fault, ...(await application.end()), predicted });
  }
  return figures;
}

/** One key of each master, as redis-cli deals slots to three. */
const KEYS = ['hello', '{user}1', 'foo'];
const WRITE_EVERY_MS = 20;

/** Writes to every shard in turn, with ioredis as most use it. */
class Application {
  private readonly cluster: Cluster;
  private readonly errors: Record<string, number> = {};
  private readonly lastMs = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private written = 0;
  private failed = 0;
  private longestGapMs = 0;
  private count = 0;

  constructor(nodes: readonly WireNode[]) {
    const seeds = nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
    this.cluster = new Cluster(seeds, {
      maxRedirections: 4,
      redisOptions: { commandTimeout: 1_000, maxRetriesPerRequest: 1, connectTimeout: 1_000 },
      ...{ slotsRefreshTimeout: 1_000, slotsRefreshInterval: 1_000 },
    });
    this.cluster.on('error', (error: Error) => this.meet(error));
  }

  async begin(): Promise<void> {
    await this.cluster.set(KEYS[0]!, 'begin');
    for (const key of KEYS) this.lookAtGap(key);
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
  }

  async end(): Promise<Omit<ApplicationFigures, 'fault' | 'predicted'>> {
    clearInterval(this.timer);
    for (const key of KEYS) this.lookAtGap(key);
    await new Promise((done) => setTimeout(done, 1_500));
    this.cluster.disconnect();
    const { written, longestGapMs, errors, failed, count } = this;
    return { written, longestGapMs, errors, open: count - written - failed };
  }

  private async write(): Promise<void> {
    const key = KEYS[this.count++ % KEYS.length]!;
    try {
      await this.cluster.set(key, this.count);
      this.written++;
      this.lookAtGap(key);
    } catch (error) {
      this.failed++;
      this.meet(error as Error);
    }
  }

  private lookAtGap(key: string): void {
    const nowMs = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, nowMs - (this.lastMs.get(key) ?? nowMs));
    this.lastMs.set(key, nowMs);
  }

  private meet(error: Error): void {
    const kind = kindOfError(error);
    this.errors[kind] = (this.errors[kind] ?? 0) + 1;
  }
}

/** Errors that no fault was predicted to bring. */
export const unpredicted = ({ application }: BridgeFigures): string[] =>
  application.flatMap(({ fault, errors, predicted }) =>
    Object.keys(errors)
      .filter((kind) => !predicted.includes(kind))
      .map((kind) => `${fault}: ${kind}`),
  );

/** The kinds that a simulation knows; anything else is named in full. */
export function kindOfError({ message }: Error): string {
  for (const [pattern, kind] of KINDS) if (pattern.test(message)) return kind;
  return `not predicted: ${message}`;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/CLUSTERDOWN/, 'CLUSTERDOWN'],
  [/\bMOVED\b/, 'MOVED'],
  [/\bREADONLY\b/, 'READONLY'],
  [/timed out|timeout/i, 'no answer in time'],
  [/ECONNREFUSED|ECONNRESET|EPIPE|Connection is closed|max retries/i, 'disconnected'],
  // ioredis asks each node it knows for the map; so it says that none has answered in time.
  [/Failed to refresh slots cache|None of startup nodes/, 'no answer in time'],
];

/** A machine without time answers late, whatever the fault. */
const howBusy = (): string =>
  `load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`;

/** As a table. */
export function printBridge(figures: BridgeFigures): string {
  const { framesPerSecond, megabytesPerSecond, gap, idleMegabytes, mostMegabytes } = figures;
  const errors = (one: ApplicationFigures): string =>
    Object.entries(one.errors)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ');
  return [
    '## Bridge\n',
    `${framesPerSecond.toFixed(0)} frames a second reached a page (${megabytesPerSecond.toFixed(1)} MB/s),`,
    `${gap} were left out; the bridge occupied ${idleMegabytes.toFixed(0)} MB before, at most`,
    `${mostMegabytes.toFixed(0)} MB meanwhile (six processes, ${LOAD_SECONDS} s).\n`,
    '| fault | writes done | still open | longest gap of a shard | errors of ioredis | predicted |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figures.application.map(
      (one) =>
        `| ${one.fault} | ${one.written} | ${one.open} | ${(one.longestGapMs / 1_000).toFixed(1)} s | ${errors(one)} | ${one.predicted.join(', ')} |`,
    ),
    '',
    ...unpredicted(figures).map((what) => `NOT PREDICTED: ${what} (${howBusy()})`),
  ].join('\n');
}
