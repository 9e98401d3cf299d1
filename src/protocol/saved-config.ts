/**
 * nodes.conf: what a node writes down before it sleeps, and what it knows after a restart.
 * Source: clusterSaveConfig, clusterLoadConfig, src/cluster.c.
 */
import { announceMyself } from './announce';
import {
  NOTHING_TO_DO,
  NO_REPLICATION,
  isInHandshake,
  isReplica,
  type ClusterNode,
  type ClusterState,
} from './cluster-state';
import { LONG_AGO_MS, NO_ELECTION, NO_MANUAL_FAILOVER } from './failover-state';
import { PURPOSE, drawHex } from './draw';
import { FAIL, MEET, MIGRATE_TO } from './flags';
import type { Turn } from './turn';

/** Writes nodes.conf: everything but handshakes, which no restart survives. */
export function saveConfig(turn: Turn): void {
  const { state } = turn;
  state.saved = {
    nodes: state.nodes.filter((node) => !isInHandshake(node)),
    currentEpoch: state.currentEpoch,
    lastVoteEpoch: state.lastVoteEpoch,
  };
}

/**
 * The state of a process that starts again on the same nodes.conf and append-only file: its data is
 * there, its links are not, it was never connected to a master, and its replication offset is 0.
 * Simplified: keys in slots that are not ours any more stay unnoticed
 * (verifyClusterConfigWithData).
 */
export function loadConfig(turn: Turn): void {
  const { state, nowMs } = turn;
  const { saved } = state;
  state.nodes = withMigrateTo(saved.nodes.map((node) => loadNode(node, nowMs)));
  state.currentEpoch = state.nodes.reduce(
    (top, node) => Math.max(top, node.configEpoch),
    saved.currentEpoch,
  );
  state.lastVoteEpoch = saved.lastVoteEpoch;
  turn.log('notice', `Node configuration loaded, I'm ${state.myId}`);
  Object.assign(state, {
    state: 'fail',
    size: 1,
    notClaiming: [],
    failover: NO_ELECTION,
    manualFailover: NO_MANUAL_FAILOVER,
    pausedUntilMs: 0,
    waiting: [],
    pfailNodes: 0,
    minorityMs: LONG_AGO_MS,
    firstUpdateMs: null,
    cronIteration: 0,
    strangers: [],
    todo: { ...NOTHING_TO_DO, saveConfig: true },
    blacklist: {},
    sessions: {},
    sentCounts: {},
    receivedCounts: {},
    linksOverLimit: 0,
    replication: {
      ...NO_REPLICATION,
      id: drawHex(40, state.seed, PURPOSE.replicationId, state.port, nowMs),
    },
  } satisfies Partial<ClusterState>);
  state.config = state.configFile;
  announceMyself(turn);
  turn.log('notice', 'Ready to accept connections');
}

/** Pings and PONGs restart their clocks, FAIL stays, a replica's own configEpoch is forgotten. */
function loadNode(node: ClusterNode, nowMs: number): ClusterNode {
  return {
    ...node,
    replicaOrder: 0,
    // The file has no words for these two.
    flags: node.flags & ~(MEET | MIGRATE_TO),
    link: null,
    inbound: null,
    failReports: [],
    createdMs: nowMs,
    pingSentMs: node.pingSentMs ? nowMs : 0,
    pongReceivedMs: node.pongReceivedMs ? nowMs : 0,
    dataReceivedMs: 0,
    votedMs: 0,
    offsetBytes: 0,
    failMs: node.flags & FAIL ? nowMs : 0,
    configEpoch: isReplica(node) && node.masterId !== null ? 0 : node.configEpoch,
  };
}

/** Masters with replicas are targets of replica migration again. Source: clusterNodeAddSlave. */
function withMigrateTo(nodes: readonly ClusterNode[]): ClusterNode[] {
  return nodes.map((node) =>
    nodes.some(({ masterId }) => masterId === node.id)
      ? { ...node, flags: node.flags | MIGRATE_TO }
      : node,
  );
}
