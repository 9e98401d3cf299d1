/**
 * Conversations of the real redis-cli 7.0.15 with real nodes, recorded between the two: what it
 * sent, what it heard, what it printed. `<1>` stands for the id of node 1, whose port is 27101;
 * `0..9` for the numbers from 0 to 9; `=` for the same reply as the time before.
 */
import type { Reply } from '../protocol/reply';
import { cliStepper, newCli } from './redis-cli.machine';
import type { CliEffect, CliEvent } from './cli-state';

interface Exchange {
  readonly port: string;
  readonly argv: readonly string[];
  readonly reply: Reply;
}

export interface Transcript {
  readonly argv: readonly string[];
  readonly answers: readonly string[];
  /** Ports where nobody listened. */
  readonly refused: readonly string[];
  readonly talk: readonly Exchange[];
  readonly exitCode: number;
  readonly output: string;
}

const FIRST_PORT = 27_100;
const idOf = (digit: string): string => digit.repeat(40);

/** Reads a transcript; throws at a line it does not understand. */
export function readTranscript(text: string): Transcript {
  const lines = text.replace(/<(\d)>/g, (_, digit: string) => idOf(digit)).split('\n');
  const end = lines.findIndex((line) => line.startsWith('exit '));
  const head = (mark: string): string[] =>
    lines.slice(0, end).flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
  return {
    argv: wordsOf(head('$ redis-cli ')[0]!),
    answers: head('< '),
    refused: head('refused '),
    talk: readTalk(lines.slice(0, end)),
    exitCode: Number(lines[end]!.slice('exit '.length)),
    output: lines.slice(end + 1).join('\n'),
  };
}

function readTalk(lines: readonly string[]): Exchange[] {
  const talk: Exchange[] = [];
  const before = new Map<string, Reply>();
  for (let i = 0; i < lines.length; i++) {
    const [, node, command] = /^(\d)> (.*)$/.exec(lines[i]!) ?? [];
    if (node === undefined || command === undefined) continue;
    const reply: string[] = [];
    while (lines[i + 1]?.startsWith('  ')) reply.push(lines[++i]!.slice(2));
    const key = `${node} ${command}`;
    const heard = reply[0] === '=' ? before.get(key)! : readReply(reply);
    before.set(key, heard);
    talk.push({ port: String(FIRST_PORT + Number(node)), argv: wordsOf(command), reply: heard });
  }
  return talk;
}

function readReply(lines: readonly string[]): Reply {
  const [line = ''] = lines;
  const rest = line.slice(1);
  switch (line[0]) {
    case '+':
      return { type: 'status', text: rest };
    case '-':
      return { type: 'error', text: rest };
    case ':':
      return { type: 'integer', value: Number(rest) };
    case '|':
      return { type: 'bulk', text: lines.map((one) => one.slice(1)).join('\n') };
    case '{':
      return JSON.parse(line) as Reply;
    default:
      throw new Error(`"${line}" is no reply of a transcript`);
  }
}

function wordsOf(text: string): string[] {
  const words = text.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
  return words.flatMap((word) => {
    if (word.startsWith('"')) return [JSON.parse(word) as string];
    const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(word) ?? [];
    if (first === undefined) return [word];
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, i) => String(Number(first) + i));
  });
}

export interface Replayed {
  readonly talk: readonly string[];
  readonly output: string;
  readonly exitCode: number | null;
}

/** What our tool says and sends when it hears what the real one heard. */
export function replay(transcript: Transcript, seed: number): Replayed {
  const { argv, answers, refused } = transcript;
  const talk: string[] = [];
  let snapshot = cliStepper.start(newCli({ run: 1, seed, argv, answers }));
  let output = '';
  let heard = 0;
  const replyTo = ({ node, argv: sent }: Extract<CliEffect, { type: 'command' }>): Reply | null => {
    if (refused.includes(node)) {
      const text = `Could not connect to Redis at 127.0.0.1:${node}: Connection refused`;
      return { type: 'error', text };
    }
    talk.push(`${node} ${sent.join(' ')}`);
    const next = transcript.talk[heard++];
    return next && `${next.port} ${next.argv.join(' ')}` === talk.at(-1) ? next.reply : null;
  };
  const take = (effect: CliEffect, nowMs: number): CliEvent | null => {
    if (effect.type === 'note' && effect.note.event === 'cli') {
      output += effect.note.text + (effect.note.ends ? '\n' : '');
    }
    if (effect.type === 'timer') return { type: 'TIMER', nowMs: nowMs + effect.afterMs };
    const reply = effect.type === 'command' ? replyTo(effect) : null;
    if (effect.type !== 'command' || reply === null) return null;
    const { node, command } = effect;
    return { type: 'REPLY', nowMs: nowMs + 1, node, command, reply };
  };
  let event: CliEvent | null = { type: 'START', nowMs: 1 };
  while (event !== null) {
    const { nowMs }: CliEvent = event;
    const [next, effects] = cliStepper.step(snapshot, event);
    snapshot = next;
    event = effects.map((effect) => take(effect, nowMs)).find((one) => one !== null) ?? null;
  }
  return { talk, output, exitCode: snapshot.context.exitCode };
}
