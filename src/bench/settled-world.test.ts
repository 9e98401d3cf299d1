import { describe, expect, test } from 'vitest';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld, type World } from '../kernel/world';
import { SETTLED_MS, settledWorld } from './settled-world';

const made = runUntilTime(createWorld(DEFAULT_SCENE), SETTLED_MS);
const settled = settledWorld(DEFAULT_SCENE);

/** What each node believes, without times and without the order in which it met the others. */
function beliefs({ nodes }: World) {
  return [...nodes].map(([name, { value, context }]) => ({
    name,
    value,
    state: context.state,
    size: context.size,
    currentEpoch: context.currentEpoch,
    link: context.replication.link,
    masterPort: context.replication.masterPort,
    replicas: context.replication.replicas.map(({ port, state }) => ({ port, state })),
    table: context.nodes
      .map((node) => [
        node.id,
        node.flags,
        node.slots,
        node.masterId,
        node.configEpoch,
        node.ip,
        node.port,
        node.link?.connected ?? null,
        node.inbound !== null,
      ])
      .sort(),
  }));
}

const connections = ({ bus }: World): string[] =>
  [...bus.context.connections]
    .map(({ dialer, acceptor, channel, phase }) => `${dialer}>${acceptor} ${channel} ${phase}`)
    .sort();

/** How many of each kind of message are sent in two minutes. */
function traffic(world: World): Record<string, number> {
  const counts: Record<string, number> = {};
  const lines: string[] = [];
  runUntilTime(world, world.nowMs + 120_000, ({ notes }) => {
    for (const note of notes) {
      if (note.event === 'log' && note.level !== 'debug') lines.push(`${note.node}: ${note.text}`);
      if (note.event === 'sent') counts[note.type] = (counts[note.type] ?? 0) + 1;
    }
  });
  expect(lines).toEqual([]);
  return counts;
}

/** How long ago the PONG was of which each node knows of each other node. */
function agesMs({ nodes, nowMs }: World): number[] {
  return [...nodes.values()]
    .flatMap(({ context }) => [...context.vitals])
    .filter(({ pongReceivedMs }) => pongReceivedMs > 0)
    .map(({ pongReceivedMs }) => nowMs - pongReceivedMs)
    .sort((a, b) => a - b);
}

describe('settled: as a cluster that redis-cli made, and as it goes on', () => {
  test('every node believes the same', () => {
    expect(beliefs(settled)).toEqual(beliefs(made));
  });

  test('every replica has its master’s history', () => {
    for (const { context } of settled.nodes.values()) {
      const { masterPort, id } = context.replication;
      const master = settled.nodes.get(String(masterPort));
      if (master) expect(id).toBe(master.context.replication.id);
    }
  });

  test('the same connections are up', () => {
    expect(connections(settled)).toEqual(connections(made));
  });

  test('as many messages, and not a word in the log', () => {
    const [ours, theirs] = [traffic(settled), traffic(made)];
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const [type, count] of Object.entries(theirs)) {
      expect(ours[type]! / count).toBeGreaterThan(0.9);
      expect(ours[type]! / count).toBeLessThan(1.1);
    }
  });

  test('who is soon to be pinged was heard as long ago as two minutes later', () => {
    const crowd = settledWorld({ ...DEFAULT_SCENE, masters: 30, nodeTimeoutMs: 15_000 });
    const [first, later] = [crowd, runUntilTime(crowd, crowd.nowMs + 120_000)].map(agesMs);
    for (const share of [0.75, 0.9]) {
      const [a, b] = [first!, later!].map((ages) => ages[Math.floor(share * ages.length)]!);
      expect(Math.abs(a! - b!), `${share}: ${a} ms, then ${b} ms`).toBeLessThan(400);
    }
  });
});
