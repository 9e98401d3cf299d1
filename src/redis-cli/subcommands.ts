/**
 * What each subcommand begins with.
 * Source: clusterManagerMode, the clusterManagerCommand functions, src/redis-cli.c.
 */
import { helpText } from './call-nodes';
import { newManagerNode } from './cli-state';
import type { CliTurn } from './cli-turn';
import { hostArgument, parseCommandLine, wholeNumberIn } from './options';
import type { Task } from './task-list';

const INVALID_HOST =
  '[ERR] Invalid arguments: you need to pass either a valid address (ie. 120.0.0.1:7000) or ' +
  'space separated IP and port (ie. 120.0.0.1 7000)';

const BAD_IDEA_MS = 100;

/** Reads the command line and sets to work. */
export function begin(turn: CliTurn): void {
  const { run, argv } = turn.state;
  const text = ['redis-cli', ...argv].join(' ');
  turn.effects.push({ type: 'note', note: { event: 'cli.start', run, text } });
  const parsed = parseCommandLine(argv);
  if (!parsed.ok) {
    turn.say(parsed.line);
    return turn.exit(1);
  }
  turn.state.options = parsed.options;
  const { command, args } = parsed.options;
  if (command === 'create') return turn.do({ do: 'create', left: args });
  if (command === 'help') return endWith(turn, helpText());
  if (command === 'import' || command === 'backup') return endWith(turn, noPlaceFor(command));
  if (command === 'add-node' && !introduceNewcomer(turn)) return endWith(turn, INVALID_HOST);
  const host = hostArgument(hostArguments(command, args));
  if (!host) return endWith(turn, INVALID_HOST);
  if (command === 'del-node') {
    turn.say(`>>> Removing node ${args[1]} from cluster ${host.ip}:${host.port}`);
  }
  if (command === 'set-timeout' && wholeNumberIn(args[1]!) < BAD_IDEA_MS) {
    return endWith(turn, 'Setting a node timeout of less than 100 milliseconds is a bad idea.');
  }
  const node = turn.meet(newManagerNode(host.ip, host.port));
  turn.do({ do: 'load-from', node }, ...(AFTER_LOADING[command] ?? []));
}

const AFTER_LOADING: Readonly<Record<string, readonly Task[]>> = {
  info: [{ do: 'show-info' }],
  check: [{ do: 'show-info' }, { do: 'check-cluster', quiet: false }, { do: 'exit-as-it-went' }],
  fix: [{ do: 'show-info' }, { do: 'check-cluster', quiet: false }, { do: 'exit-as-it-went' }],
  reshard: [{ do: 'check-cluster', quiet: false }, { do: 'reshard-checked' }],
  rebalance: [{ do: 'rebalance-loaded' }],
  'add-node': [{ do: 'check-cluster', quiet: false }, { do: 'add-node-checked' }],
  'del-node': [{ do: 'del-node-loaded' }],
  call: [{ do: 'call-loaded' }],
  'set-timeout': [{ do: 'set-timeout-loaded' }],
};

/** Which arguments name the node to begin with. */
function hostArguments(command: string, args: readonly string[]): readonly string[] {
  if (command === 'add-node') return args.slice(1);
  return ['del-node', 'call', 'set-timeout'].includes(command) ? args.slice(0, 1) : args;
}

function introduceNewcomer(turn: CliTurn): boolean {
  const { args } = turn.state.options;
  const [newcomer, known] = [hostArgument(args.slice(0, 1)), hostArgument(args.slice(1))];
  if (!newcomer || !known) return false;
  const [who, whom] = [newcomer, known].map(({ ip, port }) => `${ip}:${port}`);
  turn.say(`>>> Adding node ${who} to cluster ${whom}`);
  return true;
}

function endWith(turn: CliTurn, text: string): void {
  turn.say(text);
  turn.exit(1);
}

/** Simplified: redis-cli here has no disk and no Redis outside the cluster to copy from. */
function noPlaceFor(command: 'import' | 'backup'): string {
  return command === 'backup'
    ? '[ERR] backup writes files, and there is no disk here. Use check to look at the cluster.'
    : '[ERR] import copies from a Redis outside the cluster, and there is none here.';
}
