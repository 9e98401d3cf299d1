/**
 * What a node asks of the world around it, and what it can be told.
 * Source: each effect stands for a system call of redis-server: connect, write, close.
 */
import type { BusMessage } from './bus-message';
import type { NodeId } from './ids';
import type { Keyspace } from './keyspace';
import type { Note } from './notes';
import type { Reply } from './reply';

/** One TCP connection, named by its dialer: `8901#3`. */
export type ConnectionId = string;

/** Whether this names a connection between processes, not a client. */
export const isConnection = (text: string): text is ConnectionId => /^\d+#\d+$/.test(text);

/**
 * What travels on a replication link. Offsets count the RESP bytes of what is in a STREAM; nothing
 * else counts.
 */
export type ReplicationMessage =
  /** A replica to its master: PING, REPLCONF, PSYNC. */
  | { readonly type: 'COMMAND'; readonly argv: readonly string[] }
  /** A line in answer: `+OK`, `+CONTINUE id`; empty: have patience. */
  | { readonly type: 'REPLY'; readonly text: string }
  /** The RDB file: all keys at one moment. */
  | { readonly type: 'COPY'; readonly keys: Keyspace; readonly madeMs: number }
  | { readonly type: 'STREAM'; readonly commands: readonly (readonly string[])[] };

/** What one process says to another as its client: MIGRATE to its target. */
export type CommandMessage =
  | { readonly type: 'COMMAND'; readonly argv: readonly string[] }
  | { readonly type: 'REPLY'; readonly reply: Reply };

export type Payload =
  | { readonly channel: 'bus'; readonly message: BusMessage }
  | { readonly channel: 'replication'; readonly message: ReplicationMessage }
  | { readonly channel: 'command'; readonly message: CommandMessage };

export type NodeEffect =
  | {
      readonly type: 'connect';
      readonly connection: ConnectionId;
      readonly port: number;
      /** Unless it is that of this machine. */
      readonly ip?: string;
      readonly channel: Payload['channel'];
    }
  | { readonly type: 'send'; readonly connection: ConnectionId; readonly payload: Payload }
  | { readonly type: 'close'; readonly connection: ConnectionId }
  /** The process reads nothing but this connection, until it resumes or this time has passed. */
  | { readonly type: 'block'; readonly connection: ConnectionId; readonly untilMs: number }
  | { readonly type: 'resume'; readonly tickIsOverdue: boolean }
  | {
      readonly type: 'reply';
      readonly client: string;
      readonly command: number;
      readonly reply: Reply;
    }
  /** A message on a channel a client listens to: nobody asked for it now. */
  | { readonly type: 'push'; readonly client: string; readonly reply: Reply }
  | { readonly type: 'note'; readonly note: Note };

export type NodeEvent = {
  readonly nowMs: number;
  /** The address of the other end of the connection, unless it is on the same machine. */
  readonly peerIp?: string;
} &
  /** `passedTicks` came before this one, did nothing, and were left out. */
  (
    | { readonly type: 'CRON'; readonly passedTicks?: number }
    | {
        readonly type: 'BUS_MESSAGE';
        readonly connection: ConnectionId;
        readonly message: BusMessage;
      }
    | {
        readonly type: 'REPLICATION_MESSAGE';
        readonly connection: ConnectionId;
        readonly message: ReplicationMessage;
      }
    | {
        readonly type: 'COMMAND_MESSAGE';
        readonly connection: ConnectionId;
        readonly message: CommandMessage;
      }
    /** A blocked process has waited long enough on this connection. */
    | { readonly type: 'LINK_TIMEOUT'; readonly connection: ConnectionId }
    /** A client has closed its connection. */
    | { readonly type: 'CLIENT_GONE'; readonly client: string }
    | {
        readonly type: 'LINK_ACCEPTED';
        readonly connection: ConnectionId;
        readonly channel: Payload['channel'];
      }
    | { readonly type: 'LINK_CONNECTED'; readonly connection: ConnectionId }
    | { readonly type: 'LINK_CLOSED'; readonly connection: ConnectionId; readonly refused: boolean }
    | {
        readonly type: 'CLIENT_COMMAND';
        readonly client: string;
        readonly command: number;
        readonly argv: readonly string[];
      }
    | { readonly type: 'PROCESS_FROZEN'; readonly passedTicks?: number }
    | { readonly type: 'PROCESS_WOKEN' }
    | { readonly type: 'PROCESS_KILLED' }
    | { readonly type: 'PROCESS_STARTED' }
    /**
     * Raised by the machine itself, as clusterCron and clusterBeforeSleep call
     * clusterHandleSlaveFailover.
     */
    | { readonly type: 'FAILOVER_TURN' }
    /** Raised by the machine itself, as these two call clusterHandleManualFailover. */
    | { readonly type: 'MANUAL_FAILOVER_TURN' }
    /** Raised by the machine itself, as clusterCron calls clusterHandleSlaveMigration. */
    | { readonly type: 'MIGRATION_TURN' }
    /** Raised by the machine itself at the end of each turn of its event loop. */
    | { readonly type: 'BEFORE_SLEEP' }
  );

export type NodeEventType = NodeEvent['type'];

/** The failing node a message names, for pictures. */
export function subjectOf(message: BusMessage): NodeId | null {
  return message.type === 'FAIL' || message.type === 'UPDATE' ? message.about : null;
}
