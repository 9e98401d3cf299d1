/**
 * CLUSTER: the container command.
 * Source: clusterCommand, src/cluster.c; src/commands/cluster-*.json.
 */
import { EPOCH_SUBCOMMANDS } from './cluster-epochs';
import { FAILOVER_SUBCOMMANDS } from './cluster-failover';
import { CLUSTER_HELP } from './cluster-help';
import { MEMBERSHIP_SUBCOMMANDS } from './cluster-membership';
import { SLOT_SUBCOMMANDS } from './cluster-slots';
import { VIEW_SUBCOMMANDS } from './cluster-views';
import type { CommandSpec } from './command';
import { containerCommand } from './container';

export const CLUSTER_COMMAND: CommandSpec = containerCommand(
  'CLUSTER',
  {
    ...VIEW_SUBCOMMANDS,
    ...SLOT_SUBCOMMANDS,
    ...MEMBERSHIP_SUBCOMMANDS,
    ...EPOCH_SUBCOMMANDS,
    ...FAILOVER_SUBCOMMANDS,
  },
  CLUSTER_HELP,
);
