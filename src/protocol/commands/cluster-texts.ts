/**
 * What CLUSTER NODES and INFO print, byte for byte.
 * Source: clusterGenNodeDescription, representSlotInfo, clusterCommand (INFO), src/cluster.c.
 */
import { MESSAGE_TYPE_WORD } from '../bus-message';
import {
  hasFailed,
  hasTimedOut,
  isReplica,
  lookupNode,
  type ClusterNode,
  type ClusterState,
  type MessageCounts,
} from '../cluster-state';
import { CLOCK_ORIGIN_MS } from '../config';
import { printFlags } from '../flags';
import { myOffsetBytes } from '../replication/my-offset';
import type { MessageType } from '../notes';
import { printSlots, slotCount } from '../slot-ranges';
import { wholeEntries, wholeEntry, type WholeEntry } from '../whole-entries';

/** One line a node, each ended by a newline. */
export function printClusterNodes(state: ClusterState): string {
  return wholeEntries(state)
    .map((node) => `${printNodeLine(state, node)}\n`)
    .join('');
}

/** What a node's line says, without the newline. Source: clusterGenNodeDescription. */
export function printNodeLine(state: ClusterState, node: WholeEntry): string {
  const isMe = node.id === state.myId;
  const master = node.masterId ? lookupNode(state, node.masterId) : null;
  const epoch = isReplica(node) && master ? master.configEpoch : node.configEpoch;
  const fields = [
    node.id,
    `${node.ip}:${node.port}@${node.busPort}${node.hostname && `,${node.hostname}`}`,
    printFlags(node.flags),
    node.masterId ?? '-',
    unixMs(node.pingSentMs),
    unixMs(node.pongReceivedMs),
    epoch,
    isMe || node.link ? 'connected' : 'disconnected',
  ];
  const slots = node.slots.length > 0 ? ` ${printSlots(node.slots)}` : '';
  return fields.join(' ') + slots + (isMe ? printOpenSlots(state) : '');
}

/** A slot that is both leaving and arriving shows as leaving. */
function printOpenSlots({ migratingTo, importingFrom }: ClusterState): string {
  const slots = Object.keys({ ...importingFrom, ...migratingTo }).map(Number);
  return slots
    .sort((a, b) => a - b)
    .map((slot) => {
      const to = migratingTo[slot];
      return to ? ` [${slot}->-${to}]` : ` [${slot}-<-${importingFrom[slot]}]`;
    })
    .join('');
}

const unixMs = (atMs: number): number => (atMs === 0 ? 0 : CLOCK_ORIGIN_MS + atMs);

/** `name:value` lines ended by CRLF, in Redis 7.0's order. */
export function printClusterInfo(state: ClusterState): string {
  const count = (fits: (node: ClusterNode) => boolean): number =>
    state.nodes.filter(fits).reduce((total, node) => total + slotCount(node.slots), 0);
  const me = lookupNode(state, state.myId)!;
  const master = me.masterId ? lookupNode(state, me.masterId) : null;
  const lines = [
    `cluster_state:${state.state}`,
    `cluster_slots_assigned:${count(() => true)}`,
    `cluster_slots_ok:${count((node) => !hasFailed(node) && !hasTimedOut(node))}`,
    `cluster_slots_pfail:${count((node) => hasTimedOut(node))}`,
    `cluster_slots_fail:${count((node) => hasFailed(node))}`,
    `cluster_known_nodes:${state.nodes.length}`,
    `cluster_size:${state.size}`,
    `cluster_current_epoch:${state.currentEpoch}`,
    `cluster_my_epoch:${(isReplica(me) && master ? master : me).configEpoch}`,
    ...messageLines('sent', state.sentCounts),
    ...messageLines('received', state.receivedCounts),
    `total_cluster_links_buffer_limit_exceeded:${state.linksOverLimit}`,
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function messageLines(direction: 'sent' | 'received', counts: MessageCounts): string[] {
  const types = Object.keys(MESSAGE_TYPE_WORD) as MessageType[];
  const present = types.filter((type) => counts[type]);
  const total = present.reduce((sum, type) => sum + counts[type]!, 0);
  return [
    ...present.map(
      (type) => `cluster_stats_messages_${MESSAGE_TYPE_WORD[type]}_${direction}:${counts[type]}`,
    ),
    `cluster_stats_messages_${direction}:${total}`,
  ];
}

/** How far a node's data goes, as this node knows it: its own from the stream, others' by header. */
export function knownOffsetBytes(state: ClusterState, node: ClusterNode): number {
  return node.id === state.myId ? myOffsetBytes(state) : wholeEntry(state, node.id)!.offsetBytes;
}
