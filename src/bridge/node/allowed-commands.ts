/** What may be said to a node through the bridge. */
import { nearestWord } from '../../lesson/nearest-word';
import { Refusal } from './complaint';

/** By first word: which second words, or null for any. */
export type AllowedCommands = Readonly<Record<string, readonly string[] | null>>;

const CLUSTER_READS = [
  ...['NODES', 'INFO', 'SLOTS', 'SHARDS', 'LINKS', 'MYID', 'REPLICAS', 'SLAVES', 'KEYSLOT'],
  ...['COUNTKEYSINSLOT', 'GETKEYSINSLOT', 'COUNT-FAILURE-REPORTS', 'HELP'],
];
const READS = withoutSubcommands(
  ...['GET', 'EXISTS', 'TYPE', 'STRLEN', 'MGET', 'TTL', 'PTTL', 'HGET', 'HGETALL', 'SMEMBERS'],
  ...['LRANGE', 'ZRANGE', 'PING', 'ECHO', 'TIME', 'INFO', 'ROLE', 'DBSIZE'],
  ...['READONLY', 'READWRITE'],
);

/** To a cluster that is somebody's: looking, nothing else. */
export const READING_COMMANDS: AllowedCommands = { CLUSTER: CLUSTER_READS, ...READS };

/**
 * To processes of the bridge's own. Nothing here stops, blocks or configures a process, runs a
 * script or touches a file: CONFIG, DEBUG, EVAL, MODULE, SHUTDOWN, FLUSHALL, SUBSCRIBE, MONITOR,
 * BLPOP, WAIT and KEYS stay out.
 */
export const OWN_COMMANDS: AllowedCommands = {
  CLUSTER: [
    ...CLUSTER_READS,
    ...['FAILOVER', 'MEET', 'FORGET', 'REPLICATE', 'RESET', 'SETSLOT', 'ADDSLOTS'],
    ...['ADDSLOTSRANGE', 'DELSLOTS', 'DELSLOTSRANGE', 'BUMPEPOCH', 'SET-CONFIG-EPOCH'],
    'SAVECONFIG',
  ],
  ...READS,
  ...withoutSubcommands(
    ...['SET', 'DEL', 'INCR', 'DECR', 'APPEND', 'MSET', 'EXPIRE', 'PERSIST', 'HSET', 'SADD'],
    ...['LPUSH', 'RPUSH', 'ZADD', 'PUBLISH', 'SPUBLISH'],
  ),
};

function withoutSubcommands(...words: string[]): Record<string, null> {
  return Object.fromEntries(words.map((word) => [word, null]));
}

/** As `GET` and `CLUSTER NODES`. */
export function namesOf(allowed: AllowedCommands): string[] {
  return Object.entries(allowed).flatMap(
    ([word, subcommands]) => subcommands?.map((sub) => `${word} ${sub}`) ?? [word],
  );
}

const MOST_SHOWN = 60;

/** Throws a Refusal that names what is allowed, unless this command is. */
export function checkAllowed(argv: readonly string[], allowed: AllowedCommands): void {
  const [word, sub] = argv.map((one) => one.toUpperCase());
  const subcommands = Object.hasOwn(allowed, word!) ? allowed[word!] : undefined;
  if (subcommands === null || (subcommands && sub !== undefined && subcommands.includes(sub))) {
    return;
  }
  const said = subcommands ? [word, sub ?? ''].join(' ').trim() : word!;
  const nearest = nearestWord(said.slice(0, MOST_SHOWN), namesOf(allowed));
  const hint = nearest === null ? '' : ` Nearest: ${nearest}.`;
  const list = subcommands
    ? `after ${word}: ${subcommands.join(', ')}`
    : `are ${Object.keys(allowed).join(', ')}`;
  throw new Refusal(
    'refused',
    `${said.slice(0, MOST_SHOWN)} is not allowed here. Allowed ${list}.${hint}`,
  );
}
