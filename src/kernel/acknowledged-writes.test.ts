import { describe, expect, test } from 'vitest';
import { NOTHING_LOST, countWrites, lostWrites } from './acknowledged-writes';
import type { Input, TimedInput } from './inputs';
import type { Note } from '../protocol/notes';
import { runUntilTime } from './run';
import { DEFAULT_SCENE, nodeNames, type Scene } from './scene';
import { createWorld } from './world';

const T_MS = 2_000;

const command = (node: string, argv: readonly string[]): Input => ({
  type: 'command',
  client: 'c',
  node,
  argv,
  follow: false,
});

/** foo lives in slot 12182: on 8903, whose replica is 8906. */
const write = (atMs: number, key: string): TimedInput => ({
  atMs,
  input: command('8903', ['SET', key, 'v']),
});

function account(inputs: readonly TimedInput[], untilMs: number, of: Partial<Scene> = {}) {
  const scene: Scene = { ...DEFAULT_SCENE, nodeTimeoutMs: T_MS, seed: 1, ...of, inputs };
  const notes: Note[] = [];
  const world = runUntilTime(createWorld(scene), untilMs, (record) => notes.push(...record.notes));
  return { world, losses: notes.filter(({ event }) => event === 'acknowledged.lost') };
}

/** Cuts the client's master off from everybody. */
const isolate = (atMs: number): TimedInput[] =>
  nodeNames(DEFAULT_SCENE)
    .filter((name) => name !== '8903')
    .map((to) => ({ atMs, input: { type: 'cut', from: '8903', to, oneWay: false } }));

describe('acknowledged writes: what became of them', () => {
  test('a write that nothing happens to is kept', () => {
    const { world } = account([write(8_000, 'foo')], 12_000);
    expect(countWrites(world)).toEqual({
      acknowledged: 1,
      lost: NOTHING_LOST,
      unexplained: [],
    });
  });

  test('migrated while a replica takes over that has not heard of it', () => {
    const at = (atMs: number, text: string): TimedInput => {
      const [node = '', ...argv] = text.split(' ');
      return { atMs, input: command(node, argv) };
    };
    const target = createWorld(DEFAULT_SCENE).nodes.get('8903')!.context.myId;
    const source = createWorld(DEFAULT_SCENE).nodes.get('8902')!.context.myId;
    const slow = ['8901', '8902', '8904', '8905', '8906'].map((to): TimedInput => {
      return { atMs: 8_900, input: { type: 'delay', from: '8903', to, oneWay: false, addMs: 800 } };
    });
    const inputs = [
      at(7_000, '8902 SET name v'),
      at(8_000, `8903 CLUSTER SETSLOT 5798 IMPORTING ${source}`),
      at(8_300, `8902 CLUSTER SETSLOT 5798 MIGRATING ${target}`),
      at(8_600, '8902 MIGRATE 127.0.0.1 8903 name 0 5000'),
      ...slow,
      at(10_000, `8903 CLUSTER SETSLOT 5798 NODE ${target}`),
      at(10_100, '8905 CLUSTER FAILOVER'),
    ];
    const { world, losses } = account(inputs, 20_000, { nodeTimeoutMs: 5_000 });
    expect(losses).toMatchObject([{ why: 'moved-away', by: '8902', owner: '8905' }]);
    expect(countWrites(world).lost).toEqual({ ...NOTHING_LOST, 'moved-away': 1 });
  });

  test('written on an isolated master, gone with it: not yet on the replica that took over', () => {
    const inputs = [
      ...isolate(8_000),
      write(8_500, 'foo'),
      { atMs: 20_000, input: { type: 'heal-all' } as Input },
    ];
    const { world } = account(inputs, 40_000);
    expect(countWrites(world)).toMatchObject({
      acknowledged: 1,
      lost: { ...NOTHING_LOST, 'not-replicated': 1 },
      unexplained: [],
    });
  });

  test('the loss is told when the replica takes over, and who had said OK', () => {
    const { world, losses } = account([...isolate(8_000), write(8_500, 'foo')], 30_000);
    expect(losses).toEqual([
      {
        event: 'acknowledged.lost',
        keys: ['foo'],
        by: '8903',
        owner: '8906',
        why: 'not-replicated',
      },
    ]);
    const { acknowledged, lost } = lostWrites(world);
    expect(acknowledged).toBe(1);
    expect(lost).toMatchObject([
      { key: 'foo', by: '8903', owner: '8906', window: 'not-replicated' },
    ]);
    expect(lost[0]!.lostAtMs).toBeGreaterThan(lost[0]!.acknowledgedAtMs);
  });

  test('a key that its owner deletes, or writes anew, is not lost', () => {
    const inputs = [
      write(8_000, 'foo'),
      { atMs: 9_000, input: command('8903', ['DEL', 'foo']) },
      write(9_500, 'foo'),
      { atMs: 10_000, input: command('8903', ['SET', 'foo', 'w', 'EX', '100']) },
      { atMs: 11_000, input: command('8906', ['CLUSTER', 'FAILOVER']) },
    ];
    const { world, losses } = account(inputs, 30_000);
    expect(losses).toEqual([]);
    expect(lostWrites(world).lost).toEqual([]);
  });

  test('BUMPEPOCH on a master that was replaced: what its successor took is gone', () => {
    // Both have epoch 7 then; with this seed 8903 has the smaller id and takes the next one.
    const bump = ['CLUSTER', 'BUMPEPOCH'];
    const inputs: TimedInput[] = [
      ...isolate(8_000),
      { atMs: 16_000, input: command('8906', ['SET', 'foo', 'v']) },
      { atMs: 17_000, input: command('8903', bump) },
      { atMs: 20_000, input: { type: 'heal-all' } },
    ];
    const { world } = account(inputs, 40_000, { seed: 2 });
    expect(countWrites(world)).toMatchObject({
      acknowledged: 1,
      lost: { ...NOTHING_LOST, 'epoch-without-vote': 1 },
      unexplained: [],
    });
  });

  test('a write that vanishes without a reason is named', () => {
    const { world } = account([write(8_000, 'foo')], 12_000);
    const owner = world.nodes.get('8903')!;
    const emptied = {
      ...world,
      nodes: world.nodes.set('8903', {
        ...owner,
        context: { ...owner.context, keys: world.nodes.get('8901')!.context.keys },
      }),
    };
    expect(countWrites(emptied).unexplained).toEqual([
      expect.stringMatching(/^foo, written on 8903 at 8\d{3} ms$/),
    ]);
  });
});
