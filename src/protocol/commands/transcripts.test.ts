/** Replies of real redis-server processes, recorded, and what a simulated node says instead. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { DEFAULT_CONFIG } from '../config';
import { freshState } from '../fresh-state';
import { turnOf } from '../node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';

interface Exchange {
  readonly command: string;
  readonly reply: string;
}

function readTranscript(name: string): Exchange[] {
  const text = readFileSync(new URL(`./transcripts/${name}.txt`, import.meta.url), 'utf8');
  const exchanges: { command: string; lines: string[] }[] = [];
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('> ')) exchanges.push({ command: line.slice(2), lines: [] });
    else if (!line.startsWith('# ') || exchanges.length > 0) exchanges.at(-1)!.lines.push(line);
  }
  return exchanges.map(({ command, lines }) => ({ command, reply: lines.join('\n') }));
}

/** Words as redis-cli splits them: `""` is an empty one. */
const wordsOf = (command: string): string[] =>
  command.split(' ').map((word) => (word === '""' ? '' : word));

function answers(state: ClusterState, commands: readonly string[]): Exchange[] {
  let now = state;
  return commands.map((command, i) => {
    const turn = turnOf(now);
    const argv = wordsOf(command);
    const reply = processCommand(turn, { client: 'c1', command: i, argv });
    now = turn.state;
    const text = printReply(reply!)
      .replaceAll('\r', '')
      .replaceAll(now.myId, '<id>')
      .replaceAll(String(now.busPort), '<bus>')
      .replaceAll(String(now.port), '<port>');
    return { command, reply: text.trimEnd() };
  });
}

test('transcript: a node that knows nobody answers as redis-server did, to the byte', () => {
  const config = { ...DEFAULT_CONFIG, nodeTimeoutMs: 2_000 };
  const fresh = freshState({ name: '8907', seed: 1, config });
  const real = readTranscript('alone');
  expect(real.length).toBeGreaterThan(100);
  expect(
    answers(
      fresh,
      real.map(({ command }) => command),
    ),
  ).toEqual(real);
});
