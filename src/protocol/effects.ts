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

/**
 * What travels on a replication link. Simplified: no partial resync; each attach copies everything.
 */
export type ReplicationMessage =
  | { readonly type: 'PSYNC'; readonly port: number }
  | {
      readonly type: 'FULLRESYNC';
      readonly replicationId: string;
      readonly offsetBytes: number;
      readonly keys: Keyspace;
    }
  | { readonly type: 'STREAM'; readonly argv: readonly string[]; readonly offsetBytes: number }
  | { readonly type: 'ACK'; readonly offsetBytes: number };

export type Payload =
  | { readonly channel: 'bus'; readonly message: BusMessage }
  | { readonly channel: 'replication'; readonly message: ReplicationMessage };

export type NodeEffect =
  | {
      readonly type: 'connect';
      readonly connection: ConnectionId;
      readonly port: number;
      readonly channel: Payload['channel'];
    }
  | { readonly type: 'send'; readonly connection: ConnectionId; readonly payload: Payload }
  | { readonly type: 'close'; readonly connection: ConnectionId }
  | {
      readonly type: 'reply';
      readonly client: string;
      readonly command: number;
      readonly reply: Reply;
    }
  | { readonly type: 'note'; readonly note: Note };

export type NodeEvent = { readonly nowMs: number } & (
  | { readonly type: 'CRON' }
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
      readonly asking: boolean;
    }
  | { readonly type: 'PROCESS_FROZEN' }
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
