/**
 * The PINGs of one tick. Whom the T/2 rule pings is exact; whom the lot pings is not: ours draws
 * another node, so its draw is taken back and the real one adopted, if the rules allow it.
 * Source: clusterCron, src/cluster.c.
 */
import { isInHandshake, type ClusterState } from '../protocol/cluster-state';
import { sendPing } from '../protocol/messages/send';
import { wholeEntry, type WholeEntry } from '../protocol/whole-entries';
import { statesAround } from './beliefs';
import type { Capture, CaptureFrame } from './capture';
import { virtualMs } from './capture-time';
import { BEHIND_MS, EDGE_MS, UNTRACED_EDGE_MS, type Explanation } from './explanations';
import type { NodeId } from '../protocol/ids';
import type { Learnt } from './guess';
import type { Said, ShadowNode } from './shadow-node';
import type { Tally } from './tally';
import { DIAL_MS, type Tick } from './tick-plan';
import { greetings } from './tick-traces';

interface TickOfPings {
  readonly capture: Capture;
  readonly shadow: ShadowNode;
  readonly tally: Tally;
  readonly learnt: Learnt;
  readonly tick: Tick;
  /** Before our machine took the tick. */
  readonly before: ClusterState;
  /** What our machine sent in it. */
  readonly said: readonly Said[];
  /** Whom our lot fell on. */
  readonly drawn: NodeId | null;
}

const KIND = 'PING after half a node timeout';

/** Compares, and adopts. Returns the real PINGs that must have been lots. */
export function judgePings(ticking: TickOfPings): CaptureFrame[] {
  const { capture, shadow, tick } = ticking;
  const real = [...tick.pings];
  for (const ping of ticking.said) {
    if (ping.message.type !== 'PING') continue;
    const entry = shadow.state.nodes.find(({ link }) => link?.connection === ping.connection);
    if (!entry) continue;
    const peer = capture.nodes.find(({ id }) => id === entry.id)?.number;
    const index = real.findIndex((frame) => frame.to === peer);
    if (index !== -1) {
      const wasDue = isDue(ticking, entry.id);
      real.splice(index, 1);
      if (wasDue) ticking.tally.agree(KIND);
    } else if (!isQueued(ticking, ping, peer)) takeBack(ticking, ping, entry.id);
    else if (isDue(ticking, entry.id)) ticking.tally.agree(KIND);
  }
  return real.filter((frame) => adoptLot(ticking, frame));
}

/** Milliseconds past half a timeout since the last PONG; null while a ping is pending. */
function overdueMs({ before, capture, tick }: TickOfPings, id: string): number | null {
  const entry = wholeEntry(before, id as NodeId);
  if (!entry || entry.pingSentMs !== 0) return null;
  const halfMs = Math.floor(before.config.nodeTimeoutMs / 2);
  return virtualMs(capture, tick.atMs) - entry.pongReceivedMs - halfMs;
}

const isDue = (ticking: TickOfPings, id: string): boolean => (overdueMs(ticking, id) ?? 0) > 0;

/** A PING on a link that is still being dialled leaves when it opens, before the greeting. */
function isQueued(ticking: TickOfPings, ping: Said, peer?: number): boolean {
  const { capture, shadow, tick } = ticking;
  const entry = shadow.state.nodes.find(({ link }) => link?.connection === ping.connection);
  if (!entry?.link || entry.link.connected) return false;
  const open = capture.links.find(
    (link) =>
      link.event === 'open' &&
      link.dialer === shadow.node.number &&
      link.acceptor === peer &&
      link.atMs >= tick.atMs - 1 &&
      link.atMs < tick.atMs + DIAL_MS,
  );
  // Refused, or never answered: the PING waits in vain, and its clock runs. Nobody can see whether
  // the real node drew this lot; most of them did not.
  if (!open) return isDue(ticking, entry.id);
  return greetings(capture, open.connection).length >= 2;
}

/** Ours pinged, the real node did not. */
function takeBack(ticking: TickOfPings, ping: Said, id: string): void {
  const { shadow, tally, tick, before } = ticking;
  const overdue = overdueMs(ticking, id);
  if (id !== ticking.drawn) {
    tally.disagree({
      ...{ kind: KIND, atMs: tick.atMs, node: shadow.node.number },
      ...{ ours: `PING to ${numberOf(ticking, id)}, ${overdue ?? 0} ms overdue`, real: 'none' },
      explanation: whyNotPinged(ticking, id, overdue ?? 0),
    });
    noteAnswer(ticking, id);
  }
  ping.takenBack = true;
  const pingSentMs = wholeEntry(before, id as NodeId)?.pingSentMs ?? 0;
  shadow.adoptEntry(tick.atMs, id as never, { pingSentMs });
}

/** It is not due: it has answered in the last moment before the recording. */
function noteAnswer({ capture, shadow, tick, learnt }: TickOfPings, id: string): void {
  const nowMs = virtualMs(capture, tick.atMs);
  const isYoung = tick.atMs < capture.nodeTimeoutMs / 2 + UNTRACED_EDGE_MS;
  const isNews = !learnt.answered.has(id as NodeId) && !shadow.hasAnswered(id as NodeId, nowMs);
  if (isYoung && isNews) learnt.answered.set(id as NodeId, Number.NEGATIVE_INFINITY);
}

function whyNotPinged(ticking: TickOfPings, id: string, overdue: number): Explanation | null {
  if (overdue > 0 && overdue <= edgeMs(ticking)) return 'edge-of-a-tick';
  return overdue > 0 && hearsOfIt(ticking, id) ? 'on-its-way' : null;
}

/** News of a later PONG comes at the moment of the tick: the real node may have read it first. */
function hearsOfIt({ capture, shadow, tick, before }: TickOfPings, id: string): boolean {
  const knownMs = wholeEntry(before, id as NodeId)?.pongReceivedMs ?? 0;
  return capture.frames.some(
    ({ to, deliveredMs, message }) =>
      to === shadow.node.number &&
      deliveredMs >= tick.atMs &&
      deliveredMs < tick.atMs + BEHIND_MS &&
      'gossip' in message &&
      message.gossip.some((entry) => entry.id === id && entry.pongReceivedSecondMs > knownMs),
  );
}

const edgeMs = ({ tick }: TickOfPings): number => (tick.traced ? EDGE_MS : UNTRACED_EDGE_MS);

const numberOf = ({ capture }: TickOfPings, id: string): string =>
  `node ${capture.nodes.find((node) => node.id === id)?.number ?? id}`;

/** The real node pinged, ours did not: a lot that may have fallen so, or a disagreement. */
function adoptLot(ticking: TickOfPings, frame: CaptureFrame): boolean {
  const { capture, shadow, tally, tick, before } = ticking;
  const { id } = capture.nodes.find(({ number }) => number === frame.to)!;
  const entry = wholeEntry(before, id);
  const overdue = overdueMs(ticking, id);
  const mayBeDrawn = entry !== null && canBeDrawn(entry);
  if (mayBeDrawn && wasDueShortlyBefore(ticking, id)) {
    tally.disagree({
      ...{ kind: KIND, atMs: frame.atMs, node: shadow.node.number },
      ...{ ours: 'none: news of a later PONG has come', real: `PING to node ${frame.to}` },
      explanation: 'on-its-way',
    });
    shadow.force(tick.atMs, (turn) => sendPing(turn, id));
    return false;
  }
  if (!mayBeDrawn || overdue === null) {
    tally.disagree({
      ...{ kind: KIND, atMs: frame.atMs, node: shadow.node.number },
      ...{ ours: `none: ${whyNot(entry)}`, real: `PING to node ${frame.to}` },
      explanation: null,
    });
  }
  if (shadow.entry(id)?.link) shadow.force(tick.atMs, (turn) => sendPing(turn, id));
  const isEdge = overdue !== null && overdue <= 0 && overdue > -edgeMs(ticking);
  if (mayBeDrawn && isEdge) {
    tally.disagree({
      ...{ kind: KIND, atMs: frame.atMs, node: shadow.node.number },
      ...{ ours: `none yet, due in ${1 - overdue} ms`, real: `PING to node ${frame.to}` },
      explanation: 'edge-of-a-tick',
    });
  }
  return mayBeDrawn && !isEdge;
}

/** Due by what ours believed a moment ago: the real node may not have read the news yet. */
function wasDueShortlyBefore({ capture, shadow, tick }: TickOfPings, id: string): boolean {
  const nowMs = virtualMs(capture, tick.atMs);
  return statesAround(shadow, tick.atMs).some((state) => {
    const entry = wholeEntry(state, id as NodeId);
    const halfMs = Math.floor(state.config.nodeTimeoutMs / 2);
    return entry?.pingSentMs === 0 && nowMs - entry.pongReceivedMs > halfMs;
  });
}

const canBeDrawn = (entry: WholeEntry): boolean =>
  entry.link !== null && entry.pingSentMs === 0 && !isInHandshake(entry);

function whyNot(entry: WholeEntry | null): string {
  if (!entry) return 'unknown node';
  if (!entry.link) return 'no link';
  return isInHandshake(entry) ? 'in handshake' : 'a ping is pending';
}
