/**
 * `redis-cli --cluster reshard 127.0.0.1:8901 --cluster-slots 10 < yes`: the words of the tool, then
 * what is typed ahead. `@8901` stands for the id of a node.
 */
import type { Input } from '../kernel/inputs';
import { CLI_FLAGS, CLI_VALUES, CLI_WEIGHT, SUBCOMMANDS } from '../redis-cli/options';
import { actionError } from './action-error';
import { quoteWord, type Word } from './command-words';
import { SentenceError, type SentenceReader } from './sentence-reader';

type RedisCli = Extract<Input, { type: 'redis-cli' }>;

const OPTIONS: readonly string[] = [...CLI_FLAGS, ...CLI_VALUES, CLI_WEIGHT].sort();
const NAMES = SUBCOMMANDS.map(({ name }) => name);
const TYPED_AHEAD = '<';

/** Reads what follows `redis-cli`. Options are checked here; the rest is for the tool to judge. */
export function readRedisCli(reader: SentenceReader): RedisCli {
  reader.oneOf('option', ['--cluster']);
  const command = reader.oneOf('subcommand', NAMES);
  const words = reader.remaining();
  const end = words.findIndex((word) => !word.quoted && word.text === TYPED_AHEAD);
  const args = end === -1 ? words : words.slice(0, end);
  const answers = end === -1 ? [] : words.slice(end + 1);
  args.forEach(checkOption);
  return {
    type: 'redis-cli',
    argv: ['--cluster', command, ...args.map(({ text }) => text)],
    answers: answers.map(({ text }) => text),
  };
}

function checkOption(word: Word): void {
  if (word.quoted || !word.text.startsWith('-') || OPTIONS.includes(word.text)) return;
  throw new SentenceError(actionError(word, 'option', OPTIONS));
}

/** The sentence that makes the input. */
export function printRedisCli({ argv, answers }: RedisCli): string {
  const words = argv.map((word, i) => quoteWord(word, i > 1 && looksSpecial(word)));
  const ahead = answers.map((word) => quoteWord(word));
  return ['redis-cli', ...words, ...(ahead.length > 0 ? [TYPED_AHEAD, ...ahead] : [])].join(' ');
}

const looksSpecial = (word: string): boolean =>
  word === TYPED_AHEAD || (word.startsWith('-') && !OPTIONS.includes(word));
