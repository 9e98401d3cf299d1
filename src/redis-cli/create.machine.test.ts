import { describe, expect, test } from 'vitest';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE, type Scene } from '../kernel/scene';
import { createWorld } from '../kernel/world';
import type { Note } from '../protocol/notes';

function creating(scene: Partial<Scene>, untilMs = 8_000) {
  const notes: (Note & { readonly atMs: number })[] = [];
  const world = runUntilTime(createWorld({ ...DEFAULT_SCENE, ...scene }), untilMs, (record) => {
    for (const note of record.notes) notes.push({ ...note, atMs: record.atMs });
  });
  const said = notes.flatMap((note) => (note.event === 'cli' ? [note.text] : []));
  const orders = notes.flatMap((note) =>
    note.event === 'command' && note.client === 'redis-cli' ? [`${note.node} ${note.text}`] : [],
  );
  return { world, notes, said, orders };
}

describe('create: what redis-cli does to three masters and three replicas', () => {
  const { world, said, orders } = creating({});
  const idOf = (name: string): string => world.nodes.get(name)!.context.myId;
  const ofKind = (word: string): string[] => orders.filter((order) => order.includes(word));

  test('it says its plan first', () => {
    expect(said.slice(0, 7)).toEqual([
      '>>> Performing hash slots allocation on 6 nodes...',
      'Master[0] -> Slots 0 - 5460',
      'Master[1] -> Slots 5461 - 10922',
      'Master[2] -> Slots 10923 - 16383',
      'Adding replica 127.0.0.1:8904 to 127.0.0.1:8901',
      'Adding replica 127.0.0.1:8905 to 127.0.0.1:8902',
      'Adding replica 127.0.0.1:8906 to 127.0.0.1:8903',
    ]);
  });

  test('then everything in the order of the real tool', () => {
    expect(said.slice(7)).toEqual([
      '>>> Nodes configuration updated',
      '>>> Assign a different config epoch to each node',
      '>>> Sending CLUSTER MEET messages to join the cluster',
      'Waiting for the cluster to join',
      ...said.filter((line) => line === '.'),
      '>>> Performing Cluster Check',
      '[OK] All nodes agree about slots configuration.',
      '[OK] All 16384 slots covered.',
    ]);
  });

  test('config epochs 1 to 6 over all nodes, in the order of the arguments', () => {
    expect(ofKind('set-config-epoch').map((order) => order.slice(-1))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
    ]);
  });

  test('everyone else is told to meet the first, which is told nothing', () => {
    expect(ofKind('meet').sort()).toEqual(
      ['8902', '8903', '8904', '8905', '8906'].map((name) => `${name} cluster meet 127.0.0.1 8901`),
    );
  });

  test('replicas are asked too early once, which fails, and again at the end', () => {
    const asked = ofKind('REPLICATE');
    expect(asked).toHaveLength(6);
    expect(asked.slice(-1)[0]).toContain(`CLUSTER REPLICATE ${idOf('8903')}`);
  });

  test('the machine comes to rest', () => {
    expect(world.operator!.value).toBe('done');
  });
});

test('create: while nodes cannot meet it waits, a dot a second', () => {
  const inputs = ['8902', '8903', '8904', '8905', '8906'].map((to) => ({
    atMs: 0,
    input: { type: 'cut', from: '8901', to, oneWay: false } as const,
  }));
  const { world, said } = creating({ inputs }, 20_000);
  expect(said.filter((line) => line === '.').length).toBeGreaterThan(12);
  expect(world.operator!.value).not.toBe('done');
});

test('create: too few nodes are refused before anything happens', () => {
  expect(() => createWorld({ ...DEFAULT_SCENE, masters: 2 })).toThrow(
    'Redis Cluster requires at least 3 master nodes',
  );
});

test('create: a cluster of any size comes up with every slot served', () => {
  for (const [masters, replicasPerMaster] of [
    [4, 0],
    [3, 2],
    [7, 1],
  ] as const) {
    const { world } = creating({ masters, replicasPerMaster }, 12_000);
    const states = [...world.nodes.values()].map(({ context }) => context.state);
    expect(states).toEqual(states.map(() => 'ok'));
  }
});
