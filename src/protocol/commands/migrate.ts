/**
 * MIGRATE: the words of the command; the work is in migration.ts.
 * Source: migrateCommand, src/cluster.c; migrateGetKeys, src/db.c.
 * Simplified: no node has a password, so AUTH and AUTH2 are read and left out.
 */
import { lookupKey } from '../slots/database';
import { startMigration } from '../slots/migration';
import { err, type Reply } from '../reply';
import { NOT_AN_INTEGER, parseInteger, type CommandCall, type CommandSpec } from './command';
import type { Turn } from '../turn';

/** What a timeout of zero or less stands for. */
const DEFAULT_TIMEOUT_MS = 1_000;

export const MIGRATE_COMMAND: CommandSpec = {
  arity: -6,
  isWrite: true,
  keys: (args) => {
    const options = parseOptions(args.slice(5), args[2]!);
    return 'type' in options ? [args[2]!] : options.keys;
  },
  run: migrate,
};

interface MigrateOptions {
  readonly copy: boolean;
  readonly replace: boolean;
  readonly keys: readonly string[];
}

function migrate(turn: Turn, { args, client, command }: CommandCall): Reply | null {
  const [host, port, key, database, timeout, ...rest] = args as [
    string,
    string,
    string,
    string,
    string,
    ...string[],
  ];
  const options = parseOptions(rest, key);
  if ('type' in options) return options;
  const timeoutMs = parseInteger(timeout);
  const databaseNumber = parseInteger(database);
  if (timeoutMs === null || databaseNumber === null) return NOT_AN_INTEGER;
  const keys = options.keys.filter((one) => lookupKey(turn, one));
  if (keys.length === 0) return { type: 'status', text: 'NOKEY' };
  startMigration(turn, {
    client,
    command,
    host,
    port,
    keys,
    database: Number(databaseNumber),
    timeoutMs: timeoutMs > 0n ? Number(timeoutMs) : DEFAULT_TIMEOUT_MS,
    copy: options.copy,
    replace: options.replace,
  });
  return null;
}

/** COPY, REPLACE and the like; everything after KEYS is a key. */
function parseOptions(rest: readonly string[], key: string): MigrateOptions | Reply {
  let [copy, replace] = [false, false];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!.toUpperCase();
    const left = rest.length - 1 - i;
    if (word === 'COPY') copy = true;
    else if (word === 'REPLACE') replace = true;
    else if (word === 'AUTH' && left >= 1) i += 1;
    else if (word === 'AUTH2' && left >= 2) i += 2;
    else if (word === 'KEYS') {
      if (key === '') return { copy, replace, keys: rest.slice(i + 1) };
      return err(
        'When using MIGRATE KEYS option, the key argument must be set to the empty string',
      );
    } else return err('syntax error');
  }
  return { copy, replace, keys: [key] };
}
