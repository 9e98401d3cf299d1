/**
 * Whom a node replicates from, and what replication does each second. The link itself is in
 * `replica-link.ts`, the other side of it in `serving-replicas.ts`, what travels in
 * `replication-stream.ts`.
 * Source: replicationSetMaster, replicationUnsetMaster, replicationCron, src/replication.c.
 */
import { disconnectReplicas, lookAfterReplicas, loseReplica } from './attached-replicas';
import { hasSlots, isReplica } from '../cluster-state';
import { CRON_PERIOD_MS } from '../config';
import { finishCopy, startCopyIfDue } from './copying';
import type { ConnectionId, ReplicationMessage } from '../effects';
import { refreshGoodReplicas } from '../failover/good-replicas';
import { PEER_IP } from '../ip-address';
import { endElapsedWaits, unblockWaits } from './replica-acks';
import {
  applyStream,
  closeLink,
  connectWithMaster,
  dialAfterFailure,
  discardCachedMaster,
  loadCopy,
  loseMaster,
  masterAddress,
  masterClosed,
  processReply,
  sendAck,
} from './replica-link';
import { endHistoryIfAlone, shiftReplicationId } from './replication-history';
import { pingReplicas } from './replication-stream';
import { processReplicaCommand } from './serving-replicas';
import type { Turn } from '../turn';
import { offsetStandsStill } from '../failover/write-pause';

export { replicationConnected } from './replica-link';
export { feedReplicas } from './replication-stream';

/** Points this node at a master; the link is dialled at once. Its own replicas may stay. */
export function setReplicationMaster(turn: Turn, port: number, ip: string = PEER_IP): void {
  follow(turn, { port, ip, because: 'demotion' });
}

interface Target {
  readonly port: number;
  readonly ip: string;
  /** Why a node that followed nobody follows now. */
  readonly because: 'start' | 'demotion';
}

function follow(turn: Turn, { port, ip, because }: Target): void {
  const { masterPort: before, link } = turn.state.replication;
  closeLink(turn);
  // With nobody to follow for a moment, a working link is not dialled again.
  turn.editReplication({ masterPort: 0 });
  if (link === 'up') loseMaster(turn);
  unblockWaits(turn);
  turn.editReplication({ masterPort: port, masterIp: ip, promised: null });
  if (before === 0) {
    discardCachedMaster(turn);
    turn.log(
      'notice',
      'Before turning into a replica, using my own master parameters to synthesize a cached master: ' +
        'I may be able to synchronize with the new master with just a partial transfer.',
    );
    turn.editReplication({ cachedMaster: because });
  }
  turn.log('notice', `Connecting to MASTER ${masterAddress(turn.state)}`);
  connectWithMaster(turn);
}

/** This node follows nobody any more; its history goes on under a new replication id. */
export function unsetReplicationMaster(turn: Turn): void {
  const { masterPort, link } = turn.state.replication;
  if (masterPort === 0) return;
  closeLink(turn);
  turn.editReplication({ masterPort: 0, masterIp: '' });
  if (link === 'up') loseMaster(turn);
  discardCachedMaster(turn);
  shiftReplicationId(turn);
  // Sub-replicas must learn of the new id; they come back by themselves.
  disconnectReplicas(turn);
  turn.editReplication({
    link: 'none',
    linkSinceMs: turn.nowMs,
    connection: null,
    awaiting: null,
    promised: null,
    selected: false,
    // The backlog's hour begins now: the replicas have to find us first.
    noReplicasSinceMs: turn.nowMs,
    downSinceMs: 0,
  });
}

/**
 * A replica that replicates from nobody, as after a restart, dials its master. Source: clusterCron.
 */
export function followMasterAgain(turn: Turn): void {
  const me = turn.me;
  if (!isReplica(me) || !me.masterId || turn.state.replication.masterPort !== 0) return;
  const master = turn.node(me.masterId);
  if (master?.port) follow(turn, { port: master.port, ip: master.ip, because: 'start' });
}

/** Ten times a second: a copy may be done, and a client's patience with WAIT at its end. */
export function replicationTick(turn: Turn): void {
  finishCopy(turn);
  endElapsedWaits(turn);
}

/** Once a second: dial again if there is no link, ping and acknowledge if there is. */
export function replicationCron(turn: Turn): void {
  const { masterPort, replicas } = turn.state.replication;
  if (masterPort !== 0) watchMaster(turn);
  const isPingTime =
    (turn.state.cronIteration * CRON_PERIOD_MS) % turn.state.config.replPingPeriodMs === 0;
  if (replicas.length > 0 && isPingTime && !offsetStandsStill(turn.state)) pingReplicas(turn);
  lookAfterReplicas(turn);
  endHistoryIfAlone(turn);
  startCopyIfDue(turn);
  refreshGoodReplicas(turn);
}

function watchMaster(turn: Turn): void {
  giveUpSilentMaster(turn);
  if (turn.state.replication.link === 'down') {
    turn.log('notice', `Connecting to MASTER ${masterAddress(turn.state)}`);
    connectWithMaster(turn);
  }
  if (turn.state.replication.link === 'up') sendAck(turn);
}

/** repl-timeout, in whole seconds: for an answer, for the copy, for anything at all. */
function giveUpSilentMaster(turn: Turn): void {
  const { link, awaiting, transferIoMs, lastInteractionMs } = turn.state.replication;
  const sinceMs = link === 'up' ? lastInteractionMs : transferIoMs;
  const isSilent = secondsSince(turn, sinceMs) * 1_000 > turn.state.config.replTimeoutMs;
  if (!isSilent || link === 'down' || link === 'none') return;
  if (link === 'up') {
    turn.log('warning', 'MASTER timeout: no data nor PING received...');
    closeLink(turn);
    return loseMaster(turn);
  }
  turn.log(
    'warning',
    awaiting === 'COPY'
      ? 'Timeout receiving bulk data from MASTER... If the problem persists try to set the ' +
          "'repl-timeout' parameter in redis.conf to a larger value."
      : 'Timeout connecting to the MASTER...',
  );
  dialAfterFailure(turn);
}

const secondsSince = (turn: Turn, atMs: number): number =>
  Math.floor(turn.nowMs / 1_000) - Math.floor(atMs / 1_000);

/** A replication connection is gone, ours to the master or a replica's to us. */
export function replicationClosed(turn: Turn, connection: ConnectionId, refused: boolean): void {
  if (turn.state.replication.connection === connection) masterClosed(turn, refused);
  else loseReplica(turn, connection);
}

/** Takes in one message, as master or as replica. What comes on an old link is not for us. */
export function processReplication(
  turn: Turn,
  connection: ConnectionId,
  message: ReplicationMessage,
): void {
  if (message.type === 'COMMAND') return processReplicaCommand(turn, connection, message.argv);
  if (turn.state.replication.connection !== connection) return;
  switch (message.type) {
    case 'REPLY':
      return processReply(turn, message.text);
    case 'COPY':
      return loadCopy(turn, message);
    case 'STREAM':
      return applyStream(turn, message.commands);
  }
}

/**
 * Milliseconds since this replica last heard from its master, in whole seconds as Redis counts
 * them.
 * Source: the head of clusterHandleSlaveFailover.
 */
export function dataAgeMs(turn: Turn): number {
  const { link, lastInteractionMs, downSinceMs } = turn.state.replication;
  if (link === 'up') return secondsSince(turn, lastInteractionMs) * 1_000;
  // Never connected in this process: the age is that of the Unix clock, and no limit admits it.
  if (downSinceMs === 0) return Number.MAX_SAFE_INTEGER;
  return secondsSince(turn, downSinceMs) * 1_000;
}

/** Whether this replica's master owns slots in its own table. */
export function masterHasSlots(turn: Turn): boolean {
  const { masterId } = turn.me;
  const master = masterId ? turn.node(masterId) : null;
  return master !== null && hasSlots(master);
}
