import { expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { DEFAULT_CONFIG } from '../config';
import { freshState } from '../fresh-state';
import { turnOf } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';
import recorded from './recorded-replies.json';

/** A command nobody simulates; here it is wrong in a transaction for another reason. */
const UNKNOWN_HERE = 'LPUSH';
const fresh = freshState({ name: '8901', seed: 1, config: DEFAULT_CONFIG });
const alone: ClusterState = {
  ...fresh,
  state: 'ok',
  nodes: fresh.nodes.map((node) => ({ ...node, slots: [[0, 16_383]] })),
};

/** Quotes keep spaces, and an empty word, together. */
const words = (line: string): string[] =>
  line.match(/"[^"]*"|\S+/g)!.map((word) => word.replace(/^"|"$/g, ''));

test('commands: one after the other, each answers what redis-server 7.0.15 answered', () => {
  let state = alone;
  for (const [line, reply] of recorded as [string, string][]) {
    const turn = turnOf(state, 10_000);
    const argv = words(line.replaceAll('MYID', fresh.myId));
    const mine = processCommand(turn, { client: 'c1', command: 1, argv });
    state = turn.state;
    if (line === UNKNOWN_HERE) continue;
    expect(`${line}\n${printReply(mine!).replaceAll(fresh.myId, 'MYID')}`).toBe(
      `${line}\n${reply}`,
    );
  }
});
