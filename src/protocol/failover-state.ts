/**
 * Where a node stands in a failover, automatic or asked for.
 * Source: failover_auth_*, cant_failover_reason and mf_* of clusterState, src/cluster.h.
 */
import type { Epoch, NodeId } from './ids';

/**
 * Redis: failover_auth_* and cant_failover_*. Never reset by a victory; see the stale-election
 * trap.
 */
export interface FailoverState {
  readonly authTimeMs: number;
  readonly delayMs: number;
  readonly voteCount: number;
  readonly sent: boolean;
  readonly rank: number;
  readonly epoch: Epoch;
  readonly cantReason: CantFailoverReason;
  readonly cantLoggedMs: number;
}

export type CantFailoverReason =
  'none' | 'data-age' | 'waiting-delay' | 'expired' | 'waiting-votes';

/** Redis starts these clocks at Unix time 0: far enough in the past that nothing waits for them. */
export const LONG_AGO_MS = -1_000_000_000;

export const NO_ELECTION: FailoverState = {
  authTimeMs: LONG_AGO_MS,
  delayMs: 0,
  voteCount: 0,
  sent: false,
  rank: 0,
  epoch: 0,
  cantReason: 'none',
  cantLoggedMs: LONG_AGO_MS,
};

/** Redis: mf_end, mf_slave, mf_master_offset, mf_can_start. */
export interface ManualFailoverState {
  /** When it is given up; 0: none is running. */
  readonly endMs: number;
  /** On the master: the replica that asked. */
  readonly replicaId: NodeId | null;
  /** On the replica: the offset at which its master paused; null until it is known. */
  readonly masterOffsetBytes: number | null;
  readonly canStart: boolean;
}

export const NO_MANUAL_FAILOVER: ManualFailoverState = {
  endMs: 0,
  replicaId: null,
  masterOffsetBytes: null,
  canStart: false,
};
