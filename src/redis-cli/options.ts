/**
 * The command line of redis-cli --cluster: subcommands, options, and what the tool says about a
 * wrong one.
 * Source: parseOptions, createClusterManagerCommand, validateClusterManagerCommand,
 * src/redis-cli.c.
 */

export interface CliOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly replicas: number;
  readonly masterId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly weights: readonly string[] | null;
  readonly slots: number;
  readonly timeoutMs: number;
  readonly pipeline: number;
  /** Percent. */
  readonly threshold: number;
  readonly flags: readonly CliFlag[];
}

/** Options without a value. */
export const CLI_FLAGS = [
  '--cluster-yes',
  '--cluster-simulate',
  '--cluster-replace',
  '--cluster-copy',
  '--cluster-slave',
  '--cluster-use-empty-masters',
  '--cluster-search-multiple-owners',
  '--cluster-fix-with-unreachable-masters',
  '--cluster-only-masters',
  '--cluster-only-replicas',
  '--verbose',
] as const;
export type CliFlag = (typeof CLI_FLAGS)[number];

/** Options followed by one value. */
export const CLI_VALUES = [
  '--cluster-replicas',
  '--cluster-master-id',
  '--cluster-from',
  '--cluster-to',
  '--cluster-slots',
  '--cluster-timeout',
  '--cluster-pipeline',
  '--cluster-threshold',
] as const;
type CliValue = (typeof CLI_VALUES)[number];

/** The option with as many values as follow it. */
export const CLI_WEIGHT = '--cluster-weight';

interface Subcommand {
  readonly name: string;
  /** The exact number of arguments, or minus the least number. */
  readonly arity: number;
  readonly args: string;
  readonly options: readonly string[];
}

const ANY_NODE = '<host:port> or <host> <port> - separated by either colon or space';

/** In the order of the tool's own help. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'create',
    arity: -2,
    args: 'host1:port1 ... hostN:portN',
    options: ['replicas <arg>'],
  },
  { name: 'check', arity: -1, args: ANY_NODE, options: ['search-multiple-owners'] },
  { name: 'info', arity: -1, args: ANY_NODE, options: [] },
  {
    name: 'fix',
    arity: -1,
    args: ANY_NODE,
    options: ['search-multiple-owners', 'fix-with-unreachable-masters'],
  },
  {
    name: 'reshard',
    arity: -1,
    args: ANY_NODE,
    options: [
      'from <arg>',
      'to <arg>',
      'slots <arg>',
      'yes',
      'timeout <arg>',
      'pipeline <arg>',
      'replace',
    ],
  },
  {
    name: 'rebalance',
    arity: -1,
    args: ANY_NODE,
    options: [
      'weight <node1=w1...nodeN=wN>',
      'use-empty-masters',
      'timeout <arg>',
      'simulate',
      'pipeline <arg>',
      'threshold <arg>',
      'replace',
    ],
  },
  {
    name: 'add-node',
    arity: 2,
    args: 'new_host:new_port existing_host:existing_port',
    options: ['slave', 'master-id <arg>'],
  },
  { name: 'del-node', arity: 2, args: 'host:port node_id', options: [] },
  {
    name: 'call',
    arity: -2,
    args: 'host:port command arg arg .. arg',
    options: ['only-masters', 'only-replicas'],
  },
  { name: 'set-timeout', arity: 2, args: 'host:port milliseconds', options: [] },
  {
    name: 'import',
    arity: 1,
    args: 'host:port',
    options: [
      'from <arg>',
      'from-user <arg>',
      'from-pass <arg>',
      'from-askpass',
      'copy',
      'replace',
    ],
  },
  { name: 'backup', arity: 2, args: 'host:port backup_directory', options: [] },
  { name: 'help', arity: 0, args: '', options: [] },
];

/** Before any option. Source: main, CLUSTER_MANAGER_MIGRATE_*, CLUSTER_MANAGER_REBALANCE_*. */
export const DEFAULT_OPTIONS: CliOptions = {
  command: '',
  args: [],
  replicas: 0,
  masterId: null,
  from: null,
  to: null,
  weights: null,
  slots: 0,
  timeoutMs: 60_000,
  pipeline: 10,
  threshold: 2,
  flags: [],
};

export type ParsedCommandLine =
  | { readonly ok: true; readonly options: CliOptions }
  | { readonly ok: false; readonly line: string };

/** Reads the words after `redis-cli`; a line of the tool's own when they make no sense. */
export function parseCommandLine(argv: readonly string[]): ParsedCommandLine {
  let options = DEFAULT_OPTIONS;
  let at = 0;
  while (at < argv.length) {
    const read = readOption(argv, at, options);
    if (typeof read === 'string') return { ok: false, line: read };
    [options, at] = read;
  }
  const problem = problemOf(options);
  return problem === null ? { ok: true, options } : { ok: false, line: problem };
}

type Read = readonly [options: CliOptions, next: number];

function readOption(argv: readonly string[], at: number, options: CliOptions): Read | string {
  const word = argv[at]!;
  const isLast = at === argv.length - 1;
  const flag = CLI_FLAGS.find((one) => one === word);
  const value = CLI_VALUES.find((one) => one === word);
  if (word === '--cluster' && !isLast) return readCommand(argv, at + 1, options);
  if (flag) return [{ ...options, flags: [...options.flags, flag] }, at + 1];
  if (value && !isLast) return [{ ...options, ...valueOf(value, argv[at + 1]!) }, at + 2];
  if (word === CLI_WEIGHT && !isLast) return readWeights(argv, at + 1, options);
  // Words after the options are the arguments, if the subcommand has none yet.
  if (options.command !== '' && !word.startsWith('-')) return readLateArgs(argv, at, options);
  return `Unrecognized option or bad number of args for: '${word}'`;
}

function readCommand(argv: readonly string[], at: number, options: CliOptions): Read {
  const end = endOfWords(argv, at + 1);
  return [{ ...options, command: argv[at]!, args: argv.slice(at + 1, end) }, end];
}

function readLateArgs(argv: readonly string[], at: number, options: CliOptions): Read {
  if (options.args.length > 0) return [options, at + 1];
  const end = endOfWords(argv, at);
  return [{ ...options, args: argv.slice(at, end) }, end];
}

function endOfWords(argv: readonly string[], from: number): number {
  const length = argv.slice(from).findIndex((word) => word.startsWith('-'));
  return length === -1 ? argv.length : from + length;
}

function readWeights(argv: readonly string[], at: number, options: CliOptions): Read | string {
  if (options.weights !== null) {
    return [
      'WARNING: you cannot use --cluster-weight more than once.',
      'You can set more weights by adding them as a space-separated list, ie:',
      '--cluster-weight n1=w n2=w',
    ].join('\n');
  }
  const rest = argv.slice(at);
  const length = rest.findIndex((word) => word.startsWith('--') || !word.includes('='));
  const weights = length === -1 ? rest : rest.slice(0, length);
  return [{ ...options, weights: weights.length > 0 ? weights : null }, at + weights.length];
}

function valueOf(name: CliValue, text: string): Partial<CliOptions> {
  switch (name) {
    case '--cluster-replicas':
      return { replicas: wholeNumberIn(text) };
    case '--cluster-master-id':
      return { masterId: text };
    case '--cluster-from':
      return { from: text };
    case '--cluster-to':
      return { to: text };
    case '--cluster-slots':
      return { slots: wholeNumberIn(text) };
    case '--cluster-timeout':
      return { timeoutMs: wholeNumberIn(text) };
    case '--cluster-pipeline':
      return { pipeline: wholeNumberIn(text) };
    case '--cluster-threshold':
      return { threshold: Math.fround(decimalIn(text)) };
  }
}

function problemOf({ command, args }: CliOptions): string | null {
  const known = SUBCOMMANDS.find(({ name }) => name === command);
  if (!known) return 'Unknown --cluster subcommand';
  const { arity } = known;
  const isWrong = arity > 0 ? args.length !== arity : args.length < -arity;
  return isWrong ? '[ERR] Wrong number of arguments for specified --cluster sub command' : null;
}

/** The number a text begins with, else 0. Source: atoi of the C library. */
export function wholeNumberIn(text: string): number {
  return Number(/^\s*([+-]?\d+)/.exec(text)?.[1] ?? 0);
}

/** The same for a number with a point. Source: atof of the C library. */
export function decimalIn(text: string): number {
  return Number(/^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i.exec(text)?.[1] ?? 0);
}

/** `host:port`, or `host` `port`; null when that is not what they are. */
export function hostArgument(
  args: readonly string[],
): { readonly ip: string; readonly port: number } | null {
  const address = args.length === 1 ? parseAddress(args[0]!) : null;
  const ip = args.length === 1 ? address?.ip : args[0];
  const port = args.length === 1 ? address?.port : wholeNumberIn(args[1] ?? '');
  return ip && port ? { ip, port } : null;
}

/** `ip:port[@busPort]`. Source: parseClusterNodeAddress. */
export function parseAddress(
  text: string,
): { readonly ip: string; readonly port: number; readonly busPort: number } | null {
  const [, address = '', bus = ''] = /^(.*)@(.*)$/s.exec(text) ?? [null, text, ''];
  const colon = address.lastIndexOf(':');
  if (colon === -1) return null;
  const port = wholeNumberIn(address.slice(colon + 1));
  return { ip: address.slice(0, colon), port, busPort: wholeNumberIn(bus) };
}
