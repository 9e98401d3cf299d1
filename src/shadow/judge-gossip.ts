/**
 * The gossip of every heartbeat. Which nodes it names is a lot, so our machine is no model of it
 * but a judge: might a node with our beliefs have said this? Each entry states what the real node
 * believed of a third node at that moment.
 * Source: clusterSendPing, clusterSetGossipEntry, src/cluster.c.
 */
import type { BusMessage, Gossip, GossipEntry } from '../protocol/bus-message';
import {
  hasNoAddress,
  hasSlots,
  hasTimedOut,
  isInHandshake,
  type ClusterState,
} from '../protocol/cluster-state';
import type { NodeId } from '../protocol/ids';
import { PFAIL, flagNames } from '../protocol/flags';
import { wholeEntry, type WholeEntry } from '../protocol/whole-entries';
import { statesAround, statesAt } from './beliefs';
import { captureNode, type Capture, type CaptureFrame } from './capture';
import { virtualMs } from './capture-time';
import { EDGE_MS, ON_ITS_WAY_MS } from './explanations';
import { answerBeforeGossip } from './first-reports';
import type { Pair } from './pair-messages';
import type { Replayed } from './replay';

/** Fewer messages than this have no usual number. */
const FEW = 10;
/** In a smaller cluster one seldom finds three to name. */
const FEW_NODES = 6;

/** A field of an entry that must be what our table says. */
const FIELDS: Readonly<
  Record<string, (said: GossipEntry, node: WholeEntry, moment: Moment) => boolean>
> = {
  flags: (said, node) => said.flags === node.flags,
  address: (said, node) =>
    said.ip === node.ip && said.port === node.port && said.busPort === node.busPort,
  'ping sent': (said, node, { nowMs, pinged }) =>
    sameSecond(said.pingSentSecondMs, node.id === pinged ? nowMs : node.pingSentMs),
  'pong received': (said, node) => sameSecond(said.pongReceivedSecondMs, node.pongReceivedMs),
};

/** The wire has whole seconds; our moments are a few milliseconds off. */
function sameSecond(secondMs: number, atMs: number): boolean {
  if (secondMs === 0 || atMs === 0) return secondMs === atMs;
  return atMs >= secondMs - EDGE_MS && atMs < secondMs + 1_000 + EDGE_MS;
}

/**
 * Judges each heartbeat of one real node. How many nodes it names is a lot as well, if rarely: the
 * usual number must be ours.
 */
export function judgeGossip(capture: Capture, replayed: Replayed, pairs: readonly Pair[]): void {
  const { shadow, tally } = replayed;
  judgeUsualCount(replayed, pairs);
  for (const frame of capture.frames) {
    if (frame.from !== shadow.node.number || !frame.sent || !('gossip' in frame.message)) continue;
    const states = statesAround(shadow, frame.atMs);
    const exact = statesAt(shadow, frame.atMs);
    const now = exact[0]!;
    const judge = (
      kind: string,
      fits: (state: ClusterState) => boolean,
      ours: string,
      real: string,
      isLate = false,
    ) => {
      if (exact.some(fits)) {
        tally.agree(kind);
        return;
      }
      const isOnItsWay = isLate || states.some(fits);
      tally.disagree({
        ...{ kind, atMs: frame.atMs, node: shadow.node.number, ours, real },
        explanation: isOnItsWay ? 'on-its-way' : null,
      });
    };
    judgeCount(frame, judge, now);
    const nowMs = virtualMs(capture, frame.atMs);
    const { id: receiver } = captureNode(capture, frame.to);
    // A PING on a connection the other dialled (the answer to MFSTART) starts no clock.
    const startsClock = frame.message.type === 'PING' && frame.dialer === frame.from;
    const pinged = startsClock ? receiver : null;
    for (const entry of frame.message.gossip) {
      judgeEntry(entry, judge, now, { nowMs, pinged, startMs: virtualMs(capture, 0) });
      noteHints(capture, replayed, frame, entry, [...states, ...exact]);
    }
  }
}

/**
 * What a statement about a PONG shows of the beginning: the real node kept counting from an answer,
 * ours from gossip: it had a report. Or it knows of an answer nobody recorded.
 */
function noteHints(
  capture: Capture,
  { shadow, learnt }: Replayed,
  { atMs }: CaptureFrame,
  entry: GossipEntry,
  states: readonly ClusterState[],
): void {
  const isSame = states.some((state) => {
    const node = wholeEntry(state, entry.id);
    return node !== null && sameSecond(entry.pongReceivedSecondMs, node.pongReceivedMs);
  });
  if (isSame) return;
  const answerMs = answerBeforeGossip(capture, shadow, states[0]!, entry.id, atMs);
  if (answerMs !== null && sameSecond(entry.pongReceivedSecondMs, answerMs)) {
    learnt.reported.add(entry.id);
  }
  const startMs = virtualMs(capture, 0);
  const isFromBefore = sameSecond(entry.pongReceivedSecondMs, startMs);
  if (isFromBefore && !shadow.hasAnswered(entry.id, virtualMs(capture, atMs))) {
    learnt.answered.set(entry.id, entry.pongReceivedSecondMs);
  }
}

type Judge = (
  kind: string,
  fits: (state: ClusterState) => boolean,
  ours: string,
  real: string,
  isLate?: boolean,
) => void;

function judgeUsualCount({ shadow, tally }: Replayed, pairs: readonly Pair[]): void {
  const settled = pairs.filter(({ ours }) => 'gossip' in ours.message);
  const [mine, real] = [settled.map(({ ours }) => ours), settled.map(({ frame }) => frame)].map(
    (said) => usual(said.map(({ message }) => healthyCount(message))),
  );
  if (settled.length < FEW || shadow.state.nodes.length < FEW_NODES) return;
  const kind = 'gossip: usual number';
  if (mine === real) tally.agree(kind);
  else {
    tally.disagree({
      ...{ kind, atMs: 0, node: shadow.node.number, explanation: null },
      ...{ ours: String(mine), real: String(real) },
    });
  }
}

const healthyCount = (message: BusMessage): number =>
  'gossip' in message ? message.gossip.filter(({ flags }) => !(flags & PFAIL)).length : 0;

/** The most frequent of some numbers. */
function usual(numbers: readonly number[]): number {
  const times = new Map<number, number>();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** A tenth of the nodes, three at least, and then those suspected. */
function judgeCount(frame: CaptureFrame, judge: Judge, now: ClusterState): void {
  const gossip: Gossip = 'gossip' in frame.message ? frame.message.gossip : [];
  const suspects = gossip.filter(({ flags }) => flags & PFAIL).length;
  const others = gossip.length - suspects;
  const distinct = new Set(gossip.map(({ id }) => id)).size === gossip.length;
  const wanted = ({ nodes }: ClusterState): number =>
    Math.min(Math.max(3, Math.floor(nodes.length / 10)), Math.max(0, nodes.length - 2));
  judge(
    'gossip: how many',
    (state) => distinct && others <= wanted(state),
    `at most ${wanted(now)}, each once`,
    `${others}${distinct ? '' : ', one of them twice'}`,
  );
  judge(
    'gossip: how many suspects',
    (state) => suspects === suspectsToTell(state),
    String(suspectsToTell(now)),
    String(suspects),
  );
}

/** As many as the last tick counted. */
function suspectsToTell({ nodes, pfailNodes }: ClusterState): number {
  const suspects = nodes.filter(
    (node) => hasTimedOut(node) && !isInHandshake(node) && !hasNoAddress(node),
  );
  return Math.min(pfailNodes, suspects.length);
}

interface Moment {
  readonly nowMs: number;
  /** When the recording began. */
  readonly startMs: number;
  /** Whom this PING is for: its clock starts before the gossip is written. */
  readonly pinged: NodeId | null;
}

function judgeEntry(entry: GossipEntry, judge: Judge, now: ClusterState, moment: Moment): void {
  const about = entry.port;
  const ours = (state: ClusterState): WholeEntry | null => wholeEntry(state, entry.id);
  const mine = ours(now);
  judge(
    'gossip: whom',
    (state) => mayBeNamed(ours(state), state),
    `${about}: ${mine ? 'not worth a word' : 'unknown'}`,
    'named',
  );
  for (const [field, fits] of Object.entries(FIELDS)) {
    judge(
      `gossip: ${field}`,
      (state) => {
        const node = ours(state);
        return node !== null && fits(entry, node, moment);
      },
      `${about}: ${mine ? print(field, mine, moment) : 'unknown'}`,
      print(field, asTold(entry), moment),
      field === 'pong received' && isReadLater(entry, mine),
    );
  }
}

/** A PONG of the last moment of a second was read in the next. */
function isReadLater({ pongReceivedSecondMs }: GossipEntry, mine: WholeEntry | null): boolean {
  const laterMs = pongReceivedSecondMs - (mine?.pongReceivedMs ?? 0);
  return laterMs > 0 && laterMs <= ON_ITS_WAY_MS;
}

function mayBeNamed(node: WholeEntry | null, { myId }: ClusterState): boolean {
  if (!node || node.id === myId || isInHandshake(node) || hasNoAddress(node)) return false;
  // Suspects ride along whoever they are.
  return hasTimedOut(node) || node.link !== null || hasSlots(node);
}

type Printable = Pick<
  WholeEntry,
  'flags' | 'ip' | 'port' | 'busPort' | 'pingSentMs' | 'pongReceivedMs'
>;

const asTold = (entry: GossipEntry): Printable => ({
  ...entry,
  pingSentMs: entry.pingSentSecondMs,
  pongReceivedMs: entry.pongReceivedSecondMs,
});

/** Times as the recording has them. */
function print(field: string, node: Printable, { startMs }: Moment): string {
  const time = (ms: number): string => (ms === 0 ? 'never' : `${ms - startMs} ms`);
  switch (field) {
    case 'flags':
      return flagNames(node.flags).join(',');
    case 'address':
      return `${node.ip}:${node.port}@${node.busPort}`;
    case 'ping sent':
      return time(node.pingSentMs);
    default:
      return time(node.pongReceivedMs);
  }
}
