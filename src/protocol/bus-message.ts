/**
 * What travels on the cluster bus, as values. The bytes are a matter for a codec.
 * Source: clusterMsg and clusterMsgData, src/cluster.h; clusterBuildMessageHdr, src/cluster.c.
 */
import type { Epoch, NodeId } from './ids';
import type { MessageType } from './notes';
import type { SlotRanges } from './slot-ranges';

export interface BusHeader {
  readonly sender: NodeId;
  readonly currentEpoch: Epoch;
  /** Its own if a master; its master's if a replica. */
  readonly configEpoch: Epoch;
  readonly offsetBytes: number;
  /** Its own if a master; its master's if a replica. */
  readonly slots: SlotRanges;
  /** `slaveof`; null for a master. */
  readonly masterId: NodeId | null;
  /** cluster-announce-ip; empty: the receiver takes the address of the socket. */
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
  readonly flags: number;
  readonly clusterState: 'ok' | 'fail';
  /** mflags bit 0: this master has paused its writes for a manual failover. */
  readonly paused: boolean;
  /** mflags bit 1: a manual failover asks voters to ignore that the master is up. */
  readonly forceAck: boolean;
}

/** What may follow the gossip of a heartbeat. 7.0 knows one kind; others are skipped by length. */
export type PingExtension =
  | { readonly type: 'HOSTNAME'; readonly hostname: string }
  /** `data` in hexadecimal, padding included. */
  | { readonly type: 'UNKNOWN'; readonly code: number; readonly data: string };

/** Gossip carries whole seconds, as on the wire; here as virtual milliseconds of that second. */
export interface GossipEntry {
  readonly id: NodeId;
  readonly pingSentSecondMs: number;
  readonly pongReceivedSecondMs: number;
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
  readonly flags: number;
}

/** The entries of a heartbeat: a list, or what a node has told, which becomes one when asked. */
export interface Gossip extends Iterable<GossipEntry> {
  readonly length: number;
  at(i: number): GossipEntry | undefined;
  map<T>(make: (entry: GossipEntry, i: number) => T): T[];
  filter(fits: (entry: GossipEntry) => unknown): GossipEntry[];
  find(fits: (entry: GossipEntry) => unknown): GossipEntry | undefined;
  some(fits: (entry: GossipEntry) => unknown): boolean;
  every(fits: (entry: GossipEntry) => unknown): boolean;
  slice(from?: number, to?: number): GossipEntry[];
}

export type BusMessage = BusHeader &
  (
    | {
        readonly type: 'PING' | 'PONG' | 'MEET';
        readonly gossip: Gossip;
        readonly extensions: readonly PingExtension[];
      }
    | { readonly type: 'FAIL'; readonly about: NodeId }
    | { readonly type: 'FAILOVER_AUTH_REQUEST' | 'FAILOVER_AUTH_ACK' | 'MFSTART' }
    | {
        readonly type: 'UPDATE';
        readonly about: NodeId;
        readonly aboutConfigEpoch: Epoch;
        readonly aboutSlots: SlotRanges;
      }
    | {
        readonly type: 'PUBLISH' | 'PUBLISHSHARD';
        readonly channel: string;
        readonly message: string;
      }
    /** A module's own message; no module is simulated, so nobody sends or reads one. */
    | {
        readonly type: 'MODULE';
        /** 16 hexadecimal digits, as on the wire. */
        readonly moduleId: string;
        readonly moduleType: number;
        /** Hexadecimal. */
        readonly data: string;
      }
  );

export type HeartbeatMessage = Extract<BusMessage, { type: 'PING' | 'PONG' | 'MEET' }>;

/** The 16-bit type field. */
export const MESSAGE_TYPE_CODE: Readonly<Record<MessageType, number>> = {
  PING: 0,
  PONG: 1,
  MEET: 2,
  FAIL: 3,
  PUBLISH: 4,
  FAILOVER_AUTH_REQUEST: 5,
  FAILOVER_AUTH_ACK: 6,
  UPDATE: 7,
  MFSTART: 8,
  MODULE: 9,
  PUBLISHSHARD: 10,
};

/** The names CLUSTER INFO and the log use. Source: clusterGetMessageTypeString. */
export const MESSAGE_TYPE_WORD: Readonly<Record<MessageType, string>> = {
  PING: 'ping',
  PONG: 'pong',
  MEET: 'meet',
  FAIL: 'fail',
  PUBLISH: 'publish',
  FAILOVER_AUTH_REQUEST: 'auth-req',
  FAILOVER_AUTH_ACK: 'auth-ack',
  UPDATE: 'update',
  MFSTART: 'mfstart',
  MODULE: 'module',
  PUBLISHSHARD: 'publishshard',
};
