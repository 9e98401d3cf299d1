/**
 * DUMP and RESTORE; RESTORE-ASKING is what MIGRATE sends.
 * Source: dumpCommand, restoreCommand, src/cluster.c.
 */
import { CLOCK_ORIGIN_MS } from '../config';
import { lookupKey, write } from '../slots/database';
import { PayloadError, dumpPayload, loadPayload } from '../slots/dump-payload';
import { NIL, OK, err, type Reply } from '../reply';
import type { Turn } from '../turn';
import {
  NOT_AN_INTEGER,
  firstKey,
  parseInteger,
  type CommandCall,
  type Commands,
  type CommandSpec,
} from './command';

const restores = (name: string): CommandSpec => ({
  arity: -4,
  isWrite: true,
  keys: firstKey,
  run: (turn, call) => restore(turn, name, call),
});

export const DUMP_COMMANDS: Commands = {
  DUMP: {
    arity: 2,
    isWrite: false,
    keys: firstKey,
    run: (turn, { args: [key] }) => {
      const stored = lookupKey(turn, key!);
      return stored ? { type: 'bulk', text: dumpPayload(stored.value) } : NIL;
    },
  },
  RESTORE: restores('RESTORE'),
  'RESTORE-ASKING': { ...restores('RESTORE-ASKING'), needsNoAsking: true },
};

interface RestoreOptions {
  readonly replace: boolean;
  readonly absttl: boolean;
}

function restore(turn: Turn, name: string, { args }: CommandCall): Reply {
  const [key, ttlText, payload, ...rest] = args as [string, string, string, ...string[]];
  const options = parseOptions(rest);
  if ('type' in options) return options;
  const { replace, absttl } = options;
  if (!replace && lookupKey(turn, key)) {
    return { type: 'error', text: 'BUSYKEY Target key name already exists.' };
  }
  const ttl = parseInteger(ttlText);
  if (ttl === null) return NOT_AN_INTEGER;
  if (ttl < 0n) return err('Invalid TTL value, must be >= 0');
  const problem = payloadProblem(payload);
  if (problem) return problem;
  const unixNowMs = CLOCK_ORIGIN_MS + turn.nowMs;
  const unixMs = ttl === 0n ? 0 : Number(ttl) + (absttl ? 0 : unixNowMs);
  if (unixMs !== 0 && unixMs <= unixNowMs) {
    if (replace && lookupKey(turn, key)) write(turn, ['DEL', key]);
    return OK;
  }
  const words = [...rest, ...(unixMs !== 0 && !absttl ? ['ABSTTL'] : [])];
  write(turn, [name, key, String(unixMs), payload, ...words]);
  return OK;
}

/** IDLETIME and FREQ are read and mean nothing here: nothing is ever evicted. */
function parseOptions(rest: readonly string[]): RestoreOptions | Reply {
  const words: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!.toUpperCase();
    const isNumbered = word === 'IDLETIME' || word === 'FREQ';
    const other = word === 'FREQ' ? 'IDLETIME' : 'FREQ';
    if (isNumbered && rest[i + 1] !== undefined && !words.includes(other)) {
      const number = parseInteger(rest[++i]!);
      if (number === null) return NOT_AN_INTEGER;
      if (word === 'FREQ' && (number < 0n || number > 255n)) {
        return err('Invalid FREQ value, must be >= 0 and <= 255');
      }
      if (number < 0n) return err('Invalid IDLETIME value, must be >= 0');
    } else if (word !== 'REPLACE' && word !== 'ABSTTL') return err('syntax error');
    words.push(word);
  }
  return { replace: words.includes('REPLACE'), absttl: words.includes('ABSTTL') };
}

function payloadProblem(payload: string): Reply | null {
  try {
    loadPayload(payload);
    return null;
  } catch (error) {
    if (error instanceof PayloadError) return err(error.message);
    throw error;
  }
}
