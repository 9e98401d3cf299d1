/**
 * Tunables and constants of one node.
 * Source: config.c defaults; CLUSTER_* constants in src/cluster.h.
 */
import type { TeachingSwitch } from './teaching-switches';

export interface NodeConfig {
  /** cluster-node-timeout, milliseconds. */
  readonly nodeTimeoutMs: number;
  /** cluster-replica-validity-factor. */
  readonly replicaValidityFactor: number;
  /** cluster-require-full-coverage. */
  readonly requireFullCoverage: boolean;
  /** cluster-allow-replica-migration. */
  readonly allowReplicaMigration: boolean;
  /** cluster-migration-barrier: replicas a master keeps when one of them moves to an orphan. */
  readonly migrationBarrier: number;
  /** cluster-replica-no-failover. */
  readonly replicaNoFailover: boolean;
  /** cluster-allow-reads-when-down. */
  readonly allowReadsWhenDown: boolean;
  /** cluster-allow-pubsubshard-when-down. */
  readonly allowPubsubShardWhenDown: boolean;
  /** cluster-announce-ip; empty: others take the address of the socket. */
  readonly announceIp: string;
  /** The address of the network interface, 127.0.0.1 unless given; no setting of Redis. */
  readonly interfaceIp?: string;
  /** cluster-announce-port; 0: the real one. */
  readonly announcePort: number;
  /** cluster-announce-bus-port; 0: the real one. */
  readonly announceBusPort: number;
  /** cluster-announce-hostname; empty: none. */
  readonly announceHostname: string;
  /** cluster-preferred-endpoint-type. */
  readonly preferredEndpointType: 'ip' | 'hostname' | 'unknown-endpoint';
  /** loglevel. At `debug` a node also logs every packet and every gossip entry. */
  readonly logLevel: 'debug' | 'verbose' | 'notice' | 'warning';
  /** cluster-link-sendbuf-limit, bytes; 0: no limit. */
  readonly linkSendbufLimitBytes: number;
  /** repl-backlog-size, bytes. */
  readonly replBacklogBytes: number;
  /** repl-backlog-ttl, milliseconds; 0: a master without replicas keeps it for ever. */
  readonly replBacklogTtlMs: number;
  /** repl-diskless-sync-delay, milliseconds: how long a full copy waits for more replicas. */
  readonly replDisklessSyncDelayMs: number;
  /** min-replicas-to-write: a master with fewer good replicas refuses writes; 0: it never does. */
  readonly minReplicasToWrite: number;
  /** min-replicas-max-lag, milliseconds: a good replica was heard of since; 0: all are good. */
  readonly minReplicasMaxLagMs: number;
  /** repl-ping-replica-period, milliseconds. */
  readonly replPingPeriodMs: number;
  /** repl-timeout, milliseconds. */
  readonly replTimeoutMs: number;
  /** Rules taken out for teaching; no setting of Redis, and not there unless a scene asks. */
  readonly switches?: readonly TeachingSwitch[];
}

export const DEFAULT_CONFIG: NodeConfig = {
  nodeTimeoutMs: 15_000,
  replicaValidityFactor: 10,
  requireFullCoverage: true,
  allowReplicaMigration: true,
  migrationBarrier: 1,
  replicaNoFailover: false,
  allowReadsWhenDown: false,
  allowPubsubShardWhenDown: true,
  announceIp: '',
  announcePort: 0,
  announceBusPort: 0,
  announceHostname: '',
  preferredEndpointType: 'ip',
  logLevel: 'notice',
  linkSendbufLimitBytes: 0,
  replBacklogBytes: 1_048_576,
  replBacklogTtlMs: 3_600_000,
  replDisklessSyncDelayMs: 5_000,
  minReplicasToWrite: 0,
  minReplicasMaxLagMs: 10_000,
  replPingPeriodMs: 10_000,
  replTimeoutMs: 60_000,
};

/** clusterCron runs every 100 ms; serverCron's hz is 10. */
export const CRON_PERIOD_MS = 100;
/** What serverCron and clusterCron do once a second comes with every tenth tick. */
export const TICKS_PER_SECOND = 10;
export const FAIL_REPORT_VALIDITY_MULT = 2;
export const FAIL_UNDO_TIME_MULT = 2;
export const MIN_REJOIN_DELAY_MS = 500;
export const MAX_REJOIN_DELAY_MS = 5_000;
export const WRITABLE_DELAY_MS = 2_000;
export const MIN_HANDSHAKE_TIMEOUT_MS = 1_000;
/** CLUSTER_MF_TIMEOUT and CLUSTER_MF_PAUSE_MULT: a manual failover gives up, writes go on. */
export const MANUAL_FAILOVER_TIMEOUT_MS = 5_000;
/** The bus listens so far above the port of clients, unless told otherwise. */
export const CLUSTER_PORT_INCR = 10_000;
export const MANUAL_FAILOVER_PAUSE_MS = 10_000;
/** CLUSTER_SLAVE_MIGRATION_DELAY. */
export const REPLICA_MIGRATION_DELAY_MS = 5_000;
/** CLUSTER_BLACKLIST_TTL. */
export const BLACKLIST_TTL_MS = 60_000;
export const MIN_AUTH_TIMEOUT_MS = 2_000;
export const ELECTION_FIXED_DELAY_MS = 500;
export const ELECTION_RANDOM_DELAY_MS = 500;
export const ELECTION_RANK_DELAY_MS = 1_000;
/** CLUSTER_CANT_FAILOVER_RELOG_PERIOD, 7.0. */
export const CANT_FAILOVER_RELOG_MS = 300_000;

/** The wall-clock moment of virtual time 0, Unix milliseconds: 9 March 2024, 11:40:00 UTC. */
export const CLOCK_ORIGIN_MS = 1_709_984_400_000;
