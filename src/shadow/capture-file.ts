/**
 * From the files of a recording to a Capture. What is wrong with a file is said in one sentence.
 */
import * as v from 'valibot';
import type { BusMessage } from '../protocol/bus-message';
import { nodeId } from '../protocol/ids';
import type { Capture, CaptureFrame, CaptureLink, NodeNumber } from './capture';
import { readDeeds } from './deeds';
import { parseLog } from './log-lines';
import { parseClusterNodes, type NodesLine } from '../protocol/nodes-text';

/** The texts and bytes of one recording; `name` is for sentences. */
export interface CaptureFiles {
  readonly name: string;
  /** NAME.index.json */
  readonly index: string;
  /** NAME.bin: the frames, end to end. */
  readonly bytes: Uint8Array;
  /** NAME.nodes.json; empty if there is none. */
  readonly nodes: string;
  /** NAME.redis.log; empty if there is none. */
  readonly log: string;
}

/** One frame's bytes to its message, or an Error that says what is wrong with them. */
export type ReadMessage = (bytes: Uint8Array) => BusMessage;

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]{40}$/, 'Expected 40 characters of a-z and 0-9'));

const INDEX = v.object({
  label: v.string(),
  redis: v.optional(v.string(), ''),
  nodeTimeout: v.pipe(v.number(), v.minValue(1)),
  epochMs: time,
  durationMs: time,
  nodes: v.pipe(
    v.array(
      v.object({
        id: count,
        name: id,
        clientPort: count,
        announcedPort: v.optional(count),
        busPort: count,
        announcedBus: v.optional(count),
      }),
    ),
    v.minLength(1),
  ),
  events: v.array(
    v.object({
      t: time,
      what: v.string(),
      node: v.optional(count),
      argv: v.optional(v.array(v.string())),
    }),
  ),
  connEvents: v.array(
    v.object({
      t: time,
      id: count,
      acceptor: count,
      dialer: v.optional(count),
      event: v.string(),
      why: v.optional(v.string(), ''),
    }),
  ),
  frames: v.array(
    v.object({
      t: time,
      off: count,
      len: count,
      from: count,
      to: count,
      dialer: count,
      acceptor: count,
      conn: count,
      verdict: v.optional(v.string(), 'pass'),
      /** When a frame that was held or delayed went on. */
      deliveredT: v.optional(time),
    }),
  ),
});

const TABLES = v.object({
  before: v.record(v.string(), v.string()),
  after: v.record(v.string(), v.string()),
});

type IndexFile = v.InferOutput<typeof INDEX>;

/** Reads a recording; throws an Error with one sentence about the first thing that is wrong. */
export function readCapture(files: CaptureFiles, readMessage: ReadMessage): Capture {
  const { name } = files;
  const index = readJson(INDEX, files.index, `${name}.index.json`);
  const tables = files.nodes
    ? readJson(TABLES, files.nodes, `${name}.nodes.json`)
    : { before: {}, after: {} };
  const numbers = new Set(index.nodes.map((node) => node.id));
  return {
    label: index.label,
    redisVersion: index.redis,
    nodeTimeoutMs: index.nodeTimeout,
    epochMs: index.epochMs,
    durationMs: index.durationMs,
    nodes: index.nodes.map((node) => ({
      number: node.id,
      id: nodeId(node.name),
      port: node.announcedPort ?? node.clientPort,
      busPort: node.announcedBus ?? node.busPort,
    })),
    frames: index.frames.map((entry, i) => readFrame(files, entry, i, numbers, readMessage)),
    links: readLinks(index),
    ...readDeeds(index),
    before: readTables(tables.before, `${name}.nodes.json, before`),
    after: readTables(tables.after, `${name}.nodes.json, after`),
    log: parseLog(files.log, index.epochMs),
  };
}

function readJson<S extends v.GenericSchema>(
  schema: S,
  text: string,
  file: string,
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? 'the whole file';
  throw new Error(`${file}: ${path}: ${issue.message}`);
}

function readFrame(
  files: CaptureFiles,
  entry: IndexFile['frames'][number],
  index: number,
  numbers: ReadonlySet<NodeNumber>,
  readMessage: ReadMessage,
): CaptureFrame {
  const { t, off, len, from, to, dialer, acceptor, conn, verdict } = entry;
  const where = `${files.name}.index.json: frames.${index}`;
  for (const number of [from, to, dialer, acceptor]) {
    if (!numbers.has(number)) throw new Error(`${where}: there is no node ${number}`);
  }
  if (off + len > files.bytes.length) {
    throw new Error(
      `${where}: ends at byte ${off + len}, but ${files.name}.bin has ${files.bytes.length}`,
    );
  }
  try {
    return {
      ...{ index, atMs: t, from, to, dialer, acceptor, connection: conn },
      sent: verdict !== 'injected',
      // Held back, and never let go: the receiver did not hear it.
      received: verdict === 'pass' || verdict === 'injected' || entry.deliveredT !== undefined,
      deliveredMs: entry.deliveredT ?? t,
      message: readMessage(files.bytes.subarray(off, off + len)),
    };
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

/** A connection's dialer is known from its first frame: later than it opened. */
function readLinks({ connEvents, frames }: IndexFile): CaptureLink[] {
  const dialers = new Map<number, NodeNumber>();
  for (const { id, dialer } of connEvents) if (dialer !== undefined) dialers.set(id, dialer);
  const withheld = withheldLinks({ connEvents, frames });
  return connEvents.flatMap(({ t, id, acceptor, event, why }) => {
    const dialer = dialers.get(id);
    if (dialer === undefined || (event !== 'open' && event !== 'close')) return [];
    const end = /^(dialer|acceptor) ended/.exec(why)?.[1];
    const endedBy = end === undefined ? null : end === 'dialer' ? dialer : acceptor;
    const accepted = !withheld.has(id);
    return [{ atMs: t, connection: id, dialer, acceptor, event, endedBy, accepted }];
  });
}

/** Connections on which nothing ever went on: the recorder accepted, the node did not. */
function withheldLinks({
  connEvents,
  frames,
}: Pick<IndexFile, 'connEvents' | 'frames'>): Set<number> {
  const held = new Set<number>();
  const passed = new Set<number>();
  for (const { conn, verdict, deliveredT } of frames) {
    if (verdict === 'hold' && deliveredT === undefined) held.add(conn);
    else passed.add(conn);
  }
  const opened = connEvents.flatMap(({ event, id }) => (event === 'open' ? [id] : []));
  return new Set(opened.filter((conn) => held.has(conn) && !passed.has(conn)));
}

function readTables(
  texts: Readonly<Record<string, string>>,
  where: string,
): Map<NodeNumber, NodesLine[]> {
  const tables = new Map<NodeNumber, NodesLine[]>();
  for (const [number, text] of Object.entries(texts)) {
    try {
      tables.set(Number(number), parseClusterNodes(text));
    } catch (error) {
      throw new Error(`${where}, node ${number}: ${(error as Error).message}`, { cause: error });
    }
  }
  return tables;
}
