/**
 * A replica's link to its master, the stream of writes, offsets and data age.
 * Source: replicationSetMaster, replicationUnsetMaster, replicationCron, replicationFeedSlaves,
 * src/replication.c.
 * Simplified: no partial resync. A replica that attaches copies everything at once, and a node that
 * turns replica lets go of its own replicas at once instead of when the copy arrives.
 * Simplified: the stream carries no SELECT, and a master never drops a replica that falls silent.
 */
import { hasSlots, isReplica } from './cluster-state';
import { CRON_PERIOD_MS } from './config';
import { PURPOSE, drawHex } from './draw';
import type { ConnectionId, ReplicationMessage } from './effects';
import { offsetStandsStill } from './write-pause';
import type { Turn } from './turn';
import { applyWrite } from './write-effects';

const ADDRESS = '127.0.0.1';

/** Points this node at a master; the link is dialled at once. */
export function setReplicationMaster(turn: Turn, port: number): void {
  const before = turn.state.replication;
  if (before.masterPort === 0) {
    turn.log(
      'notice',
      'Before turning into a replica, using my own master parameters to synthesize a cached master: ' +
        'I may be able to synchronize with the new master with just a partial transfer.',
    );
  }
  dropReplicas(turn);
  if (before.connection) turn.effects.push({ type: 'close', connection: before.connection });
  turn.editReplication({
    masterPort: port,
    connection: null,
    link: 'none',
    linkSinceMs: turn.nowMs,
  });
  if (before.link === 'up') turn.editReplication({ downSinceMs: turn.nowMs });
  turn.log('notice', `Connecting to MASTER ${ADDRESS}:${port}`);
  dial(turn);
}

/** This node follows nobody any more; its history goes on under a new replication id. */
export function unsetReplicationMaster(turn: Turn): void {
  const { state } = turn;
  const { replication } = state;
  if (replication.connection)
    turn.effects.push({ type: 'close', connection: replication.connection });
  const id = drawHex(40, state.seed, PURPOSE.replicationId, state.port, turn.nowMs);
  turn.log(
    'warning',
    `Setting secondary replication ID to ${replication.id}, valid up to offset: ` +
      `${replication.offsetBytes + 1}. New replication ID is ${id}`,
  );
  // Sub-replicas must learn of the new id; they come back by themselves.
  dropReplicas(turn);
  turn.editReplication({
    masterPort: 0,
    connection: null,
    link: 'none',
    linkSinceMs: turn.nowMs,
    downSinceMs: 0,
    id,
    id2: replication.id,
  });
}

function dial(turn: Turn): void {
  const { state } = turn;
  const { masterPort } = state.replication;
  const connection = `${state.name}#${state.nextConnection++}`;
  turn.log('notice', 'MASTER <-> REPLICA sync started');
  turn.editReplication({ connection, link: 'connecting', linkSinceMs: turn.nowMs });
  turn.effects.push({ type: 'connect', connection, port: masterPort, channel: 'replication' });
}

/**
 * A replica that replicates from nobody, as after a restart, dials its master. Source: clusterCron.
 */
export function followMasterAgain(turn: Turn): void {
  const me = turn.me;
  if (!isReplica(me) || !me.masterId || turn.state.replication.masterPort !== 0) return;
  const master = turn.node(me.masterId);
  if (master?.port) setReplicationMaster(turn, master.port);
}

/** Once a second: dial again if there is no link, ping and acknowledge if there is. */
export function replicationCron(turn: Turn): void {
  const { replication, config, cronIteration } = turn.state;
  if (replication.masterPort !== 0) {
    if (replication.link === 'none' || replication.link === 'down') {
      turn.log('notice', `Connecting to MASTER ${ADDRESS}:${replication.masterPort}`);
      dial(turn);
    } else checkSilence(turn);
    return;
  }
  const isPingTime = (cronIteration * CRON_PERIOD_MS) % config.replPingPeriodMs === 0;
  if (replication.replicas.length === 0 || !isPingTime || offsetStandsStill(turn.state)) return;
  feedReplicas(turn, ['PING']);
}

function checkSilence(turn: Turn): void {
  const { replication, config } = turn.state;
  const isUp = replication.link === 'up';
  const sinceMs = isUp ? replication.lastInteractionMs : replication.linkSinceMs;
  if (turn.nowMs - sinceMs > config.replTimeoutMs) {
    turn.log(
      'warning',
      isUp ? 'MASTER timeout: no data nor PING received...' : 'Timeout connecting to the MASTER...',
    );
    turn.effects.push({ type: 'close', connection: replication.connection! });
    linkLost(turn);
  } else if (isUp) {
    turn.sendReplication(replication.connection!, {
      type: 'ACK',
      offsetBytes: replication.offsetBytes,
    });
  }
}

/** The dialled link is up: ask for the data. */
export function replicationConnected(turn: Turn): void {
  turn.log('notice', 'Non blocking connect for SYNC fired the event.');
  turn.log('notice', 'Master replied to PING, replication can continue...');
  turn.editReplication({ link: 'syncing', linkSinceMs: turn.nowMs });
  turn.sendReplication(turn.state.replication.connection!, {
    type: 'PSYNC',
    port: turn.state.port,
  });
}

/** A replication connection is gone, ours to the master or a replica's to us. */
export function replicationClosed(turn: Turn, connection: ConnectionId, refused: boolean): void {
  const { replication } = turn.state;
  if (replication.connection === connection) {
    if (refused) turn.log('warning', 'Error condition on socket for SYNC: Connection refused');
    linkLost(turn);
    return;
  }
  const replica = replication.replicas.find((one) => one.connection === connection);
  if (!replica) return;
  turn.log('warning', `Connection with replica ${ADDRESS}:${replica.port} lost.`);
  turn.editReplication({
    replicas: replication.replicas.filter((one) => one.connection !== connection),
  });
}

function linkLost(turn: Turn): void {
  const wasUp = turn.state.replication.link === 'up';
  if (wasUp) {
    turn.log('warning', 'Connection with master lost.');
    turn.log('notice', 'Caching the disconnected master state.');
  }
  turn.editReplication({
    connection: null,
    link: 'down',
    linkSinceMs: turn.nowMs,
    ...(wasUp && { downSinceMs: turn.nowMs }),
  });
  // A link that was up is dialled again at once; a refused one waits for the next second.
  if (!wasUp) return;
  turn.log('notice', `Reconnecting to MASTER ${ADDRESS}:${turn.state.replication.masterPort}`);
  dial(turn);
}

function dropReplicas(turn: Turn): void {
  for (const { connection } of turn.state.replication.replicas) {
    turn.effects.push({ type: 'close', connection });
  }
  turn.editReplication({ replicas: [] });
}

/** Takes in one message of the stream, as master or as replica. */
export function processReplication(
  turn: Turn,
  connection: ConnectionId,
  message: ReplicationMessage,
): void {
  switch (message.type) {
    case 'PSYNC':
      return serveReplica(turn, connection, message.port);
    case 'FULLRESYNC':
      return loadCopy(turn, connection, message);
    case 'STREAM':
      return applyStream(turn, connection, message);
    case 'ACK':
      return;
  }
}

function serveReplica(turn: Turn, connection: ConnectionId, port: number): void {
  const { state } = turn;
  turn.log('notice', `Replica ${ADDRESS}:${port} asks for synchronization`);
  turn.log('notice', `Full resync requested by replica ${ADDRESS}:${port}`);
  turn.editReplication({
    replicas: [...state.replication.replicas, { connection, port }],
  });
  turn.sendReplication(connection, {
    type: 'FULLRESYNC',
    replicationId: state.replication.id,
    offsetBytes: state.replication.offsetBytes,
    keys: state.keys,
  });
  turn.log('notice', `Synchronization with replica ${ADDRESS}:${port} succeeded`);
}

function loadCopy(
  turn: Turn,
  connection: ConnectionId,
  message: Extract<ReplicationMessage, { type: 'FULLRESYNC' }>,
): void {
  if (turn.state.replication.connection !== connection) return;
  turn.log('notice', `Full resync from master: ${message.replicationId}:${message.offsetBytes}`);
  turn.state.keys = message.keys;
  turn.editReplication({
    link: 'up',
    linkSinceMs: turn.nowMs,
    lastInteractionMs: turn.nowMs,
    offsetBytes: message.offsetBytes,
    id: message.replicationId,
  });
  turn.log('notice', 'MASTER <-> REPLICA sync: Finished with success');
}

function applyStream(
  turn: Turn,
  connection: ConnectionId,
  message: Extract<ReplicationMessage, { type: 'STREAM' }>,
): void {
  if (turn.state.replication.connection !== connection) return;
  turn.editReplication({ offsetBytes: message.offsetBytes, lastInteractionMs: turn.nowMs });
  turn.state.keys = applyWrite(turn.state.keys, message.argv);
}

/** Sends a write to every replica and advances the offset by its RESP bytes. */
export function feedReplicas(turn: Turn, argv: readonly string[]): void {
  const { replication } = turn.state;
  // Writes count only once there is a backlog, which the first replica brings and nobody takes
  // away.
  if (replication.replicas.length === 0 && replication.offsetBytes === 0) return;
  const offsetBytes = replication.offsetBytes + respBytes(argv);
  turn.editReplication({ offsetBytes });
  for (const { connection } of replication.replicas) {
    turn.sendReplication(connection, { type: 'STREAM', argv, offsetBytes });
  }
}

/** The length of a command as a RESP array of bulk strings. */
export function respBytes(argv: readonly string[]): number {
  const encoder = new TextEncoder();
  return argv.reduce((total, word) => {
    const bytes = encoder.encode(word).length;
    return total + `$${bytes}\r\n`.length + bytes + 2;
  }, `*${argv.length}\r\n`.length);
}

/**
 * Milliseconds since this replica last heard from its master, in whole seconds as Redis counts
 * them.
 * Source: the head of clusterHandleSlaveFailover.
 */
export function dataAgeMs(turn: Turn): number {
  const { replication } = turn.state;
  const second = (atMs: number): number => Math.floor(atMs / 1_000);
  if (replication.link === 'up') {
    return (second(turn.nowMs) - second(replication.lastInteractionMs)) * 1_000;
  }
  // Never connected in this process: the age is that of the Unix clock, and no limit admits it.
  if (replication.downSinceMs === 0) return Number.MAX_SAFE_INTEGER;
  return (second(turn.nowMs) - second(replication.downSinceMs)) * 1_000;
}

/** Whether this replica's master owns slots in its own table. */
export function masterHasSlots(turn: Turn): boolean {
  const { masterId } = turn.me;
  const master = masterId ? turn.node(masterId) : null;
  return master !== null && hasSlots(master);
}
