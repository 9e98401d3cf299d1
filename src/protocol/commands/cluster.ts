/**
 * CLUSTER: the container command.
 * Source: clusterCommand, src/cluster.c; src/commands/cluster-*.json.
 */
import { err } from '../reply';
import { EPOCH_SUBCOMMANDS } from './cluster-epochs';
import { FAILOVER_SUBCOMMANDS } from './cluster-failover';
import { MEMBERSHIP_SUBCOMMANDS } from './cluster-membership';
import { SLOT_SUBCOMMANDS } from './cluster-slots';
import { VIEW_SUBCOMMANDS } from './cluster-views';
import { arityFits, type CommandSpec } from './command';
import type { Subcommands } from './subcommand';

const SUBCOMMANDS: Subcommands = {
  ...VIEW_SUBCOMMANDS,
  ...SLOT_SUBCOMMANDS,
  ...MEMBERSHIP_SUBCOMMANDS,
  ...EPOCH_SUBCOMMANDS,
  ...FAILOVER_SUBCOMMANDS,
};

export const CLUSTER_COMMAND: CommandSpec = {
  arity: -2,
  isWrite: false,
  keys: () => [],
  run: (turn, { args }) => {
    const [name, ...rest] = args;
    const subcommand = SUBCOMMANDS[name!.toUpperCase()];
    if (!subcommand) return err(`unknown subcommand '${name}'. Try CLUSTER HELP.`);
    if (!arityFits(subcommand.arity, args.length + 1)) {
      return err(`wrong number of arguments for 'cluster|${name!.toLowerCase()}' command`);
    }
    if (subcommand.most !== undefined && args.length + 1 > subcommand.most) {
      const text = `unknown subcommand or wrong number of arguments for '${name}'`;
      return err(`${text}. Try CLUSTER HELP.`);
    }
    return subcommand.run(turn, rest);
  },
};
