/**
 * Taking in what others gossip: reports, newer PONG times, addresses, nodes never met.
 * Source: clusterProcessGossipSection, src/cluster.c.
 */
import type { GossipEntry } from './bus-message';
import { isBlacklisted } from './blacklist';
import { blankNode, isMaster, type ClusterNode } from './cluster-state';
import {
  addFailReport,
  countFailReports,
  markNodeAsFailingIfNeeded,
  removeFailReport,
} from './failure-detection';
import { FAIL, NOADDR, PFAIL, printFlags } from './flags';
import type { NodeId } from './ids';
import { dropLink } from './links';
import { trace, traces } from './trace';
import type { Turn } from './turn';

/** A gossiped PONG time may lie this far in the future of the receiver's clock. */
const PONG_TOLERANCE_MS = 500;

/**
 * Takes in every entry of a message from `senderId`, or from a stranger (null), who can add
 * nothing.
 */
export function processGossip(
  turn: Turn,
  senderId: NodeId | null,
  entries: readonly GossipEntry[],
): void {
  const sender = senderId ? turn.node(senderId) : null;
  const reporterId = sender && isMaster(sender) ? sender.id : null;
  const isTraced = traces(turn);
  for (const entry of entries) {
    if (isTraced) traceEntry(turn, entry);
    const node = turn.node(entry.id);
    if (!node) {
      if (senderId) addUnknown(turn, entry);
    } else if (hasNews(node, entry)) {
      processKnown(turn, reporterId, entry);
    }
  }
}

function traceEntry(turn: Turn, { id, ip, port, busPort, flags }: GossipEntry): void {
  trace(turn, () => `GOSSIP ${id} ${ip}:${port}@${busPort} ${printFlags(flags)}`);
}

/** Most entries say of a node known to be well that it is, and nothing newer: one look will do. */
function hasNews(node: ClusterNode, entry: GossipEntry): boolean {
  const isWell = ((node.flags | entry.flags) & (FAIL | PFAIL)) === 0;
  const isNewer = entry.pongReceivedSecondMs > node.pongReceivedMs;
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
    borrowPongTime(turn, entry);
    takeNewAddress(turn, entry);
  }
}

/** Someone else heard from it: that postpones our own next ping. */
function borrowPongTime(turn: Turn, entry: GossipEntry): void {
  const node = turn.node(entry.id)!;
  if (node.pingSentMs !== 0) return;
  if (node.failReports.length > 0 && countFailReports(turn, entry.id) > 0) return;
  const pongMs = entry.pongReceivedSecondMs;
  if (pongMs <= turn.nowMs + PONG_TOLERANCE_MS && pongMs > node.pongReceivedMs) {
    turn.edit(entry.id).pongReceivedMs = pongMs;
  }
}

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
