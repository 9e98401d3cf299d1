/** A recording told as it happened: what a live shadow hears of it, in the order of time. */
import { nodeId } from '../protocol/ids';
import {
  readIndex,
  readTables,
  readViews,
  type CaptureFiles,
  type IndexFile,
} from './capture-index';
import { readDeeds } from './deeds';
import type { LiveEvent, LiveStart, Verdict } from './live-events';
import { timeOf } from './live-events';
import { parseLog, zoneOfLog } from './log-lines';

/** The tables were read some time after the last recorded moment, one after the other. */
const READ_LATER_MS = 40;

export interface ToldCapture {
  readonly start: LiveStart;
  readonly events: readonly LiveEvent[];
  readonly durationMs: number;
}

/** Throws an Error with one sentence about the first thing that is wrong. */
export function captureEvents(files: CaptureFiles): ToldCapture {
  const index = readIndex(files);
  const events = [
    ...framesOf(index, files),
    ...linksOf(index),
    ...index.events.flatMap((event) => deedOf(event)),
    ...viewsOf(index, files),
    ...parseLog(files.log, index).map((line): LiveEvent => ({ type: 'log', ...line })),
  ];
  const { durationMs } = index;
  return { start: startOf(index, files), events: inOrder(events), durationMs };
}

function startOf(index: IndexFile, { log }: CaptureFiles): LiveStart {
  const { label, redis, nodeTimeout: nodeTimeoutMs, epochMs, knownFromMs, nodes } = index;
  return {
    ...{ label, redisVersion: redis, nodeTimeoutMs, epochMs, knownFromMs },
    zoneMs: zoneOfLog(log, index),
    nodes: nodes.map((node) => ({
      number: node.id,
      id: nodeId(node.name),
      port: node.announcedPort ?? node.clientPort,
      busPort: node.announcedBus ?? node.busPort,
    })),
    hasLogs: log.trim() !== '',
  };
}

/** By time; of one moment, as they stand in the files. */
export function inOrder(events: readonly LiveEvent[]): LiveEvent[] {
  return events.toSorted((a, b) => timeOf(a) - timeOf(b));
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  pass: 'pass',
  hold: 'hold',
  delay: 'delay',
  injected: 'injected',
};

function framesOf({ frames, nodes }: IndexFile, { name, bytes }: CaptureFiles): LiveEvent[] {
  const numbers = new Set(nodes.map((node) => node.id));
  return frames.map((entry, frame) => {
    const { t, off, len, from, to, dialer, acceptor, conn, verdict, deliveredT } = entry;
    const where = `${name}.index.json: frames.${frame}`;
    const stranger = [from, to, dialer, acceptor].find((number) => !numbers.has(number));
    if (stranger !== undefined) throw new Error(`${where}: there is no node ${stranger}`);
    if (off + len > bytes.length) {
      throw new Error(`${where}: ends at byte ${off + len}, but ${name}.bin has ${bytes.length}`);
    }
    return {
      ...({ type: 'frame', frame, atMs: t, from, to, dialer, acceptor, connection: conn } as const),
      verdict: VERDICTS[verdict] ?? 'cut',
      deliveredMs: deliveredT,
      bytes: bytes.subarray(off, off + len),
    };
  });
}

function linksOf({ connEvents }: IndexFile): LiveEvent[] {
  return connEvents.flatMap(({ t, id, acceptor, dialer, event, why }): LiveEvent[] => {
    if (event !== 'open' && event !== 'identified' && event !== 'close') return [];
    const ends = { acceptor, dialer: dialer ?? null };
    return [{ type: 'link', atMs: t, connection: id, ...ends, event, why }];
  });
}

function viewsOf(index: IndexFile, files: CaptureFiles): LiveEvent[] {
  const views = readViews(files).map(({ t, asked, ...rest }): LiveEvent => ({
    ...{ type: 'view', askedMs: asked ?? t, atMs: t },
    ...rest,
  }));
  const tableAt = (texts: Readonly<Record<string, string>>, fromMs: number, toMs: number) =>
    Object.entries(texts).map(([node, nodes]): LiveEvent => ({
      ...{ type: 'view', askedMs: fromMs, atMs: toMs, node: Number(node), nodes, info: '' },
    }));
  if (views.length > 0) return views;
  const { knownFromMs, durationMs } = index;
  const tables = readTables(files);
  return [
    ...tableAt(tables.before, knownFromMs, knownFromMs),
    ...tableAt(tables.after, durationMs, durationMs + READ_LATER_MS),
  ];
}

type IndexEvent = IndexFile['events'][number];

function deedOf(event: IndexEvent): LiveEvent[] {
  const { t: atMs, what, node, gap, id, reply, for: whom } = event;
  if (event.fault !== undefined) return [faultOf(event)];
  if (gap !== undefined) return [{ type: 'gap', atMs, frames: gap }];
  if (id !== undefined && node !== undefined)
    return [{ type: 'renamed', atMs, node, id: nodeId(id) }];
  const [deed] = readDeeds({ events: [event] }).deeds;
  if (!deed) return [{ type: 'remark', atMs, text: what }];
  if (deed.type !== 'command') {
    return [{ type: 'process', atMs, node: deed.node, event: deed.type }];
  }
  return [{ type: 'command', atMs, node: deed.node, argv: deed.argv, reply, for: whom }];
}

/** Without a mode it is the end of one. */
function faultOf({ t: atMs, fault, mode, ways, ms, untilT }: IndexEvent): LiveEvent {
  if (!mode) return { type: 'heal', atMs, fault: fault! };
  const untilMs = untilT ?? Infinity;
  return { type: 'fault', atMs, fault: fault!, mode, ways: ways ?? [], addMs: ms ?? 0, untilMs };
}
