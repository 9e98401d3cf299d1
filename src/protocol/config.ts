/**
 * Tunables and constants of one node.
 * Source: config.c defaults; CLUSTER_* constants in src/cluster.h.
 */
export interface NodeConfig {
  /** cluster-node-timeout, milliseconds. */
  readonly nodeTimeoutMs: number;
  /** cluster-replica-validity-factor. */
  readonly replicaValidityFactor: number;
  /** cluster-require-full-coverage. */
  readonly requireFullCoverage: boolean;
  /** cluster-allow-replica-migration. */
  readonly allowReplicaMigration: boolean;
  /** cluster-replica-no-failover. */
  readonly replicaNoFailover: boolean;
  /** repl-ping-replica-period, milliseconds. */
  readonly replPingPeriodMs: number;
  /** repl-timeout, milliseconds. */
  readonly replTimeoutMs: number;
}

export const DEFAULT_CONFIG: NodeConfig = {
  nodeTimeoutMs: 15_000,
  replicaValidityFactor: 10,
  requireFullCoverage: true,
  allowReplicaMigration: true,
  replicaNoFailover: false,
  replPingPeriodMs: 10_000,
  replTimeoutMs: 60_000,
};

/** clusterCron runs every 100 ms; serverCron's hz is 10. */
export const CRON_PERIOD_MS = 100;
export const FAIL_REPORT_VALIDITY_MULT = 2;
export const FAIL_UNDO_TIME_MULT = 2;
export const MIN_REJOIN_DELAY_MS = 500;
export const MAX_REJOIN_DELAY_MS = 5_000;
export const WRITABLE_DELAY_MS = 2_000;
export const MIN_HANDSHAKE_TIMEOUT_MS = 1_000;
export const MIN_AUTH_TIMEOUT_MS = 2_000;
export const ELECTION_FIXED_DELAY_MS = 500;
export const ELECTION_RANDOM_DELAY_MS = 500;
export const ELECTION_RANK_DELAY_MS = 1_000;
/** CLUSTER_CANT_FAILOVER_RELOG_PERIOD, 7.0. */
export const CANT_FAILOVER_RELOG_MS = 300_000;

/** The wall-clock moment of virtual time 0, Unix milliseconds: 9 March 2024, 11:40:00 UTC. */
export const CLOCK_ORIGIN_MS = 1_709_984_400_000;
