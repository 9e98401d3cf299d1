import { expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import {
  connectionOf,
  idOf,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
  NOW_MS,
} from '../fixtures/node-fixture';
import { processPacket } from '../messages/packet';
import { printReply } from '../reply';
import { processCommand } from './process-command';
import recorded from './recorded-open-slot.json';

/** The lower half of the slots is 8901's, the upper 8902's. */
function half(name: string): ClusterState {
  const lower = withEntry(settledNode(name), '8901', { slots: [[0, 8191]] });
  const upper = withEntry(lower, '8902', { slots: [[8192, 16_383]] });
  return withEntry(upper, '8903', { slots: [] });
}

const [A, B] = [idOf('8901'), idOf('8902')];
const withIds = (text: string): string => text.replaceAll('AID', A).replaceAll('BID', B);

test('two nodes, slot 866 open between them: each answers what redis-server 7.0.15 answered', () => {
  const states: Record<string, ClusterState> = { A: half('8901'), B: half('8902') };
  for (const [line, reply] of recorded as [string, string][]) {
    const [at, ...words] = withIds(line).split(' ') as [string, ...string[]];
    const turn = turnOf(states[at]!, NOW_MS);
    const argv = words.map((word) => (word === '""' ? '' : word));
    const mine = processCommand(turn, { client: 'c1', command: 1, argv });
    states[at] = turn.state;
    expect(`${line}\n${printReply(mine!)}`).toBe(`${line}\n${withIds(reply)}`);
    // What 8902 tells everyone, 8901 hears.
    const connection = connectionOf('8902', '8901');
    for (const sent of sentIn(turn)) {
      if (at !== 'B' || sent.connection !== connection) continue;
      const hearing = turnOf(states['A']!, NOW_MS);
      processPacket(hearing, connection, sent.message);
      states['A'] = hearing.state;
    }
  }
});
