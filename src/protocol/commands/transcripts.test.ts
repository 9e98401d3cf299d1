/** Replies of real redis-server processes, recorded, and what a simulated node says instead. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blankNode, type ClusterState } from '../cluster-state';
import { CLOCK_ORIGIN_MS, DEFAULT_CONFIG } from '../config';
import { MYSELF } from '../flags';
import { freshState } from '../fresh-state';
import { turnOf } from '../fixtures/node-fixture';
import { parseClusterNodes, type NodesLine } from '../slots/nodes-text';
import { printReply } from '../reply';
import { processCommand } from './process-command';
import { EMPTY_BUFFER } from '../messages/send-buffer';
import { NO_SIGNS } from '../vitals';
import { tableOf, type WholeEntry } from '../whole-entries';

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

function answers(
  state: ClusterState,
  commands: readonly string[],
  rewrite: (text: string, state: ClusterState) => string,
): Exchange[] {
  let now = state;
  return commands.map((command, i) => {
    const turn = turnOf(now);
    const argv = wordsOf(command);
    const reply = processCommand(turn, { client: 'c1', command: i, argv });
    now = turn.state;
    return { command, reply: rewrite(printReply(reply!).replaceAll('\r', ''), now).trimEnd() };
  });
}

const anonymous = (text: string, { myId, port, busPort }: ClusterState): string =>
  text
    .replaceAll(myId, '<id>')
    .replaceAll(String(busPort), '<bus>')
    .replaceAll(String(port), '<port>');

test('transcript: a node that knows nobody answers as redis-server did, to the byte', () => {
  const config = { ...DEFAULT_CONFIG, nodeTimeoutMs: 2_000 };
  const fresh = freshState({ name: '8907', seed: 1, config });
  const real = readTranscript('alone');
  expect(real.length).toBeGreaterThan(100);
  const commands = real.map(({ command }) => command);
  expect(answers(fresh, commands, anonymous)).toEqual(real);
});

/** What a node believed when it printed this CLUSTER NODES; offsets by port. */
function stateOf(text: string, offsets: Readonly<Record<number, number>>): ClusterState {
  const lines = parseClusterNodes(text);
  const me = lines.find(({ flags }) => flags & MYSELF)!;
  const fresh = freshState({ name: String(me.port), seed: 1, config: DEFAULT_CONFIG });
  const offsetBytes = offsets[me.port]!;
  return {
    ...fresh,
    myId: me.id,
    ...tableOf(lines.map((line) => entryOf(line, offsets[line.port] ?? 0))),
    state: 'ok',
    replication: { ...fresh.replication, link: 'up', masterPort: 21_001, offsetBytes },
  };
}

function entryOf(line: NodesLine, offsetBytes: number): WholeEntry {
  const { pingSentUnixMs, pongReceivedUnixMs, hostname, masterId, slots, configEpoch } = line;
  const virtualMs = (unixMs: number): number => (unixMs === 0 ? 0 : unixMs - CLOCK_ORIGIN_MS);
  return {
    ...blankNode({ ...line, createdMs: 0 }),
    hostname,
    masterId,
    slots,
    configEpoch,
    ...NO_SIGNS,
    offsetBytes,
    pingSentMs: virtualMs(pingSentUnixMs),
    pongReceivedMs: virtualMs(pongReceivedUnixMs),
    link: line.connected
      ? { connection: 'x#1', createdMs: 0, connected: true, buffer: EMPTY_BUFFER }
      : null,
  };
}

test('transcript: a replica answers as redis-server did, to the byte', () => {
  const real = readTranscript('replica');
  const state = stateOf(real[0]!.reply, { 21_001: 1_521, 21_003: 1_521 });
  const commands = real.map(({ command }) => command);
  const plain = answers(state, commands, (text) => text);
  expect(plain).toEqual(real);
});
