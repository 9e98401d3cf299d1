/**
 * A replica's link to its master: dial, handshake, copy or continuation, and what comes after.
 * Source: connectWithMaster, syncWithMaster, slaveTryPartialResynchronization,
 * readSyncBulkPayload, cancelReplicationHandshake, replicationCacheMaster,
 * replicationHandleMasterDisconnection, replicationSendAck, src/replication.c; the master's part
 * of freeClient, src/networking.c.
 * Simplified: a copy is loaded in the moment it arrives, so nobody ever reads LOADING; of its lines
 * in the log those about memory and the append-only file are missing.
 */
import { appendToFile, rewriteFile } from '../slots/append-only-file';
import { disconnectReplicas } from './attached-replicas';
import type { ReplicationMessage } from '../effects';
import { dialledPlace } from '../messages/links';
import { lostKeys } from './lost-writes';
import { createBacklog } from './replication-backlog';
import { NO_ID2, type ReplicationState } from '../replication-state';
import { passOn, respBytes } from './replication-stream';
import type { Turn } from '../turn';
import { applyWrite } from '../slots/write-effects';

const REDIS_VERSION = '7.0.15';

/** `ip:port` of the master, as the log names it. */
export const masterAddress = ({ replication }: Turn['state']): string =>
  `${replication.masterIp}:${replication.masterPort}`;

/** Source: connectWithMaster. */
export function connectWithMaster(turn: Turn): void {
  const { state } = turn;
  const { masterPort, masterIp } = state.replication;
  const connection = `${state.name}#${state.nextConnection++}`;
  setLink(turn, 'connecting', { connection, transferIoMs: turn.nowMs });
  turn.log('notice', 'MASTER <-> REPLICA sync started');
  const to = dialledPlace(turn, masterIp, masterPort);
  turn.ask({ type: 'connect', connection, ...to, channel: 'replication' });
}

function setLink(
  turn: Turn,
  link: ReplicationState['link'],
  change: Partial<ReplicationState> = {},
): void {
  turn.editReplication({ awaiting: null, ...change, link, linkSinceMs: turn.nowMs });
}

/** The dialled link is up: does the master answer at all? */
export function replicationConnected(turn: Turn): void {
  turn.log('notice', 'Non blocking connect for SYNC fired the event.');
  setLink(turn, 'syncing', { awaiting: 'PONG' });
  say(turn, 'PING');
}

function say(turn: Turn, ...argv: string[]): void {
  turn.sendReplication(turn.state.replication.connection!, { type: 'COMMAND', argv });
}

/** A line of the master's in the handshake. */
export function processReply(turn: Turn, text: string): void {
  turn.editReplication({ transferIoMs: turn.nowMs });
  switch (turn.state.replication.awaiting) {
    case 'PONG':
      turn.log('notice', 'Master replied to PING, replication can continue...');
      say(turn, 'REPLCONF', 'listening-port', String(turn.state.port));
      say(turn, 'REPLCONF', 'capa', 'eof', 'capa', 'psync2');
      return turn.editReplication({ awaiting: 'PORT' });
    case 'PORT':
      return turn.editReplication({ awaiting: 'CAPA' });
    case 'CAPA':
      return askToContinue(turn);
    case 'PSYNC':
      return processPsyncReply(turn, text);
    default:
      return;
  }
}

/** Our own place in the history, if we have one; the master says whether it is good. */
function askToContinue(turn: Turn): void {
  const { cachedMaster, id, offsetBytes } = turn.state.replication;
  turn.editReplication({ awaiting: 'PSYNC' });
  if (!cachedMaster) {
    turn.log('notice', 'Partial resynchronization not possible (no cached master)');
    return say(turn, 'PSYNC', '?', '-1');
  }
  const next = String(offsetBytes + 1);
  turn.log('notice', `Trying a partial resynchronization (request ${id}:${next}).`);
  say(turn, 'PSYNC', id, next);
}

function processPsyncReply(turn: Turn, text: string): void {
  // A newline: the master is there, and not ready yet.
  if (text === '') return;
  const [word, id, offset] = text.split(' ') as [string, string, string?];
  if (word === '+FULLRESYNC') {
    turn.log('notice', `Full resync from master: ${id}:${offset}`);
    turn.editReplication({
      awaiting: 'COPY',
      promised: { id, offsetBytes: Number(offset) },
    });
  } else if (word === '+CONTINUE') {
    continueHistory(turn, id);
  } else {
    turn.log('notice', `Master is currently unable to PSYNC but should be in the future: ${text}`);
    closeLink(turn);
    setLink(turn, 'down', { connection: null });
  }
}

/** Partial resync: nothing is copied, the stream goes on, perhaps under a new name. */
function continueHistory(turn: Turn, id: string): void {
  turn.log('notice', 'Successful partial resynchronization with master.');
  const { id: before, offsetBytes } = turn.state.replication;
  if (id !== before) {
    turn.log('warning', `Master replication ID changed to ${id}`);
    turn.editReplication({ id, id2: before, secondOffsetBytes: offsetBytes + 1 });
    disconnectReplicas(turn);
  }
  linkIsUp(turn, 'partial');
  turn.log('notice', 'MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.');
}

function linkIsUp(turn: Turn, lastSync: 'full' | 'partial'): void {
  const backlog = turn.state.replication.backlog;
  setLink(turn, 'up', {
    cachedMaster: null,
    promised: null,
    lastSync,
    lastInteractionMs: turn.nowMs,
    downSinceMs: 0,
    backlog: backlog ?? createBacklog(turn.state.replication.offsetBytes),
  });
  turn.note({ event: 'sync', node: turn.state.name, how: lastSync });
}

type Copy = Extract<ReplicationMessage, { type: 'COPY' }>;

/** Full resync: what we had is thrown away, what the master had when the copy was made is ours. */
export function loadCopy(turn: Turn, { keys, madeMs }: Copy): void {
  const { promised } = turn.state.replication;
  if (!promised) return;
  turn.log(
    'notice',
    'MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk',
  );
  const { cachedMaster } = turn.state.replication;
  discardCachedMaster(turn);
  disconnectReplicas(turn);
  turn.log('notice', 'MASTER <-> REPLICA sync: Flushing old data');
  if (cachedMaster === 'demotion') noteLostKeys(turn, keys);
  turn.state.keys = keys;
  rewriteFile(turn);
  turn.log('notice', 'MASTER <-> REPLICA sync: Loading DB in memory');
  turn.log('notice', `Loading RDB produced by version ${REDIS_VERSION}`);
  const ageSeconds = Math.floor(turn.nowMs / 1_000) - Math.floor(madeMs / 1_000);
  turn.log('notice', `RDB age ${ageSeconds} seconds`);
  turn.log('notice', `Done loading RDB, keys loaded: ${keys.count}, keys expired: 0.`);
  turn.editReplication({ ...promised, id2: NO_ID2, secondOffsetBytes: -1, backlog: null });
  linkIsUp(turn, 'full');
  turn.log('notice', 'MASTER <-> REPLICA sync: Finished with success');
  sendAck(turn);
}

/** A master until a moment ago: what it had and the copy has not is gone, however it came here. */
function noteLostKeys(turn: Turn, copy: Copy['keys']): void {
  const lost = lostKeys(turn.state.keys, copy, turn.nowMs);
  if (lost.length === 0) return;
  const { name, replication } = turn.state;
  const master = String(replication.masterPort);
  turn.note({ event: 'writes.lost', node: name, master, keys: lost });
}

/** Source: replicationDiscardCachedMaster. */
export function discardCachedMaster(turn: Turn): void {
  if (!turn.state.replication.cachedMaster) return;
  turn.log('notice', 'Discarding previously cached master state.');
  turn.editReplication({ cachedMaster: null });
}

/** The stream: each command is applied, counted, kept, and passed on as it came. */
export function applyStream(turn: Turn, commands: readonly (readonly string[])[]): void {
  turn.editReplication({ lastInteractionMs: turn.nowMs });
  let { offsetBytes } = turn.state.replication;
  for (const argv of commands) {
    if (argv[0] === 'REPLCONF') sendAck(turn, offsetBytes);
    else applyCommand(turn, argv);
    offsetBytes += respBytes(argv);
  }
  passOn(turn, commands);
}

function applyCommand(turn: Turn, argv: readonly string[]): void {
  turn.state.keys = applyWrite(turn.state.keys, argv);
  appendToFile(turn, argv);
}

/** REPLCONF ACK: how much of the stream we have applied; a question does not count itself. */
export function sendAck(turn: Turn, offsetBytes = turn.state.replication.offsetBytes): void {
  say(turn, 'REPLCONF', 'ACK', String(offsetBytes));
}

/** Lets go of a working link, keeping our place. `masterPort` 0: it is not dialled again. */
export function loseMaster(turn: Turn): void {
  turn.log('warning', 'Connection with master lost.');
  turn.log('notice', 'Caching the disconnected master state.');
  setLink(turn, 'down', { connection: null, cachedMaster: 'link', downSinceMs: turn.nowMs });
  if (turn.state.replication.masterPort === 0) return;
  turn.log('notice', `Reconnecting to MASTER ${masterAddress(turn.state)}`);
  connectWithMaster(turn);
}

/** Closes our own end of the link, whatever it was doing. */
export function closeLink(turn: Turn): void {
  const { connection } = turn.state.replication;
  if (connection) turn.ask({ type: 'close', connection });
}

/** Gives up an attempt and starts the next at once. Source: cancelReplicationHandshake. */
export function dialAfterFailure(turn: Turn): void {
  closeLink(turn);
  turn.log('notice', `Reconnecting to MASTER ${masterAddress(turn.state)} after failure`);
  connectWithMaster(turn);
}

/** The master's end of the link is gone, or was never there. */
export function masterClosed(turn: Turn, refused: boolean): void {
  const { link, awaiting } = turn.state.replication;
  if (link === 'up') return loseMaster(turn);
  if (awaiting === 'COPY') {
    turn.log('warning', 'I/O error reading bulk count from MASTER: Success');
    return dialAfterFailure(turn);
  }
  if (link === 'connecting') {
    const why = refused ? 'Connection refused' : 'Connection reset by peer';
    turn.log('warning', `Error condition on socket for SYNC: ${why}`);
  } else {
    turn.log('warning', 'Failed to read response from the server: Success');
    turn.log(
      'warning',
      awaiting === 'PSYNC'
        ? 'Master did not reply to PSYNC, will try later'
        : 'Master did not respond to command during SYNC handshake',
    );
  }
  setLink(turn, 'down', { connection: null });
}
