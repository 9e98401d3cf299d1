/**
 * Taking in what others gossip: reports, newer PONG times, addresses, nodes never met.
 * Source: clusterProcessGossipSection, src/cluster.c.
 */
import type { Gossip, GossipEntry } from '../bus-message';
import { isBlacklisted } from './blacklist';
import { blankNode, isMaster } from '../cluster-state';
import {
  addFailReport,
  countFailReports,
  markNodeAsFailingIfNeeded,
  removeFailReport,
} from '../failover/failure-detection';
import { FAIL, NOADDR, PFAIL, printFlags } from '../flags';
import type { NodeId } from '../ids';
import { dropLink } from './links';
import { SECOND_MS, ToldGossip, numberIn, pongSecondOf } from './told-gossip';
import { trace, traces } from './trace';
import type { Turn } from '../turn';

/** A gossiped PONG time may lie this far in the future of the receiver's clock. */
const PONG_TOLERANCE_MS = 500;

/**
 * Takes in every entry of a message from `senderId`, or from a stranger (null), who can add
 * nothing.
 */
export function processGossip(turn: Turn, senderId: NodeId | null, gossip: Gossip): void {
  const sender = senderId ? turn.node(senderId) : null;
  const reporterId = sender && isMaster(sender) ? sender.id : null;
  if (gossip instanceof ToldGossip && gossip.isCalm && !traces(turn)) {
    hearCalm(turn, { senderId, reporterId }, gossip);
  } else {
    for (const entry of gossip) hear(turn, { senderId, reporterId }, entry);
  }
}

interface Teller {
  readonly senderId: NodeId | null;
  /** The same if it is a master. */
  readonly reporterId: NodeId | null;
}

function hear(turn: Turn, { senderId, reporterId }: Teller, entry: GossipEntry): void {
  if (traces(turn)) traceEntry(turn, entry);
  const place = turn.placeOf(entry.id);
  if (place === -1) {
    if (senderId) addUnknown(turn, entry);
  } else if (hasNews(turn, place, entry)) {
    processKnown(turn, reporterId, entry);
  }
}

const NOBODY_WELL: Readonly<Uint16Array> = new Uint16Array();

/** Nobody is said to fail: of a node that is well here, too, only a newer PONG can be news. */
function hearCalm(turn: Turn, teller: Teller, gossip: ToldGossip): void {
  const { length, cells } = gossip;
  let well = turn.glance?.wellPlaces(gossip.book) ?? NOBODY_WELL;
  let known = turn.state.vitals;
  let pongs = known.columns;
  for (let i = 0; i < length; i++) {
    const cell = cells[i]!;
    const pongSecond = pongSecondOf(cell);
    const place = (well[numberIn(cell, pongSecond)] ?? 0) - 1;
    const pongMs = pongSecond * SECOND_MS;
    if (place >= 0 && pongMs <= pongs[known.length + place]!) continue;
    if (place >= 0) {
      borrowPongTime(turn, place, pongMs);
    } else {
      hear(turn, teller, gossip.at(i)!);
      // An entry may have changed, or one more may be there.
      well = turn.glance?.wellPlaces(gossip.book) ?? NOBODY_WELL;
    }
    known = turn.state.vitals;
    pongs = known.columns;
  }
}

function traceEntry(turn: Turn, { id, ip, port, busPort, flags }: GossipEntry): void {
  trace(turn, () => `GOSSIP ${id} ${ip}:${port}@${busPort} ${printFlags(flags)}`);
}

/** Most entries say of a node known to be well that it is, and nothing newer: one look will do. */
function hasNews({ state }: Turn, place: number, entry: GossipEntry): boolean {
  const node = state.nodes[place]!;
  const isWell = ((node.flags | entry.flags) & (FAIL | PFAIL)) === 0;
  const isNewer = entry.pongReceivedSecondMs > state.vitals.pongReceivedMs(place);
  return isNewer || !isWell || node.failReports.length > 0;
}

/** Only a master's word counts as a report, or takes one back. */
function processKnown(turn: Turn, reporterId: NodeId | null, entry: GossipEntry): void {
  const healthy = !(entry.flags & (FAIL | PFAIL));
  if (reporterId && entry.id !== turn.state.myId) {
    if (healthy) {
      removeFailReport(turn, entry.id, reporterId);
    } else {
      addFailReport(turn, entry.id, reporterId);
      markNodeAsFailingIfNeeded(turn, entry.id);
    }
  }
  if (healthy) {
    // Old reports are dropped when they are counted, and that only while no ping is pending.
    if (turn.vitals(entry.id).pingSentMs === 0 && !isStillReported(turn, entry.id)) {
      borrowPongTime(turn, turn.placeOf(entry.id), entry.pongReceivedSecondMs);
    }
    takeNewAddress(turn, entry);
  }
}

/** Someone else heard from it: that postpones our own next ping. */
function borrowPongTime(turn: Turn, place: number, pongMs: number): void {
  const { vitals } = turn.state;
  if (pongMs <= vitals.pongReceivedMs(place) || pongMs > turn.nowMs + PONG_TOLERANCE_MS) return;
  if (!vitals.isPinged(place)) turn.postpone(place, pongMs);
}

const isStillReported = (turn: Turn, id: NodeId): boolean =>
  turn.node(id)!.failReports.length > 0 && countFailReports(turn, id) > 0;

function takeNewAddress(turn: Turn, entry: GossipEntry): void {
  const node = turn.node(entry.id)!;
  if (!(node.flags & (FAIL | PFAIL)) || entry.flags & NOADDR) return;
  const sameIp = node.ip.toLowerCase() === entry.ip.toLowerCase();
  const same = sameIp && node.port === entry.port && node.busPort === entry.busPort;
  if (same) return;
  const edited = turn.edit(entry.id);
  dropLink(turn, entry.id);
  edited.ip = entry.ip;
  edited.port = entry.port;
  edited.busPort = entry.busPort;
  edited.flags &= ~NOADDR;
}

/**
 * A known sender vouches for it: no handshake, but neither slots nor a master until it speaks
 * itself.
 */
function addUnknown(turn: Turn, entry: GossipEntry): void {
  if (entry.flags & NOADDR || isBlacklisted(turn, entry.id)) return;
  turn.addNode(
    blankNode({
      id: entry.id,
      flags: entry.flags,
      createdMs: turn.nowMs,
      ip: entry.ip,
      port: entry.port,
      busPort: entry.busPort,
    }),
  );
}
