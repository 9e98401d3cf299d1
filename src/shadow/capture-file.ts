/**
 * From the files of a recording to a Capture. What is wrong with a file is said in one sentence.
 */
import type { BusMessage } from '../protocol/bus-message';
import { nodeId } from '../protocol/ids';
import type { Capture, CaptureFrame, CaptureLink, NodeNumber } from './capture';
import { readIndex, readTables, type CaptureFiles, type IndexFile } from './capture-index';
import { readDeeds } from './deeds';
import { parseLog } from './log-lines';
import { parseClusterNodes, type NodesLine } from '../protocol/slots/nodes-text';

export type { CaptureFiles } from './capture-index';

/** One frame's bytes to its message, or an Error that says what is wrong with them. */
export type ReadMessage = (bytes: Uint8Array) => BusMessage;

/** Reads a recording; throws an Error with one sentence about the first thing that is wrong. */
export function readCapture(files: CaptureFiles, readMessage: ReadMessage): Capture {
  const { name } = files;
  const index = readIndex(files);
  const tables = readTables(files);
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
    before: parseTables(tables.before, `${name}.nodes.json, before`),
    after: parseTables(tables.after, `${name}.nodes.json, after`),
    log: parseLog(files.log, index),
  };
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

function parseTables(
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
