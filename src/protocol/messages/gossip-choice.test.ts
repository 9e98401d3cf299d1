import { describe, expect, test } from 'vitest';
import { blankNode, type ClusterState } from '../cluster-state';
import { HANDSHAKE, MASTER, NOADDR, PFAIL } from '../flags';
import { chooseGossip } from './gossip-choice';
import {
  NOW_MS,
  flagged,
  idOf,
  settledNode,
  turnOf,
  withEntry,
  knowing,
} from '../fixtures/node-fixture';
import { tableOf, wholeEntries } from '../whole-entries';
import { EMPTY_BUFFER } from './send-buffer';

/** 8901 among `count` nodes, all linked, all masters without slots. */
function crowd(count: number): ClusterState {
  const state = settledNode('8901');
  const others = Array.from({ length: count - 1 }, (_, i) => {
    const port = 8902 + i;
    const entry = { id: idOf(String(port)), flags: MASTER, createdMs: 0, port, busPort: port };
    const link = {
      connection: `8901#${port}`,
      createdMs: 0,
      connected: true,
      buffer: EMPTY_BUFFER,
    };
    return { ...blankNode(entry), link };
  });
  const [me] = wholeEntries(state);
  return knowing({ ...state, ...tableOf([me!]) }, others);
}

/** The most entries seen over many messages. */
function mostChosen(state: ClusterState): number {
  const counts = Array.from(
    { length: 200 },
    (_, i) => chooseGossip(turnOf(state, NOW_MS + i), 8902).length,
  );
  return Math.max(...counts);
}

describe('gossip: how many nodes a message tells about', () => {
  test.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 2],
    [5, 3],
    [6, 3],
    [20, 3],
    [39, 3],
    [40, 4],
    [100, 10],
  ])('%i known nodes: at most %i', (known, most) => {
    expect(mostChosen(crowd(known))).toBe(most);
  });

  test('draws with replacement, three for each wanted: now and then fewer', () => {
    const state = crowd(6);
    const counts = new Set(
      Array.from({ length: 300 }, (_, i) => chooseGossip(turnOf(state, i), 8902).length),
    );
    expect([...counts].some((count) => count < 3)).toBe(true);
  });
});

describe('gossip: which nodes', () => {
  const chosenOver = (state: ClusterState, to = 8902): Set<string> => {
    const seen = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const entries = chooseGossip(turnOf(state, NOW_MS + i), to);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
      for (const { port } of entries) seen.add(String(port));
    }
    return seen;
  };
  const settled = settledNode('8901');

  test('never myself, but the receiver may be told about itself (7.0)', () => {
    expect(chosenOver(settled)).toEqual(new Set(['8902', '8903', '8904', '8905', '8906']));
  });

  test.each([
    ['in handshake', flagged(settled, '8905', HANDSHAKE)],
    ['without an address', flagged(settled, '8905', NOADDR)],
    ['without a link and without slots', withEntry(settled, '8905', { link: null })],
  ])('not a node %s', (_, state) => {
    expect(chosenOver(state).has('8905')).toBe(false);
  });

  test('a master with slots even if its link is down', () => {
    expect(chosenOver(withEntry(settled, '8903', { link: null })).has('8903')).toBe(true);
  });

  test('every suspect the last tick counted rides along, once, at the end', () => {
    const state = { ...flagged(flagged(settled, '8902', PFAIL), '8903', PFAIL), pfailNodes: 2 };
    for (let i = 0; i < 50; i++) {
      const ports = chooseGossip(turnOf(state, NOW_MS + i), 8904).map(({ port }) => port);
      expect(ports.slice(-2)).toEqual([8902, 8903]);
      expect(ports.filter((port) => port === 8902)).toHaveLength(1);
    }
  });

  test('a suspect younger than the last tick waits for the next', () => {
    const state = { ...flagged(settled, '8902', PFAIL), pfailNodes: 0 };
    expect(chosenOver(state).has('8902')).toBe(false);
  });
});

test('gossip: times travel as whole seconds', () => {
  const state = {
    ...flagged(settledNode('8901'), '8902', PFAIL),
    pfailNodes: 1,
  };
  const timed = withEntry(state, '8902', { pingSentMs: 92_999, pongReceivedMs: 91_001 });
  expect(chooseGossip(turnOf(timed), 8903).at(-1)).toMatchObject({
    pingSentSecondMs: 92_000,
    pongReceivedSecondMs: 91_000,
    flags: timed.nodes[1]!.flags,
  });
});
