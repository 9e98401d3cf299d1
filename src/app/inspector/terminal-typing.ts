/** What a line typed at the prompt means, and where the prompt stands. */
import type { Input } from '../../kernel/inputs';
import type { ActionError } from '../../lesson/action-error';
import { parseAction } from '../../lesson/actions';
import { VERBS } from '../../lesson/verbs';
import type { FrameClient } from '../../protocol/cluster-frame';
import type { RecordedNote } from '../../protocol/notes';
import { answersNothing, sentenceTyped } from '../doing/sentence-typed';

export interface Connection {
  readonly follow: boolean;
  /** The port. */
  readonly node: string;
}

export type Typed =
  | { readonly type: 'act'; readonly atMs: number | null; readonly input: Input }
  /** `redis-cli -c -p 8903` without a command. */
  | { readonly type: 'connect'; readonly follow: boolean; readonly node: string }
  | { readonly type: 'unknown-port'; readonly port: string }
  | { readonly type: 'not-here' }
  | { readonly type: 'nothing-asked' }
  | { readonly type: 'problem'; readonly error: ActionError };

const SESSION = /^redis-cli(?=(?:\s+-\S)|\s*$)((?:\s+(?:-c|-p\s+\d+|-h\s+\S+))*)\s*$/;

/** Reads a line; `asked`: redis-cli --cluster waits for an answer. */
export function readTyped(
  text: string,
  { follow, node }: Connection,
  { nodes, asked }: { readonly nodes: readonly string[]; readonly asked: boolean },
): Typed {
  const session = SESSION.exec(text.trim());
  if (session) {
    const port = /-p\s+(\d+)/.exec(session[1]!)?.[1] ?? nodes[0]!;
    if (!nodes.includes(port)) return { type: 'unknown-port', port };
    return { type: 'connect', follow: /-c\b/.test(session[1]!), node: port };
  }
  if (answersNothing(text, asked)) return { type: 'nothing-asked' };
  const sentence = isSentence(text, asked)
    ? sentenceTyped(text, asked)
    : `cli ${follow ? '-c ' : ''}${node} ${text.trim()}`;
  const parsed = parseAction(sentence, nodes);
  if (!parsed.ok) return { type: 'problem', error: parsed.error };
  const { atMs, action } = parsed.timed;
  return action.type === 'input'
    ? { type: 'act', atMs, input: action.input }
    : { type: 'not-here' };
}

/** A sentence of the lessons' language, a call of redis-cli, or an answer; else a command. */
function isSentence(text: string, asked: boolean): boolean {
  const words = text.trim().toLowerCase().split(/\s+/);
  // PING is a command of Redis, too; only the sentence names two nodes.
  if (words[0] === 'ping' && words.length !== 3) return asked;
  return asked || words[0] === 'at' || VERBS.some((verb) => verb === words[0]);
}

/** Where redis-cli is connected: with -c it stays where the last redirect led. */
export function connectedNode(
  notes: readonly RecordedNote[],
  untilStep: number,
  { follow, sinceStep, chosen }: { follow: boolean; sinceStep: number; chosen: string },
): string {
  if (!follow) return chosen;
  const last = notes.findLast(
    ({ event, step, ...rest }) =>
      event === 'command' && step <= untilStep && (rest as { client?: string }).client === 'c1',
  );
  return last?.event === 'command' && last.step > sinceStep ? last.node : chosen;
}

/** Keys that were spoken of, the newest first: the second word of a command about keys. */
export function keysSpokenOf(notes: readonly RecordedNote[], untilStep: number): string[] {
  const keys = new Set<string>();
  for (let i = notes.length - 1; i >= 0 && keys.size < 12; i--) {
    const note = notes[i]!;
    if (note.event !== 'command' || note.step > untilStep) continue;
    const [name = '', key] = note.text.split(' ');
    const isAboutKeys = /^(GET|SET|DEL|INCR|EXISTS|TTL|EXPIRE|TYPE|MGET|MSET|APPEND)$/i.test(name);
    if (isAboutKeys && key !== undefined) keys.add(key);
  }
  return [...keys];
}

/** The exchanges of the last command typed, redirects included. */
export function lastTalk(client: FrameClient): FrameClient['exchanges'] {
  const { exchanges } = client;
  const begins = exchanges.findLastIndex(
    ({ direction }, i) =>
      direction === 'command' &&
      (exchanges[i - 1]?.redirect ?? null) === null &&
      !isAfterAsking(exchanges, i),
  );
  return exchanges.slice(Math.max(0, begins));
}

/** The command that follows ASKING belongs to what came before it. */
function isAfterAsking(exchanges: FrameClient['exchanges'], index: number): boolean {
  return exchanges
    .slice(Math.max(0, index - 2), index)
    .some(({ direction, text }) => direction === 'command' && text === 'ASKING');
}
