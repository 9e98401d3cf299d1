/** Containers behind one host: who reaches whom, and what the nodes make of it. */
import { expect, test } from 'vitest';
import { frameOfWorld } from './frame-of-world';
import { DEFAULT_SCENE, type Scene } from './scene';
import type { Input } from './inputs';
import { runUntilTime } from './run';
import { createWorld, type World } from './world';

const DATA = [8901, 8902, 8903, 8904, 8905, 8906];
const scene = (publishedPorts: readonly number[], more: Partial<Scene> = {}): Scene => ({
  ...DEFAULT_SCENE,
  nodeTimeoutMs: 15_000,
  start: 'empty',
  network: {
    hostIp: '203.0.113.10',
    bridgeIp: '172.17.0.1',
    firstContainerIp: '172.17.0.5',
    publishedPorts,
    outside: ['c2'],
  },
  ...more,
});

interface Told {
  readonly world: World;
  readonly texts: readonly string[];
}

function run(given: Scene, untilMs: number): Told {
  const texts: string[] = [];
  const world = runUntilTime(createWorld(given), untilMs, ({ notes }) => {
    for (const note of notes) if ('text' in note) texts.push(note.text);
  });
  return { world, texts };
}

const create: Input = {
  type: 'redis-cli',
  argv: [
    '--cluster',
    'create',
    ...DATA.map((port) => `203.0.113.10:${port}`),
    '--cluster-replicas',
    '1',
    '--cluster-yes',
  ],
  answers: [],
};
const createByHost = { atMs: 1_000, input: create };
const set = (client: string, atMs: number) => ({
  atMs,
  input: {
    type: 'command',
    client,
    node: '8901',
    argv: ['SET', 'name', 'x'],
    follow: true,
  } as const,
});
const made = (inputs: Scene['inputs']): Scene =>
  scene(DATA, { start: 'create', nodeTimeoutMs: 5_000, inputs });
const ipsAt = (world: World, name: string): string[] =>
  world.nodes
    .get(name)!
    .context.nodes.map(({ ip, port }) => `${ip}:${port}`)
    .sort();

const openBus = (atMs: number) => ({
  atMs,
  input: { type: 'open', first: 18_901, last: 18_906 } as const,
});

test('no bus port is published: after the node timeout nobody is left to meet', () => {
  const { world, texts } = run(scene(DATA, { inputs: [createByHost, openBus(20_000)] }), 30_000);
  for (const name of world.names) expect(ipsAt(world, name)).toEqual([`:${name}`]);
  expect(texts).toContain('>>> Sending CLUSTER MEET messages to join the cluster');
  expect(
    texts.some((text) => text.endsWith('at 203.0.113.10:18901 failed: Connection refused')),
  ).toBe(true);
});

test('opened in time, the proxy of the host is who everybody seems to be', () => {
  const { world, texts } = run(scene(DATA, { inputs: [createByHost, openBus(5_000)] }), 20_000);
  const others = DATA.slice(1).map((port) => `172.17.0.1:${port}`);
  expect(ipsAt(world, '8901')).toEqual([...others, '172.17.0.5:8901']);
  expect(texts).toContain('IP address for this node updated to 172.17.0.5');
  expect(texts.some((text) => text.endsWith(', now 172.17.0.1:8901'))).toBe(true);
});

test('by container addresses nodes meet, and a client elsewhere cannot follow MOVED', () => {
  const { world, texts } = run(made([set('c1', 8_000), set('c2', 8_000)]), 140_000);
  expect(ipsAt(world, '8901')[0]).toBe('172.17.0.10:8906');
  expect(texts.filter((text) => text === 'MOVED 5798 172.17.0.6:8902')).toHaveLength(2);
  const answers = texts.filter((text) => text === 'OK' || text.startsWith('Could not'));
  expect(answers).toEqual([
    'OK',
    'Could not connect to Redis at 172.17.0.6:8902: Connection timed out',
  ]);
});

test('announced and published, the address of the host serves everybody', () => {
  const announce = DATA.map((port) => ({
    atMs: 9_000,
    input: {
      type: 'command',
      client: 'c1',
      node: String(port),
      argv: ['CONFIG', 'SET', 'cluster-announce-ip', '203.0.113.10'],
      follow: false,
    } as const,
  }));
  const { world, texts } = run(made([openBus(8_500), ...announce, set('c2', 20_000)]), 25_000);
  expect(ipsAt(world, '8906')).toEqual(DATA.map((port) => `203.0.113.10:${port}`));
  expect(texts).toContain('MOVED 5798 203.0.113.10:8902');
  expect(world.clients['c2']!.value).toBe('idle');
  for (const name of world.names) expect(world.nodes.get(name)!.context.state).toBe('ok');
});

test('what a client dials in vain is drawn as reaching nobody', () => {
  const { world } = run(made([set('c2', 8_000)]), 12_000);
  const { exchanges } = frameOfWorld(world).clients.find(({ name }) => name === 'c2')!;
  expect(exchanges.map(({ direction, node }) => `${direction} ${node}`)).toEqual([
    'command 8901',
    'reply 8901',
  ]);
});
