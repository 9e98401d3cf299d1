/**
 * What a node remembers of replication: the link to its master, its replicas, its history.
 * Source: the replication fields of redisServer, the repl fields of client, src/server.h.
 */
import type { ConnectionId } from './effects';
import type { Backlog } from './replication/replication-backlog';

/** A connection whose other end follows this node. */
export interface AttachedReplica {
  readonly connection: ConnectionId;
  /** The other end of its connection, unless that is on the same machine. */
  readonly ip?: string;
  /** What it said with REPLCONF listening-port; 0: nothing. */
  readonly port: number;
  /**
   * Before its copy is made, while it is under way, afterwards.
   * Redis: SLAVE_STATE_WAIT_BGSAVE_START, SLAVE_STATE_WAIT_BGSAVE_END, SLAVE_STATE_ONLINE.
   */
  readonly state: 'waiting' | 'copying' | 'online';
  /** When it asked; the delay of the copy counts from here. */
  readonly askedMs: number;
  /** The stream from this offset on waits for its first ACK; null once it flows. */
  readonly heldFromBytes: number | null;
  readonly ackOffsetBytes: number;
  readonly ackMs: number;
}

/** A client in WAIT. */
export interface BlockedWait {
  readonly client: string;
  readonly command: number;
  readonly offsetBytes: number;
  readonly replicas: number;
  /** 0: it waits for ever. */
  readonly deadlineMs: number;
}

/** Redis: repl_state, master_repl_offset, repl_down_since, slaves, repl_backlog and their like. */
export interface ReplicationState {
  /** `down` is REPL_STATE_CONNECT: the next second dials. */
  readonly link: 'none' | 'connecting' | 'syncing' | 'up' | 'down';
  /** Which answer of the master comes next, while `syncing`. */
  readonly awaiting: 'PONG' | 'PORT' | 'CAPA' | 'PSYNC' | 'COPY' | null;
  readonly connection: ConnectionId | null;
  readonly linkSinceMs: number;
  /** 0: it follows nobody. */
  readonly masterPort: number;
  readonly masterIp: string;
  /** When the master last said something, while the link is up. */
  readonly lastInteractionMs: number;
  /** The same, before it is up. Redis: repl_transfer_lastio. */
  readonly transferIoMs: number;
  /** 0 in a process that was never connected to its master: it will never stand for election. */
  readonly downSinceMs: number;
  readonly offsetBytes: number;
  readonly id: string;
  /** The history before the last promotion, valid up to, not including, `secondOffsetBytes`. */
  readonly id2: string;
  /** -1: there is none. */
  readonly secondOffsetBytes: number;
  /**
   * Why this node may ask to go on from its own id and offset: its link broke, it has started with
   * data of its own, or it was a master until now. Redis: cached_master.
   */
  readonly cachedMaster: 'link' | 'start' | 'demotion' | null;
  /** What +FULLRESYNC promised; it becomes ours with the copy. */
  readonly promised: { readonly id: string; readonly offsetBytes: number } | null;
  readonly lastSync: 'full' | 'partial' | null;
  readonly backlog: Backlog | null;
  /** Whether the stream has said SELECT 0. Redis: slaveseldb. */
  readonly selected: boolean;
  readonly replicas: readonly AttachedReplica[];
  /** Clients that said REPLCONF and may yet become replicas. */
  readonly greeted: readonly { readonly connection: ConnectionId; readonly port: number }[];
  /** Counted once a second and when one comes or goes. Redis: repl_good_slaves_count. */
  readonly goodReplicas: number;
  readonly noReplicasSinceMs: number;
  /** A child process writes the copy to sockets. */
  readonly copyUnderWay: boolean;
  /** In the order in which they came. */
  readonly waits: readonly BlockedWait[];
  /** REPLCONF GETACK is to be sent when writes go on. */
  readonly ackWanted: boolean;
  /** INFO: sync_full, sync_partial_ok, sync_partial_err. */
  readonly syncs: { readonly full: number; readonly partial: number; readonly refused: number };
}

export const NO_ID2 = '0'.repeat(40);

/** Of a process that has just started. */
export const noReplication = (id: string): ReplicationState => ({
  link: 'none',
  awaiting: null,
  connection: null,
  linkSinceMs: 0,
  masterPort: 0,
  masterIp: '',
  lastInteractionMs: 0,
  transferIoMs: 0,
  downSinceMs: 0,
  offsetBytes: 0,
  id,
  id2: NO_ID2,
  secondOffsetBytes: -1,
  cachedMaster: null,
  promised: null,
  lastSync: null,
  backlog: null,
  selected: false,
  replicas: [],
  greeted: [],
  goodReplicas: 0,
  noReplicasSinceMs: 0,
  copyUnderWay: false,
  waits: [],
  ackWanted: false,
  syncs: { full: 0, partial: 0, refused: 0 },
});
