import { describe, expect, test } from 'vitest';
import { processOf } from '../protocol/node.machine';
import { frameOfWorld } from './frame-of-world';
import { hashWorld } from './hash';
import { at, masterIn, runScene, stateOf } from './run-fixture';

const start = at(8_000, { type: 'start', node: '8907' });
const tool = (...argv: string[]) => at(8_100, { type: 'redis-cli', argv, answers: [] });

describe('a process started at run time', () => {
  test('runs and knows nobody, with the scene’s node timeout', () => {
    const { world, notes } = runScene({ inputs: [start], nodeTimeoutMs: 3_000 }, 12_000);
    expect(world.names).toEqual(['8901', '8902', '8903', '8904', '8905', '8906', '8907']);
    expect(stateOf(world, '8907').nodes.length).toBe(1);
    expect(stateOf(world, '8907').config.nodeTimeoutMs).toBe(3_000);
    expect(stateOf(world, '8901').nodes.length).toBe(6);
    expect(processOf(world.nodes.get('8907')!)).toBe('running');
    expect(notes).toContainEqual({
      event: 'process',
      node: '8907',
      process: 'running',
      atMs: 8_000,
    });
  });

  test('is in the picture with a hue of its own, and counts in the hash', () => {
    const { world } = runScene({ inputs: [start] }, 9_000);
    const node = frameOfWorld(world).nodes.find(({ name }) => name === '8907')!;
    expect(node).toMatchObject({ shard: 3, process: 'running', processSinceMs: 8_000 });
    expect(hashWorld(world)).not.toBe(hashWorld(runScene({}, 9_000).world));
  });

  test('becomes a master by add-node', () => {
    const inputs = [start, tool('--cluster', 'add-node', '127.0.0.1:8907', '127.0.0.1:8901')];
    const { world } = runScene({ inputs }, 20_000);
    expect(world.names.map((name) => stateOf(world, name).nodes.length)).toEqual([
      7, 7, 7, 7, 7, 7, 7,
    ]);
  });

  test('becomes a replica of a chosen master by add-node --cluster-slave', () => {
    const add = ['--cluster', 'add-node', '127.0.0.1:8907', '127.0.0.1:8901'];
    const inputs = [start, tool(...add, '--cluster-slave', '--cluster-master-id', '@8902')];
    const { world } = runScene({ inputs }, 20_000);
    expect(masterIn(world, '8907')).toBe('8902');
  });

  test('started twice is started once', () => {
    const { world } = runScene({ inputs: [start, at(9_000, start.input)] }, 10_000);
    expect(world.processSinceMs['8907']).toBe(8_000);
  });
});
