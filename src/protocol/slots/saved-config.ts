/**
 * nodes.conf: what a node writes down before it sleeps, and what it knows after a restart.
 * Source: clusterSaveConfig, clusterLoadConfig, clusterInit, verifyClusterConfigWithData,
 * src/cluster.c; main, src/server.c.
 */
import { announceMyself } from '../messages/announce';
import { loadFile } from './append-only-file';
import {
  NOTHING_TO_DO,
  isInHandshake,
  isReplica,
  slotOwner,
  type ClusterState,
} from '../cluster-state';
import { LONG_AGO_MS, NO_ELECTION, NO_MANUAL_FAILOVER } from '../failover-state';
import { PURPOSE, drawHex } from '../draw';
import { slotsWithKeys } from '../keyspace';
import { parseNodesConf, printNodesConf } from './nodes-conf';
import { noReplication } from '../replication-state';
import { bindSlots } from '../table';
import { tableOf, wholeEntries, type Table } from '../whole-entries';
import type { Turn } from '../turn';

/** Writes nodes.conf: everything but handshakes, which no restart survives. */
export function saveConfig(turn: Turn): void {
  const { state } = turn;
  const { nodes, vitals } = withoutHandshakes(state);
  state.saved = {
    nodes,
    vitals,
    currentEpoch: state.currentEpoch,
    lastVoteEpoch: state.lastVoteEpoch,
    migratingTo: state.migratingTo,
    importingFrom: state.importingFrom,
  };
}

function withoutHandshakes({ nodes, vitals }: Table): Table {
  // Copies: the turn may go on to write to its own.
  if (!nodes.some(isInHandshake)) return { nodes: [...nodes], vitals: vitals.draft() };
  return tableOf(wholeEntries({ nodes, vitals }).filter((node) => !isInHandshake(node)));
}

/**
 * The state of a process that starts again on the same nodes.conf and append-only file: its data is
 * there, its links are not. The file has no room for the replication id and offset (an RDB file
 * has), so its history is a new one and its offset 0.
 */
export function loadConfig(turn: Turn): void {
  const { state, nowMs } = turn;
  Object.assign(state, parseNodesConf(printNodesConf(state), nowMs));
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
    quietUntilMs: 0,
    strangers: [],
    todo: { ...NOTHING_TO_DO, saveConfig: true },
    blacklist: {},
    sessions: {},
    migration: null,
    migrateSockets: {},
    sentCounts: {},
    receivedCounts: {},
    linksOverLimit: 0,
    replication: noReplication(drawHex(40, state.seed, PURPOSE.replicationId, state.port, nowMs)),
  } satisfies Partial<ClusterState>);
  state.config = state.configFile;
  announceMyself(turn);
  turn.log('notice', `Running mode=cluster, port=${state.port}.`);
  turn.log('warning', 'Server initialized');
  loadFile(turn);
  verifyConfigWithData(turn);
  turn.log('notice', 'Ready to accept connections');
}

/**
 * A master that finds keys in slots it does not own takes a slot nobody has, and marks one that
 * somebody has as importing: the keys stay, and redis-cli notices.
 * Source: verifyClusterConfigWithData.
 */
function verifyConfigWithData(turn: Turn): void {
  const { state } = turn;
  if (isReplica(turn.me)) return;
  const before = turn.effects.length;
  for (const slot of slotsWithKeys(state.keys)) {
    const owner = slotOwner(state, slot);
    if (owner?.id === state.myId || state.importingFrom[slot]) continue;
    if (!owner) {
      turn.log('warning', `I have keys for unassigned slot ${slot}. Taking responsibility for it.`);
      bindSlots(turn, state.myId, [[slot, slot]]);
    } else {
      turn.log(
        'warning',
        `I have keys for slot ${slot}, but the slot is assigned to another node. ` +
          'Setting it to importing state.',
      );
      state.importingFrom = { ...state.importingFrom, [slot]: owner.id };
    }
  }
  if (turn.effects.length > before) saveConfig(turn);
}
