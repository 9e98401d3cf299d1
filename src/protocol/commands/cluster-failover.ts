/**
 * CLUSTER FAILOVER.
 * Simplified: not there yet.
 * Source: clusterCommand (FAILOVER), src/cluster.c.
 */
import type { Subcommands } from './subcommand';

export const FAILOVER_SUBCOMMANDS: Subcommands = {};
