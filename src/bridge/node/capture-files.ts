/** From the journal to the files of a recording, as the reader of recordings wants them. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLevel } from '../../protocol/notes';
import { aboutOf, wholeFrame } from '../wire';
import type { CutFrame, ServerMessage, ServerMessageOf, WireNode } from '../wire';
import type { BridgeCluster } from './bridge-cluster';
import { Refusal, reasonOf } from './complaint';
import { whatHappened } from './deed-sentence';
import type { Journal } from './journal';

export interface CaptureTexts {
  readonly index: string;
  /** End to end. They are made whole one by one: together they may be larger than the memory. */
  readonly frames: readonly CutFrame[];
  readonly nodes: string;
  readonly log: string;
}

interface Piece {
  readonly label: string;
  readonly epochMs: number;
  readonly cluster: Pick<BridgeCluster, 'redisVersion' | 'nodeTimeoutMs'> & {
    readonly nodes: () => readonly WireNode[];
  };
}

/** Everything the journal knows, from the moment that the table of every node is known. */
export function captureOf(journal: Journal, { label, epochMs, cluster }: Piece): CaptureTexts {
  const startMs = startOf(journal);
  const entries = [...journal.from(journal.begin)].filter(({ atMs }) => atMs >= startMs);
  const t = (atMs: number): number => Math.round((atMs - startMs) * 1_000) / 1_000;
  const frames = entries.flatMap((entry) => (entry.type === 'frame' ? [entry.frame] : []));
  const texts = entries.flatMap((entry) => (entry.type === 'text' ? [entry.message] : []));
  const fates = fatesIn(texts);
  const wires = [...journal.standing(), ...texts];
  let off = 0;
  const index = {
    label,
    redis: cluster.redisVersion,
    nodeTimeout: cluster.nodeTimeoutMs,
    epochMs: epochMs + startMs,
    durationMs: t(entries.at(-1)?.atMs ?? startMs),
    nodes: cluster.nodes().map(nodeOf),
    events: texts.flatMap((message) =>
      message.t === 'event' ? [{ t: t(message.atMs), ...whatHappened(message.deed) }] : [],
    ),
    connEvents: wires.flatMap((message) =>
      message.t === 'conn' && message.atMs >= startMs
        ? [{ ...wireOf(message), t: t(message.atMs) }]
        : [],
    ),
    frames: frames.map((frame) => {
      const { len } = frame;
      const {
        frame: number,
        atMs,
        deliveredMs: until,
        connection: conn,
        ...about
      } = aboutOf(frame);
      const { from, to, dialer, acceptor, type, verdict } = about;
      const deliveredMs = fates.get(number) ?? until ?? null;
      const delivered = deliveredMs === null ? {} : { deliveredT: t(deliveredMs) };
      const at = { t: t(atMs), off, len };
      off += len;
      return { ...at, from, to, dialer, acceptor, conn, type, verdict, ...delivered };
    }),
  };
  return {
    index: `${JSON.stringify(index)}\n`,
    frames,
    nodes: `${JSON.stringify(tablesOf(journal, startMs), null, 1)}\n`,
    log: texts
      .flatMap((message) => (message.t === 'log' ? logLines(message, epochMs) : []))
      .join(''),
  };
}

/** Writes them; throws a Refusal, and leaves nothing half-written, when that fails. */
export function writeCapture(folder: string, name: string, texts: CaptureTexts): string[] {
  const ends = ['index.json', 'bin', 'nodes.json', 'redis.log'];
  const files = ends.map((end) => join(folder, `${name}.${end}`));
  const [index, bin, nodes, log] = files as [string, string, string, string];
  const fresh = { flag: 'wx' };
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(index, texts.index, fresh);
    writeFrames(bin, texts.frames);
    writeFileSync(nodes, texts.nodes, fresh);
    writeFileSync(log, texts.log, fresh);
    return files;
  } catch (error) {
    for (const file of files) rmSync(file, { force: true });
    const sentence = `the recording was not saved to ${folder}: ${reasonOf(error)}`;
    throw new Refusal('failed', sentence);
  }
}

type View = ServerMessageOf<'view'>;
function* viewsIn(journal: Journal): Generator<View> {
  for (const entry of journal.from(journal.begin)) {
    if (entry.type === 'text' && entry.kind === 'view') yield entry.message as View;
  }
}

/** The first time by which every node that answers has shown its table. */
function startOf(journal: Journal): number {
  const first = new Map<number, number>();
  for (const { node, atMs } of viewsIn(journal)) {
    if (!first.has(node)) first.set(node, atMs);
    // A node that is silent for long is dead or stopped, and is not waited for.
    if (atMs - Math.min(...first.values()) > SILENCE_MS) break;
  }
  if (first.size === 0) return journal.knownFromMs ?? 0;
  const earliestMs = Math.min(...first.values());
  return Math.max(...[...first.values()].filter((atMs) => atMs - earliestMs <= SILENCE_MS));
}
const SILENCE_MS = 2_000;

function tablesOf(journal: Journal, startMs: number): { before: object; after: object } {
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  for (const { node, nodes, atMs } of viewsIn(journal)) {
    if (atMs <= startMs) before[node] = nodes;
    after[node] = nodes;
  }
  return { before, after };
}

function fatesIn(texts: readonly ServerMessage[]): Map<number, number> {
  const fates = new Map<number, number>();
  for (const message of texts) {
    if (message.t !== 'fates') continue;
    for (const { frame, deliveredMs } of message.fates) {
      if (deliveredMs !== null) fates.set(frame, deliveredMs);
    }
  }
  return fates;
}

function nodeOf({ number, id, port, busPort, listensPort, listensBusPort }: WireNode): object {
  const announced = { announcedPort: port, announcedBus: busPort };
  return { id: number, name: id, clientPort: listensPort, busPort: listensBusPort, ...announced };
}

function wireOf({ connection, acceptor, dialer, event, why }: ServerMessageOf<'conn'>): object {
  return { id: connection, acceptor, ...(dialer === null ? {} : { dialer }), event, why };
}

/** So many at once. */
const WRITTEN_AT_ONCE = 256;

function writeFrames(path: string, frames: readonly CutFrame[]): void {
  const file = openSync(path, 'wx');
  try {
    for (let at = 0; at < frames.length; at += WRITTEN_AT_ONCE) {
      const some = frames.slice(at, at + WRITTEN_AT_ONCE).map((frame) => wholeFrame(frame).bytes);
      writeWhole(file, Buffer.concat(some));
    }
  } finally {
    closeSync(file);
  }
}

/** A disk may take less than it is given. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

const SIGN_OF_LEVEL: Readonly<Record<LogLevel, string>> = {
  debug: '.',
  verbose: '-',
  notice: '*',
  warning: '#',
};

/** As redis-server wrote them in UTC, with the node before: `n3 20012:M 22 Nov 2026 …`. */
function logLines({ lines }: ServerMessageOf<'log'>, epochMs: number): string[] {
  return lines.map(({ node, pid, role, atMs, level, text }) => {
    const date = new Date(Math.round(epochMs + atMs));
    const [, day, month, year, time] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString())!;
    const ms = String(date.getUTCMilliseconds()).padStart(3, '0');
    const sign = SIGN_OF_LEVEL[level];
    return `n${node} ${pid}:${role} ${day} ${month} ${year} ${time}.${ms} ${sign} ${text}\n`;
  });
}
