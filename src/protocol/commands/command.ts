/**
 * What the command table says about a command: name, arity, flags, keys, and what it does.
 * Source: redisCommand, src/server.h; src/commands/*.json.
 */
import { SLOT_COUNT, type Slot } from '../ids';
import { err, type Reply } from '../reply';
import type { Turn } from '../turn';

export interface CommandCall {
  /** The words after the command's name. */
  readonly args: readonly string[];
  /** A client's name, or the connection of another process. */
  readonly client: string;
  /** The number of this command, for a reply that comes later. */
  readonly command: number;
}

export interface CommandSpec {
  /** Redis arity: the exact number of words, or minus the least number. */
  readonly arity: number;
  /** CMD_WRITE. */
  readonly isWrite: boolean;
  /** Not a write, but it waits like one (CMD_MAY_REPLICATE): PUBLISH, SPUBLISH. */
  readonly mayReplicate?: boolean;
  /** CMD_ASKING: served in an importing slot without ASKING. RESTORE-ASKING. */
  readonly needsNoAsking?: boolean;
  /** Its keys are shard channels: SSUBSCRIBE, SUNSUBSCRIBE, SPUBLISH. */
  readonly isShardChannel?: boolean;
  /** Allowed on a connection that listens to channels. */
  readonly isForSubscribers?: boolean;
  /** It has subcommands. */
  readonly isContainer?: boolean;
  /** Their names in capitals. */
  readonly subcommands?: readonly string[];
  /** Runs at once inside a transaction, too: EXEC, DISCARD, MULTI. */
  readonly isNeverQueued?: boolean;
  readonly keys: (args: readonly string[]) => readonly string[];
  /** What is wrong with the words before anything else is looked at: an unknown subcommand. */
  readonly check?: (args: readonly string[]) => Reply | null;
  /** Null: the reply comes later, as an effect. */
  readonly run: (turn: Turn, call: CommandCall) => Reply | null;
}

/** A command of the table, or the error that there is none like it. */
export type Lookup =
  { readonly spec: CommandSpec; readonly error: null } | { readonly error: Reply };

/** Part of the command table, by name in capitals. */
export type Commands = Readonly<Record<string, CommandSpec>>;

export const noKeys = (): readonly string[] => [];
export const firstKey = (args: readonly string[]): readonly string[] => args.slice(0, 1);
export const everyKey = (args: readonly string[]): readonly string[] => args;
export const everyOther = (args: readonly string[]): readonly string[] =>
  args.filter((_, i) => i % 2 === 0);

/** Whether `words` words (the name included) fit `arity`. */
export function arityFits(arity: number, words: number): boolean {
  return arity >= 0 ? words === arity : words >= -arity;
}

export const NOT_AN_INTEGER = err('value is not an integer or out of range');

/** A signed 64-bit integer, or null. Source: string2ll, src/util.c. */
export function parseInteger(text: string): bigint | null {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : null;
}

/** A slot, or null: 0 to 16383. Source: getSlotOrReply, src/cluster.c. */
export function parseSlot(text: string): Slot | null {
  const slot = parseInteger(text);
  return slot !== null && slot >= 0n && slot < SLOT_COUNT ? Number(slot) : null;
}
