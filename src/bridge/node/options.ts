/** What `npm run bridge` is told on its command line, or one sentence on what is wrong with it. */
import { parseArgs } from 'node:util';
import { nearestWord } from '../../lesson/nearest-word';

export interface BridgeOptions {
  readonly masters: number;
  readonly replicasPerMaster: number;
  readonly nodeTimeoutMs: number;
  /** Null: the one in PATH. */
  readonly redisServer: string | null;
  readonly keeps: boolean;
  /** Where the bridge and its page are. */
  readonly port: number;
  readonly recordings: string;
  /** A cluster that runs already; null: one of the bridge's own. */
  readonly attach: { readonly host: string; readonly port: number } | null;
  /** Whether the attached cluster's bus is led through proxies, which changes its configuration. */
  readonly proxied: boolean;
  /** Log files of attached nodes, by client port. */
  readonly logs: ReadonlyMap<number, string>;
}

export type ParsedOptions =
  | { readonly type: 'run'; readonly options: BridgeOptions }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly sentence: string };

export const BRIDGE_HELP = `npm run -s bridge -- [options]

Starts real redis-server processes on this machine, makes a cluster of them, and prints a link to
the page that shows it: every message on its bus, every table, every log. Ctrl+C ends them all.

  --masters N          masters (3)
  --replicas N         replicas of each (1)
  --timeout MS         cluster-node-timeout (5000)
  --redis-server PATH  the redis-server to run, 7.0 or later (the one in PATH)
  --keep               leave the folders of the nodes, with their logs, when the bridge ends
  --port N             the port of the bridge (7700)
  --recordings FOLDER  where recordings are saved (recordings)

  --attach HOST:PORT   watch a cluster that runs already: its tables, every quarter of a second
  --log PORT=FILE      with --attach: the log of the node with this client port; may be repeated
  --proxy              with --attach, on 127.0.0.1 alone: lead its bus through the bridge. Sets
                       cluster-announce-bus-port on every node, and puts it back on leaving
  --help               this text
`;

const OPTIONS = {
  masters: { type: 'string' },
  replicas: { type: 'string' },
  timeout: { type: 'string' },
  'redis-server': { type: 'string' },
  keep: { type: 'boolean' },
  port: { type: 'string' },
  recordings: { type: 'string' },
  attach: { type: 'string' },
  log: { type: 'string', multiple: true },
  proxy: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

class Wrong extends Error {}

/** Proxies and processes share two cores with whoever looks at them. */
const MOST_NODES = 20;
const OF_OWN = ['masters', 'replicas', 'timeout', 'redis-server', 'keep'] as const;

/** Reads the words after `npm run bridge --`. */
export function parseOptions(argv: readonly string[]): ParsedOptions {
  try {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    if (values.help === true) return { type: 'help' };
    const attach = values.attach === undefined ? null : addressOf(values.attach);
    const misplaced = attach ? OF_OWN.find((name) => values[name] !== undefined) : undefined;
    if (misplaced) {
      throw new Wrong(
        `--${misplaced} is for a cluster of the bridge's own; leave it or --attach out`,
      );
    }
    if (!attach && (values.proxy === true || values.log)) {
      throw new Wrong('--proxy and --log belong to --attach HOST:PORT');
    }
    const masters = whole('--masters', values.masters ?? '3', { min: 1, max: MOST_NODES });
    const replicasPerMaster = whole('--replicas', values.replicas ?? '1', { min: 0, max: 5 });
    const nodes = masters * (1 + replicasPerMaster);
    if (nodes > MOST_NODES) throw new Wrong(`${nodes} nodes are too many: at most ${MOST_NODES}`);
    const options: BridgeOptions = {
      ...{ masters, replicasPerMaster, attach },
      nodeTimeoutMs: whole('--timeout', values.timeout ?? '5000', { min: 500, max: 60_000 }),
      redisServer: values['redis-server'] ?? null,
      keeps: values.keep ?? false,
      port: whole('--port', values.port ?? '7700', { min: 1_024, max: 65_535 }),
      recordings: values.recordings ?? 'recordings',
      proxied: values.proxy ?? false,
      logs: new Map((values.log ?? []).map(logOf)),
    };
    return { type: 'run', options };
  } catch (error) {
    return { type: 'wrong', sentence: sentenceOf(error as Error) };
  }
}

function whole(name: string, text: string, range: { min: number; max: number }): number {
  const value = Number(text);
  const { min, max } = range;
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Wrong(`${name} is "${text}"; expected a whole number from ${min} to ${max}`);
}

function addressOf(text: string): { host: string; port: number } {
  const match = /^(?:(.+):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2] ?? 0);
  if (match && port > 0 && port < 65_536) return { host: match[1] ?? '127.0.0.1', port };
  throw new Wrong(`--attach is "${text}"; expected HOST:PORT, as 127.0.0.1:7001`);
}

function logOf(text: string): [number, string] {
  const match = /^(\d{1,5})=(.+)$/.exec(text);
  if (match) return [Number(match[1]), match[2]!];
  throw new Wrong(`--log is "${text}"; expected PORT=FILE, as 7001=/var/log/redis/7001.log`);
}

/** parseArgs names what it does not know; the nearest that it does is a kindness. */
function sentenceOf(error: Error): string {
  const unknown = /'(?:-*)([^'\s]+?)'/.exec(error.message)?.[1];
  if (error instanceof Wrong || unknown === undefined) return `${error.message}.`;
  if ('code' in error && error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    return `"${unknown}" is no option; options begin with --, as --masters 3. --help lists them.`;
  }
  const nearest = nearestWord(unknown, Object.keys(OPTIONS));
  const hint = nearest === null ? '' : ` Did you mean --${nearest}?`;
  return `${error.message.replace(/\.?( To specify.*)?$/s, '.')}${hint}`;
}
