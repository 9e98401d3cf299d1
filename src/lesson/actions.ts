/**
 * The sentences of lessons, of the sandbox's command line and of `npm run sim -- --do`:
 * `at 10s kill 8901`, `cut 8901>8902`, `cli -c SET name zhangsan`, `run until …`,
 * `redis-cli --cluster check 127.0.0.1:8901`.
 */
import type { Input } from '../kernel/inputs';
import type { ActionError } from './action-error';
import { quoteWord, splitWords, type Word } from './command-words';
import {
  MESSAGE_EXAMPLE,
  isOfMessage,
  printMessageDeed,
  readMessageDeed,
} from './message-sentence';
import { printPartition, readPartition } from './partition-sentence';
import { printRedisCli, readRedisCli } from './redis-cli-sentence';
import { SentenceError, SentenceReader } from './sentence-reader';
import { printDuration } from './sentence-units';
import { VERBS, type Verb } from './verbs';
import { printWrite, readWrite } from './write-sentence';

export { VERBS, verbOf, type Verb } from './verbs';

export type Action =
  | ({ readonly type: 'input'; readonly input: Input } & Unseen)
  | ({ readonly type: 'run-for'; readonly durationMs: number } & Unseen)
  | ({ readonly type: 'run-until'; readonly condition: string; readonly withinMs: number } & Unseen)
  | { readonly type: 'see'; readonly as: string };

/** `skip` goes where `run` would, at once: what lies between is in the history, not on the stage. */
interface Unseen {
  readonly unseen?: true;
}

export interface TimedAction {
  /** Virtual time to act at; null means now. */
  readonly atMs: number | null;
  readonly action: Action;
}

export type ParsedAction =
  | { readonly ok: true; readonly timed: TimedAction }
  | { readonly ok: false; readonly error: ActionError };

const LESSON_WORDS = ['run', 'skip', 'see'] as const;
const DEFAULT_WITHIN_MS = 60_000;

/**
 * Reads one sentence. `nodes` are the names of the scene, if they are known; a condition after
 * `run until` is taken as it stands and is not checked here. Never throws.
 */
export function parseAction(text: string, nodes: readonly string[] | null = null): ParsedAction {
  const words = splitCondition(text);
  if ('error' in words) return { ok: false, error: words.error };
  const reader = new SentenceReader(words.words, text.length, nodes);
  try {
    const atMs = reader.take('at') ? reader.duration() : null;
    const action = readAction(reader, words.condition);
    reader.end();
    return { ok: true, timed: { atMs, action } };
  } catch (error) {
    if (error instanceof SentenceError) return { ok: false, error: error.about };
    throw error;
  }
}

/** The sentence that makes `input`. */
export function printInput(input: Input): string {
  switch (input.type) {
    case 'freeze':
    case 'wake':
    case 'kill':
    case 'restart':
      return `${input.type} ${input.node}`;
    case 'cut':
    case 'hold':
    case 'heal':
    case 'release':
      return `${input.type} ${printLink(input)}`;
    case 'heal-all':
      return 'heal all';
    case 'delay':
      return `delay ${printLink(input)} ${printDuration(input.addMs)}`;
    case 'drop':
      return printDrop(input);
    case 'drop-message':
    case 'hold-message':
    case 'release-message':
    case 'delay-message':
    case 'duplicate-message':
      return printMessageDeed(input);
    case 'partition':
      return printPartition(input);
    case 'ping':
      return `ping ${input.node} ${input.to}`;
    case 'start':
      return `start ${input.node}`;
    case 'open':
      return `open ${input.first}${input.last === input.first ? '' : `-${input.last}`}`;
    case 'write':
      return printWrite(input);
    case 'command':
      return printCommand(input);
    case 'redis-cli':
      return printRedisCli(input);
    case 'answer':
      return `answer ${quoteWord(input.text)}`;
    case 'interrupt':
      return 'interrupt';
  }
}

export { printDuration };

/** The sentence that makes a timed action. */
export function printAction({ atMs, action }: TimedAction): string {
  const prefix = atMs === null ? '' : `at ${printDuration(atMs)} `;
  switch (action.type) {
    case 'input':
      return prefix + printInput(action.input);
    case 'run-for':
      return `${prefix}${runWord(action)} for ${printDuration(action.durationMs)}`;
    case 'run-until':
      return `${prefix}${runWord(action)} until ${action.condition} within ${printDuration(action.withinMs)}`;
    case 'see':
      return `${prefix}see as ${action.as}`;
  }
}

const runWord = ({ unseen }: Unseen): string => (unseen ? 'skip' : 'run');

type Split =
  | { readonly words: readonly Word[]; readonly condition: string | null }
  | { readonly error: ActionError };

/** A condition is not made of words: what follows `until` is cut off before splitting. */
function splitCondition(text: string): Split {
  const head = /^\s*(?:at\s+\S+\s+)?(?:run|skip)\s+until(?=\s|$)/i.exec(text)?.[0] ?? text;
  const rest = text.slice(head.length).trim();
  const words = splitWords(head);
  if ('column' in words) {
    const error = { found: null, column: words.column, nearest: null, allowed: [] };
    return { error: { ...error, expected: 'quote' } };
  }
  return { words, condition: head === text ? null : rest };
}

function readAction(reader: SentenceReader, condition: string | null): Action {
  const word = reader.oneOf('action', [...VERBS, ...LESSON_WORDS]);
  if (word === 'run') return readRun(reader, condition);
  if (word === 'skip') return { ...readRun(reader, condition), unseen: true };
  if (word === 'see') {
    reader.oneOf('view', ['as']);
    return { type: 'see', as: reader.view() };
  }
  return { type: 'input', input: readInput(reader, word) };
}

type Run = Extract<Action, { type: 'run-for' | 'run-until' }>;

function readRun(reader: SentenceReader, condition: string | null): Run {
  if (reader.oneOf('action', ['for', 'until']) === 'for') {
    return { type: 'run-for', durationMs: reader.duration() };
  }
  const within = /^(.*?)\s+within\s+(\d+(?:\.\d+)?m?s)$/s.exec(condition ?? '');
  const text = within ? within[1]! : (condition ?? '');
  if (text === '') reader.missing('condition', ['seen(fail(any, 8901))']);
  const withinMs = within ? reader.durationIn(within[2]!) : DEFAULT_WITHIN_MS;
  return { type: 'run-until', condition: text, withinMs };
}

function readInput(reader: SentenceReader, verb: Verb): Input {
  switch (verb) {
    case 'freeze':
    case 'wake':
    case 'kill':
    case 'restart':
      return { type: verb, node: reader.node() };
    case 'heal':
      if (reader.take('all')) return { type: 'heal-all' };
      return { type: verb, ...reader.link(['all']) };
    case 'cut':
      return { type: verb, ...reader.link() };
    case 'hold':
    case 'release':
      if (isOfMessage(reader)) return readMessageDeed(reader, verb);
      return { type: verb, ...reader.link([MESSAGE_EXAMPLE]) };
    case 'delay':
      if (isOfMessage(reader)) return readMessageDeed(reader, verb);
      return { type: verb, ...reader.link([MESSAGE_EXAMPLE]), addMs: reader.duration() };
    case 'drop':
      return isOfMessage(reader) ? readMessageDeed(reader, verb) : readDrop(reader);
    case 'duplicate':
      reader.oneOf('one-message', ['message']);
      return readMessageDeed(reader, verb);
    case 'partition':
      return readPartition(reader);
    case 'ping':
      return { type: 'ping', node: reader.node(), to: reader.node() };
    case 'start':
      return { type: 'start', node: reader.newNode() };
    case 'open':
      return { type: 'open', ...reader.ports() };
    case 'write':
      return readWrite(reader);
    case 'cli':
      return readCommand(reader);
    case 'redis-cli':
      return readRedisCli(reader);
    case 'answer':
      return { type: 'answer', text: reader.command().join(' ') };
    case 'interrupt':
      return { type: 'interrupt' };
  }
}

function readDrop(reader: SentenceReader): Input {
  const { from, to } = reader.direction([MESSAGE_EXAMPLE]);
  const count = reader.count();
  return { type: 'drop', from, to, count, messageType: reader.messageType() };
}

function readCommand(reader: SentenceReader): Input {
  const follow = reader.take('-c');
  const client = reader.take('as') ? reader.client() : 'c1';
  const node = follow ? reader.nodeIfAny() : reader.node();
  return { type: 'command', client, node, argv: reader.command(), follow };
}

function printLink(link: { from: string; to: string; oneWay: boolean }): string {
  return `${link.from}${link.oneWay ? '>' : '-'}${link.to}`;
}

function printDrop(input: Extract<Input, { type: 'drop' }>): string {
  const count = input.count === 1 ? '' : ` ${input.count}`;
  const type = input.messageType === null ? '' : ` ${input.messageType}`;
  return `drop ${input.from}>${input.to}${count}${type}`;
}

function printCommand(input: Extract<Input, { type: 'command' }>): string {
  const options = [
    ...(input.follow ? ['-c'] : []),
    ...(input.client === 'c1' ? [] : ['as', input.client]),
    ...(input.node === null ? [] : [input.node]),
  ];
  // Quotes keep a first word that looks like an option or a node from being read as one.
  const first = input.argv[0] ?? '';
  const words = input.argv.map((word, i) =>
    quoteWord(word, i === 0 && /^(as|-c|\d+)$/i.test(first)),
  );
  return ['cli', ...options, ...words].join(' ');
}
