/**
 * The stream of writes: what goes to the replicas, byte for byte, and into the backlog.
 * Source: replicationFeedSlaves, replicationFeedStreamFromMasterStream, feedReplicationBuffer,
 * src/replication.c; sendGetackToReplicas, src/server.c.
 */
import { bytesOf } from '../byte-text';
import type { AttachedReplica } from '../replication-state';
import { appendToBacklog, commandsFrom, type StreamCommand } from './replication-backlog';
import type { Turn } from '../turn';
import { writesWait } from '../failover/write-pause';

const SELECT: StreamCommand = ['SELECT', '0'];
const GETACK: StreamCommand = ['REPLCONF', 'GETACK', '*'];

/**
 * Sends a write to every replica and advances the offset by its RESP bytes. Nothing counts before
 * there is a backlog, which the first replica brings. A replica has no stream of its own: it passes
 * on its master's.
 */
export function feedReplicas(turn: Turn, argv: StreamCommand): void {
  const { selected } = turn.state.replication;
  feed(turn, selected ? [argv] : [SELECT, argv]);
}

/** The PING that tells replicas that their master lives; it needs no SELECT. */
export function pingReplicas(turn: Turn): void {
  feed(turn, [['PING']]);
}

/** Asks all replicas how far they are; while writes wait, the question does too. */
export function askReplicasForAcks(turn: Turn): void {
  const paused = writesWait(turn.state);
  turn.editReplication({ ackWanted: paused });
  if (!paused) feed(turn, [GETACK]);
}

function feed(turn: Turn, commands: readonly StreamCommand[]): void {
  const { masterPort, backlog } = turn.state.replication;
  if (masterPort !== 0 || !backlog) return;
  passOn(turn, commands);
  if (commands[0] === SELECT) turn.editReplication({ selected: true });
}

/** Adds to offset and backlog, and sends to whoever is online. Returns nothing; never throws. */
export function passOn(turn: Turn, commands: readonly StreamCommand[]): void {
  const { replication, config } = turn.state;
  let { offsetBytes, backlog } = replication;
  for (const argv of commands) {
    const bytes = respBytes(argv);
    offsetBytes += bytes;
    if (backlog) backlog = appendToBacklog(backlog, { argv, bytes }, config.replBacklogBytes);
  }
  turn.editReplication({ offsetBytes, backlog });
  for (const { connection, state, heldFromBytes } of replication.replicas) {
    if (state !== 'online' || heldFromBytes !== null) continue;
    turn.sendReplication(connection, { type: 'STREAM', commands });
  }
}

/** CONFIG_REPL_BACKLOG_MIN_SIZE. */
const MIN_BACKLOG_BYTES = 16_384;

/** After CONFIG SET repl-backlog-size: never below 16 KB. Source: resizeReplicationBacklog. */
export function resizeBacklog({ state }: Turn): void {
  const replBacklogBytes = Math.max(state.config.replBacklogBytes, MIN_BACKLOG_BYTES);
  state.config = { ...state.config, replBacklogBytes };
}

/** The stream flows to a replica, beginning with what it has missed. */
export function startStream(turn: Turn, replica: AttachedReplica, fromBytes: number): void {
  const { backlog } = turn.state.replication;
  const missed = backlog ? commandsFrom(backlog, fromBytes) : [];
  if (missed.length === 0) return;
  turn.sendReplication(replica.connection, { type: 'STREAM', commands: missed });
}

/** The length of a command as a RESP array of bulk strings. */
export function respBytes(argv: StreamCommand): number {
  return argv.reduce((total, word) => {
    const bytes = IS_ASCII.test(word) ? word.length : bytesOf(word).length;
    return total + `$${bytes}\r\n`.length + bytes + 2;
  }, `*${argv.length}\r\n`.length);
}

const IS_ASCII = /^[\0-\x7f]*$/;
