/**
 * A master, or a replica with replicas of its own, answers those that want to follow it.
 * Source: replconfCommand, syncCommand, masterTryPartialResynchronization,
 * addReplyReplicationBacklog, src/replication.c.
 */
import { nameOfReplica } from './attached-replicas';
import { startCopy, takeAck } from './copying';
import type { ConnectionId } from '../effects';
import { backlogCovers, backlogLength, commandsFrom } from './replication-backlog';
import { PEER_IP } from '../ip-address';
import { refreshGoodReplicas } from '../failover/good-replicas';
import { beginHistory } from './replication-history';
import type { AttachedReplica } from '../replication-state';
import { respBytes, startStream } from './replication-stream';
import type { Turn } from '../turn';

/** One command from a connection that is, or wants to become, a replica's. */
export function processReplicaCommand(
  turn: Turn,
  connection: ConnectionId,
  argv: readonly string[],
): void {
  const [name, first = '', second = ''] = argv;
  switch (`${name} ${first}`) {
    case 'REPLCONF listening-port':
      greet(turn, connection, Number(second));
      return reply(turn, connection, '+OK');
    case 'REPLCONF ACK':
      return takeAck(turn, connection, Number(second));
    default:
      break;
  }
  if (name === 'PING') reply(turn, connection, '+PONG');
  if (name === 'REPLCONF') reply(turn, connection, '+OK');
  if (name === 'PSYNC') synchronize(turn, connection, { id: first, offsetBytes: Number(second) });
}

/** A line in answer to a command of the handshake; an empty one keeps a waiting replica patient. */
function reply(turn: Turn, connection: ConnectionId, text: string): void {
  turn.sendReplication(connection, { type: 'REPLY', text });
}

function greet(turn: Turn, connection: ConnectionId, port: number): void {
  const { greeted } = turn.state.replication;
  turn.editReplication({ greeted: [...greeted, { connection, port }] });
}

interface Request {
  readonly id: string;
  /** The next byte the replica wants. */
  readonly offsetBytes: number;
}

/** PSYNC: the rest of a history both sides share, or a copy of everything. */
function synchronize(turn: Turn, connection: ConnectionId, request: Request): void {
  const { replication } = turn.state;
  if (replication.replicas.some((one) => one.connection === connection)) return;
  if (replication.masterPort !== 0 && replication.link !== 'up') {
    reply(turn, connection, "-NOMASTERLINK Can't SYNC while not connected with my master");
    return;
  }
  const replica = newReplica(turn, connection);
  turn.log('notice', `Replica ${nameOfReplica(replica)} asks for synchronization`);
  const refused = whyNoPartialSync(turn, replica, request);
  if (!refused) return continueStream(turn, replica, request.offsetBytes);
  countSync(turn, 'full');
  if (request.id !== '?') countSync(turn, 'refused');
  turn.editReplication({ replicas: [...turn.state.replication.replicas, replica] });
  if (!turn.state.replication.backlog) beginHistory(turn);
  if (turn.state.replication.copyUnderWay) {
    turn.log('notice', 'Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC');
  } else if (turn.state.config.replDisklessSyncDelayMs > 0) {
    turn.log('notice', 'Delay next BGSAVE for diskless SYNC');
  } else startCopy(turn);
}

function newReplica(turn: Turn, connection: ConnectionId): AttachedReplica {
  const { greeted } = turn.state.replication;
  const port = greeted.find((one) => one.connection === connection)?.port ?? 0;
  turn.editReplication({ greeted: greeted.filter((one) => one.connection !== connection) });
  return {
    connection,
    ...(turn.peerIp === PEER_IP ? {} : { ip: turn.peerIp }),
    port,
    state: 'waiting',
    askedMs: turn.nowMs,
    heldFromBytes: null,
    ackOffsetBytes: 0,
    ackMs: 0,
  };
}

function countSync(turn: Turn, kind: 'full' | 'partial' | 'refused'): void {
  const { syncs } = turn.state.replication;
  turn.editReplication({ syncs: { ...syncs, [kind]: syncs[kind] + 1 } });
}

/** Says why the stream cannot go on from there, and returns true; false if it can. */
function whyNoPartialSync(turn: Turn, replica: AttachedReplica, request: Request): boolean {
  const { id, id2, secondOffsetBytes, backlog, offsetBytes } = turn.state.replication;
  const name = nameOfReplica(replica);
  const isPast = request.id === id2 && request.offsetBytes <= secondOffsetBytes;
  if (request.id !== id && !isPast) {
    refuseHistory(turn, replica, request);
    return true;
  }
  if (backlog && backlogCovers(backlog, request.offsetBytes)) return false;
  turn.log(
    'notice',
    `Unable to partial resync with replica ${name} for lack of backlog ` +
      `(Replica request was: ${request.offsetBytes}).`,
  );
  if (request.offsetBytes > offsetBytes) {
    turn.log(
      'warning',
      `Warning: replica ${name} tried to PSYNC with an offset that is greater than the master ` +
        'replication offset.',
    );
  }
  return true;
}

/** The histories differ: from the start, or because the other one wrote on after we took over. */
function refuseHistory(turn: Turn, replica: AttachedReplica, request: Request): void {
  const { id, id2, secondOffsetBytes } = turn.state.replication;
  if (request.id === '?') {
    turn.log('notice', `Full resync requested by replica ${nameOfReplica(replica)}`);
  } else if (request.id === id2) {
    turn.log(
      'notice',
      'Partial resynchronization not accepted: Requested offset for second ID was ' +
        `${request.offsetBytes}, but I can reply up to ${secondOffsetBytes}`,
    );
    const bytes = request.offsetBytes - secondOffsetBytes;
    turn.note({
      event: 'tail.refused',
      node: turn.state.name,
      replica: String(replica.port),
      bytes,
    });
  } else {
    turn.log(
      'notice',
      'Partial resynchronization not accepted: Replication ID mismatch (Replica asked for ' +
        `'${request.id}', my replication IDs are '${id}' and '${id2}')`,
    );
  }
}

/** The replica goes on where it stopped. */
function continueStream(turn: Turn, asking: AttachedReplica, fromBytes: number): void {
  const replica: AttachedReplica = { ...asking, state: 'online', ackMs: turn.nowMs };
  const { replicas, id, backlog } = turn.state.replication;
  turn.editReplication({ replicas: [...replicas, replica] });
  reply(turn, replica.connection, `+CONTINUE ${id}`);
  turn.log('debug', `[PSYNC] Replica request offset: ${fromBytes}`);
  const held = backlogLength(backlog!);
  if (held === 0) turn.log('debug', '[PSYNC] Backlog history len is zero');
  else {
    turn.log('debug', `[PSYNC] Backlog size: ${turn.state.config.replBacklogBytes}`);
    turn.log('debug', `[PSYNC] First byte: ${backlog!.firstBytes}`);
    turn.log('debug', `[PSYNC] History len: ${held}`);
    turn.log('debug', `[PSYNC] Skipping: ${fromBytes - backlog!.firstBytes}`);
  }
  startStream(turn, replica, fromBytes);
  const sentBytes = commandsFrom(backlog!, fromBytes).reduce(
    (sum, argv) => sum + respBytes(argv),
    0,
  );
  turn.log(
    'notice',
    `Partial resynchronization request from ${nameOfReplica(replica)} accepted. ` +
      `Sending ${sentBytes} bytes of backlog starting from offset ${fromBytes}.`,
  );
  countSync(turn, 'partial');
  refreshGoodReplicas(turn);
}
