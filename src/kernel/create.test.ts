import { describe, expect, test } from 'vitest';
import { at, notesOf, runScene } from './run-fixture';

describe('create: what redis-cli does to three masters and three replicas', () => {
  const run = runScene({ spareNodes: 1 }, 8_000);
  const sent = notesOf(run, 'command').map(({ node, text }) => `${node} ${text}`);

  test('66 commands and a few more while the nodes meet, one at a time', () => {
    expect(sent.length).toBeGreaterThanOrEqual(63);
    expect(sent.slice(0, 4)).toEqual([
      '8901 INFO',
      '8901 CLUSTER NODES',
      '8901 INFO',
      '8901 CLUSTER INFO',
    ]);
    expect(sent.filter((text) => text.includes('set-config-epoch'))).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `890${n} cluster set-config-epoch ${n}`),
    );
    expect(sent.filter((text) => text.includes('meet'))).toEqual(
      [2, 3, 4, 5, 6].map((n) => `890${n} cluster meet 127.0.0.1 8901`),
    );
    expect(sent.some((text) => text.startsWith('8907'))).toBe(false);
  });

  test('replicas are asked too early once, which fails, and again at the end', () => {
    expect(sent.filter((text) => text.includes('REPLICATE'))).toHaveLength(6);
    expect(notesOf(run, 'cli.exit')[0]).toMatchObject({ run: 1, code: 0 });
  });

  test('while nodes cannot meet it waits, a dot a second', () => {
    const inputs = ['8902', '8903', '8904', '8905', '8906'].map((to) =>
      at(0, { type: 'cut', from: '8901', to, oneWay: false }),
    );
    const stuck = runScene({ inputs }, 30_000);
    const dots = notesOf(stuck, 'cli').filter(({ text }) => text === '.');
    expect(dots.length).toBeGreaterThan(20);
  });

  test('too few nodes: the tool refuses, the processes stay alone', () => {
    const alone = runScene({ masters: 2 }, 2_000);
    expect(notesOf(alone, 'cli').map(({ text }) => text)).toEqual([
      '*** ERROR: Invalid configuration for cluster creation.',
      '*** Redis Cluster requires at least 3 master nodes.',
      '*** This is not possible with 4 nodes and 1 replicas per node.',
      '*** At least 6 nodes are required.',
    ]);
    expect(notesOf(alone, 'cli.exit')[0]).toMatchObject({ code: 1 });
  });

  test.each([
    [4, 0],
    [3, 2],
    [7, 1],
  ])('%i masters with %i replicas each: every slot is served', (masters, replicasPerMaster) => {
    const { world } = runScene({ masters, replicasPerMaster }, 12_000);
    expect([...world.nodes].map(([, { context }]) => context.state)).toEqual(
      Array(masters * (1 + replicasPerMaster)).fill('ok'),
    );
  });
});
