/**
 * What CLUSTER NODES, INFO and SLOTS print, byte for byte.
 * Source: clusterGenNodeDescription, clusterCommand (INFO), clusterReplyMultiBulkSlots,
 * src/cluster.c.
 */
import { MESSAGE_TYPE_WORD } from '../bus-message';
import {
  hasFailed,
  hasTimedOut,
  isReplica,
  lookupNode,
  replicasOf,
  type ClusterNode,
  type ClusterState,
} from '../cluster-state';
import { CLOCK_ORIGIN_MS } from '../config';
import { printFlags } from '../flags';
import type { MessageType } from '../notes';
import type { Reply } from '../reply';
import { printSlots, slotCount } from '../slot-ranges';

/** One line a node, each ended by a newline. */
export function printClusterNodes(state: ClusterState): string {
  return state.nodes.map((node) => `${printNodeLine(state, node)}\n`).join('');
}

function printNodeLine(state: ClusterState, node: ClusterNode): string {
  const isMe = node.id === state.myId;
  const master = node.masterId ? lookupNode(state, node.masterId) : null;
  const epoch = isReplica(node) && master ? master.configEpoch : node.configEpoch;
  const fields = [
    node.id,
    `${node.ip}:${node.port}@${node.busPort}`,
    printFlags(node.flags),
    node.masterId ?? '-',
    unixMs(isMe ? 0 : node.pingSentMs),
    unixMs(node.pongReceivedMs),
    epoch,
    isMe || node.link ? 'connected' : 'disconnected',
  ];
  const slots = node.slots.length > 0 ? ` ${printSlots(node.slots)}` : '';
  return fields.join(' ') + slots + (isMe ? printOpenSlots(state) : '');
}

function printOpenSlots(state: ClusterState): string {
  const open = [
    ...Object.entries(state.migratingTo).map(([slot, id]) => ` [${slot}->-${id}]`),
    ...Object.entries(state.importingFrom).map(([slot, id]) => ` [${slot}-<-${id}]`),
  ];
  return open.join('');
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
    'total_cluster_links_buffer_limit_exceeded:0',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function messageLines(
  direction: 'sent' | 'received',
  counts: Readonly<Record<string, number>>,
): string[] {
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

/** One element a run of slots: first, last, the owner, then its replicas that have data. */
export function clusterSlots(state: ClusterState): Reply {
  const runs = state.nodes
    .flatMap((owner) => owner.slots.map(([first, last]) => ({ first, last, owner })))
    .sort((a, b) => a.first - b.first);
  return { type: 'array', items: runs.map((run) => slotRun(state, run)) };
}

function slotRun(
  state: ClusterState,
  { first, last, owner }: { first: number; last: number; owner: ClusterNode },
): Reply {
  const replicas = replicasOf(state, owner.id).filter(
    (node) =>
      !hasFailed(node) &&
      (node.id === state.myId ? state.replication.offsetBytes : node.offsetBytes) !== 0,
  );
  return {
    type: 'array',
    items: [
      { type: 'integer', value: first },
      { type: 'integer', value: last },
      ...[owner, ...replicas].map(slotNode),
    ],
  };
}

function slotNode(node: ClusterNode): Reply {
  return {
    type: 'array',
    items: [
      { type: 'bulk', text: node.ip },
      { type: 'integer', value: node.port },
      { type: 'bulk', text: node.id },
      { type: 'array', items: [] },
    ],
  };
}
