/** From the journal to the files of a recording, as the reader of recordings wants them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLevel } from '../../protocol/notes';
import type { ServerMessageOf, WireFrame, WireNode } from '../wire';
import type { BridgeCluster } from './bridge-cluster';
import { Refusal, reasonOf } from './complaint';
import { whatHappened } from './deed-sentence';
import type { Entry, Journal } from './journal';

export interface CaptureTexts {
  readonly index: string;
  readonly bytes: Uint8Array;
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
  const fates = fatesIn(entries);
  const t = (atMs: number): number => Math.round((atMs - startMs) * 1_000) / 1_000;
  const frames = entries.flatMap((entry) => (entry.type === 'frame' ? [entry.frame] : []));
  const texts = entries.flatMap((entry) => (entry.type === 'text' ? [entry.message] : []));
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
      const { atMs, from, to, dialer, acceptor, connection: conn, type, verdict, bytes } = frame;
      const deliveredMs = fates.get(frame.frame) ?? frame.deliveredMs ?? null;
      const delivered = deliveredMs === null ? {} : { deliveredT: t(deliveredMs) };
      const at = { t: t(atMs), off, len: bytes.length };
      off += bytes.length;
      return { ...at, from, to, dialer, acceptor, conn, type, verdict, ...delivered };
    }),
  };
  return {
    index: `${JSON.stringify(index)}\n`,
    bytes: joined(frames),
    nodes: `${JSON.stringify(tablesOf(journal, startMs), null, 1)}\n`,
    log: texts
      .flatMap((message) => (message.t === 'log' ? logLines(message, epochMs) : []))
      .join(''),
  };
}

/** Writes them; throws a Refusal, and leaves nothing half-written, when that fails. */
export function writeCapture(folder: string, name: string, texts: CaptureTexts): string[] {
  const contents: [string, string | Uint8Array][] = [
    [`${name}.index.json`, texts.index],
    [`${name}.bin`, texts.bytes],
    [`${name}.nodes.json`, texts.nodes],
    [`${name}.redis.log`, texts.log],
  ];
  const files = contents.map(([file]) => join(folder, file));
  try {
    mkdirSync(folder, { recursive: true });
    for (const [i, [, content]] of contents.entries()) {
      writeFileSync(files[i]!, content, { flag: 'wx' });
    }
    return files;
  } catch (error) {
    for (const file of files) rmSync(file, { force: true });
    const sentence = `the recording was not saved to ${folder}: ${reasonOf(error)}`;
    throw new Refusal('failed', sentence);
  }
}

/** The first time by which every node that answers has shown its table. */
function startOf(journal: Journal): number {
  const first = new Map<number, number>();
  for (const entry of journal.from(journal.begin)) {
    if (entry.type !== 'text' || entry.message.t !== 'view') continue;
    const { node, atMs } = entry.message;
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
  for (const entry of journal.from(journal.begin)) {
    if (entry.type !== 'text' || entry.message.t !== 'view') continue;
    const { node, nodes, atMs } = entry.message;
    if (atMs <= startMs) before[node] = nodes;
    after[node] = nodes;
  }
  return { before, after };
}

function fatesIn(entries: readonly Entry[]): Map<number, number> {
  const fates = new Map<number, number>();
  for (const entry of entries) {
    if (entry.type !== 'text' || entry.message.t !== 'fates') continue;
    for (const { frame, deliveredMs } of entry.message.fates) {
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

function joined(frames: readonly WireFrame[]): Uint8Array {
  return Buffer.concat(frames.map(({ bytes }) => bytes));
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
