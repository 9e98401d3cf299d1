import { describe, expect, test } from 'vitest';
import { command, nodeNamesOf, until } from './cluster';
import { measureOneCluster, measuredShape } from './measure';
import { MEASURES } from './faults';
import { ENDING, play, shapeOf } from './play';
import { KILL } from './scripts/failover';
import { MOVED } from './scripts/moved';
import { SimulatedCluster } from './simulated-cluster';

describe('a simulated cluster plays a script like processes would', () => {
  test('a master is killed, its replica takes over, the old one comes back', async () => {
    const transcript = await play(KILL, new SimulatedCluster(shapeOf(KILL, 2_000, 1)));
    expect(transcript.get(ENDING)).toEqual(['plays to its end']);
    expect(transcript.get('replies')).toContain('"after"');
    expect(transcript.get('table of 8901, at the end')).toContainEqual(
      expect.stringMatching(/^<8901> \S+ myself,slave <8904> 7 connected$/),
    );
    expect(transcript.get('order of events')).toContain('won');
  });

  test('the same seed leaves the same transcript', async () => {
    const once = await play(MOVED, new SimulatedCluster(shapeOf(MOVED, 2_000, 3)));
    const again = await play(MOVED, new SimulatedCluster(shapeOf(MOVED, 2_000, 3)));
    expect([...again]).toEqual([...once]);
  });

  test('a script that cannot go on says why', async () => {
    const stuck = { ...MOVED, play: () => Promise.reject(new Error('stuck')) };
    const transcript = await play(stuck, new SimulatedCluster(shapeOf(stuck, 2_000, 1)));
    expect(transcript.get(ENDING)).toEqual(['stuck']);
  });

  test('time passes only when asked to', async () => {
    const cluster = new SimulatedCluster(measuredShape('kill', 2_000, 1));
    await cluster.create();
    const beforeMs = cluster.nowMs();
    expect(cluster.nowMs()).toBe(beforeMs);
    await cluster.pass(500);
    expect(cluster.nowMs()).toBe(beforeMs + 500);
  });

  test('what never comes is missed by name', async () => {
    const cluster = new SimulatedCluster(measuredShape('kill', 2_000, 1));
    const never = until(cluster, 'a miracle', () => false, { limitMs: 1_000 });
    await expect(never).rejects.toThrow('simulated: a miracle did not happen within 1000 ms');
  });

  test('a command waits for a process that sleeps', async () => {
    const cluster = new SimulatedCluster(measuredShape('stop', 2_000, 1));
    await cluster.create();
    await cluster.stop('8901');
    const pending = cluster.begin('8901', ['PING']);
    await cluster.cont('8901');
    await expect(pending.reply()).resolves.toBe('PONG');
    await expect(command(cluster, '8901', ['PING'])).resolves.toBe('PONG');
  });
});

test('a fault is measured in the order of its events', async () => {
  const cluster = new SimulatedCluster(measuredShape('kill', 2_000, 1));
  const [timing] = await measureOneCluster(cluster, 'kill', 1);
  const times = MEASURES.slice(0, 4).map((measure) => timing![measure]);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(timing!['first PFAIL']).toBeGreaterThan(2_000);
});

test('names of a shape: masters first', () => {
  expect(nodeNamesOf({ masters: 3, replicasPerMaster: 0 })).toEqual(['8901', '8902', '8903']);
});
