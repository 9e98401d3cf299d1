/**
 * CLUSTER NODES when the recording ended: what each real node printed, and what ours would print,
 * line by line and field by field.
 */
import { printClusterNodes } from '../protocol/commands/cluster-texts';
import { printFlags } from '../protocol/flags';
import type { ClusterState } from '../protocol/cluster-state';
import { printSlots } from '../protocol/slot-ranges';
import { statesAround } from './beliefs';
import type { Capture } from './capture';
import { virtualOfUnix } from './capture-time';
import { EDGE_MS, END_MS, ON_ITS_WAY_MS, type Explanation } from './explanations';
import { answerBeforeGossip } from './first-reports';
import { parseClusterNodes, type NodesLine } from '../protocol/slots/nodes-text';
import type { Replayed } from './replay';

/** The tables were read some time after the last recorded moment, one after the other. */
const READ_LATER_MS = 40;

const FIELDS: Readonly<Record<string, (line: NodesLine) => string>> = {
  address: ({ ip, port, busPort, hostname }) => `${ip}:${port}@${busPort} ${hostname}`,
  flags: ({ flags }) => printFlags(flags),
  master: ({ masterId }) => masterId ?? '-',
  'ping pending': ({ pingSentUnixMs }) => (pingSentUnixMs === 0 ? 'no' : 'yes'),
  epoch: ({ configEpoch }) => String(configEpoch),
  link: ({ connected }) => (connected ? 'connected' : 'disconnected'),
  slots: ({ slots, migratingTo, importingFrom }) =>
    `${printSlots(slots)} ${JSON.stringify([migratingTo, importingFrom])}`,
};

/** Compares the last table of one node. */
export function judgeTables(capture: Capture, replayed: Replayed): void {
  const { shadow, tally } = replayed;
  const real = capture.after.get(shadow.node.number);
  if (!real || !shadow.running) return;
  const endMs = capture.durationMs + READ_LATER_MS;
  const tables = statesAround(shadow, endMs).map(tableOf);
  const last = tables[0]!;
  const judge: Judge = (kind, ours, said, fits, otherwise = null) => {
    if (fits(last)) return tally.agree(kind);
    const explanation = tables.some(fits) ? 'on-its-way' : otherwise;
    tally.disagree({
      ...{ kind, atMs: capture.durationMs, node: shadow.node.number },
      ...{ ours, real: said, explanation },
    });
  };
  judge(
    'table: nodes known',
    [...last.keys()].join(' '),
    real.map(({ id }) => id).join(' '),
    (table) => table.size === real.length && real.every(({ id }) => table.has(id)),
  );
  for (const line of real) {
    const mine = last.get(line.id);
    if (!mine) continue;
    for (const [field, print] of Object.entries(FIELDS)) {
      judge(`table: ${field}`, `${line.port}: ${print(mine)}`, print(line), (table) => {
        const ours = table.get(line.id);
        return ours !== undefined && print(ours) === print(line);
      });
    }
    noteReport(capture, replayed, line, last);
    judge(
      'table: pong received',
      `${line.port}: ${printAge(capture, mine)}`,
      printAge(capture, line),
      (table) => isSameMoment(table.get(line.id), line),
      whyLater(capture, mine, line),
    );
  }
}

/** The real node kept counting from an answer, ours from gossip: it had a report. */
function noteReport(
  capture: Capture,
  { shadow, learnt }: Replayed,
  line: NodesLine,
  ours: Table,
): void {
  if (isSameMoment(ours.get(line.id), line)) return;
  const { state } = shadow;
  const answerMs = answerBeforeGossip(capture, shadow, state, line.id, capture.durationMs);
  if (answerMs === null) return;
  const realMs = virtualOfUnix(line.pongReceivedUnixMs);
  if (Math.abs(realMs - answerMs) <= EDGE_MS) learnt.reported.add(line.id);
}

const printAge = ({ epochMs }: Capture, { pongReceivedUnixMs }: NodesLine): string =>
  pongReceivedUnixMs === 0 ? 'never' : `${pongReceivedUnixMs - Math.floor(epochMs)} ms`;

type Judge = (
  kind: string,
  ours: string,
  real: string,
  fits: (table: Table) => boolean,
  otherwise?: Explanation | null,
) => void;

/**
 * A PONG, or gossip about one in whole seconds, that came between the last frame and the table; or
 * one that was read some time after it was recorded.
 */
function whyLater(capture: Capture, ours: NodesLine, real: NodesLine): Explanation | null {
  const { pongReceivedUnixMs: realMs } = real;
  const laterMs = realMs - ours.pongReceivedUnixMs;
  if (laterMs <= 0) return null;
  if (laterMs <= ON_ITS_WAY_MS) return 'on-its-way';
  const isAfterTheEnd = realMs > capture.epochMs + capture.durationMs - END_MS;
  return realMs % 1_000 === 0 || isAfterTheEnd ? 'end-of-recording' : null;
}

type Table = ReadonlyMap<string, NodesLine>;

function tableOf(state: ClusterState): Table {
  const lines = parseClusterNodes(printClusterNodes(state));
  return new Map(lines.map((line) => [line.id, line]));
}

function isSameMoment(ours: NodesLine | undefined, real: NodesLine): boolean {
  if (!ours) return false;
  return Math.abs(ours.pongReceivedUnixMs - real.pongReceivedUnixMs) <= EDGE_MS;
}
