/** What may be said to a node through the bridge: reading, failing over, and keys of one's own. */
import { nearestWord } from '../../lesson/nearest-word';
import { Refusal } from './complaint';

/**
 * Nothing here stops, blocks or reconfigures a process, runs a script, or touches a file: CONFIG,
 * DEBUG, EVAL, MODULE, SHUTDOWN, FLUSHALL, SUBSCRIBE, MONITOR, BLPOP, WAIT and KEYS stay out.
 */
const ALLOWED: Readonly<Record<string, readonly string[] | null>> = {
  CLUSTER: [
    ...['NODES', 'INFO', 'SLOTS', 'SHARDS', 'LINKS', 'MYID', 'REPLICAS', 'SLAVES', 'KEYSLOT'],
    ...['COUNTKEYSINSLOT', 'GETKEYSINSLOT', 'COUNT-FAILURE-REPORTS', 'FAILOVER', 'HELP'],
    ...['MEET', 'FORGET', 'REPLICATE', 'RESET', 'SETSLOT', 'ADDSLOTS', 'ADDSLOTSRANGE'],
    ...['DELSLOTS', 'DELSLOTSRANGE', 'BUMPEPOCH', 'SET-CONFIG-EPOCH', 'SAVECONFIG'],
  ],
  ...withoutSubcommands(
    ...['GET', 'SET', 'DEL', 'EXISTS', 'TYPE', 'INCR', 'DECR', 'APPEND', 'STRLEN', 'MGET', 'MSET'],
    ...['EXPIRE', 'TTL', 'PTTL', 'PERSIST', 'HSET', 'HGET', 'HGETALL', 'SADD', 'SMEMBERS'],
    ...['LPUSH', 'RPUSH', 'LRANGE', 'ZADD', 'ZRANGE', 'PUBLISH', 'SPUBLISH'],
    ...['PING', 'ECHO', 'TIME', 'INFO', 'ROLE', 'DBSIZE', 'READONLY', 'READWRITE'],
  ),
  COMMAND: ['COUNT', 'DOCS', 'INFO', 'GETKEYS'],
};

function withoutSubcommands(...words: string[]): Record<string, null> {
  return Object.fromEntries(words.map((word) => [word, null]));
}

/** As `GET` and `CLUSTER NODES`. */
export const ALLOWED_COMMANDS: readonly string[] = Object.entries(ALLOWED).flatMap(
  ([word, subcommands]) => subcommands?.map((sub) => `${word} ${sub}`) ?? [word],
);

/** Throws a Refusal that names what is allowed, unless this command is. */
export function checkAllowed(argv: readonly string[]): void {
  const [word, sub] = argv.map((one) => one.toUpperCase());
  const subcommands = Object.hasOwn(ALLOWED, word!) ? ALLOWED[word!] : undefined;
  if (subcommands === null || (subcommands && sub !== undefined && subcommands.includes(sub))) {
    return;
  }
  const said = subcommands ? [word, sub ?? ''].join(' ').trim() : word!;
  const nearest = nearestWord(said, ALLOWED_COMMANDS);
  const hint = nearest === null ? '' : ` Nearest: ${nearest}.`;
  const list = subcommands ? `after ${word}: ${subcommands.join(', ')}` : words();
  throw new Refusal(
    'refused',
    `${said.slice(0, MOST_SHOWN)} is not allowed here. Allowed ${list}.${hint}`,
  );
}

const MOST_SHOWN = 60;
const words = (): string => `are ${Object.keys(ALLOWED).join(', ')}`;
