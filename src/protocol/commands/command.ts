/**
 * The command table: name, arity, keys, and what it does.
 * Source: processCommand, src/server.c; src/commands/*.json.
 */
import type { Reply } from '../reply';
import type { Turn } from '../turn';

export interface CommandCall {
  /** The words after the command's name. */
  readonly args: readonly string[];
  readonly client: string;
  /** The number of this command, for a reply that comes later. */
  readonly command: number;
}

export interface CommandSpec {
  /** Redis arity: the exact number of words, or minus the least number. */
  readonly arity: number;
  readonly isWrite: boolean;
  /** Not a write, but it waits like one (CMD_MAY_REPLICATE): PUBLISH, SPUBLISH. */
  readonly mayReplicate?: boolean;
  readonly keys: (args: readonly string[]) => readonly string[];
  /** Null: the reply comes later, as an effect. */
  readonly run: (turn: Turn, call: CommandCall) => Reply | null;
}

/** Whether `words` words (the name included) fit `arity`. */
export function arityFits(arity: number, words: number): boolean {
  return arity >= 0 ? words === arity : words >= -arity;
}
