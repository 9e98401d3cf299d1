import { expect, test } from 'vitest';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import type { World } from '../kernel/world';
import { settledWorld } from './settled-world';
import { withoutXState } from './plain-steppers';

const SCENE = { ...DEFAULT_SCENE, masters: 4 };

/** All that was said and sent in half a minute, and the tables at the end of it. */
function told(world: World): string[] {
  const lines: string[] = [];
  const end = runUntilTime(world, world.nowMs + 30_000, ({ atMs, notes, sent }) => {
    for (const note of notes) lines.push(`${atMs} ${JSON.stringify(note)}`);
    for (const envelope of sent) lines.push(JSON.stringify(envelope));
  });
  for (const { context } of end.nodes.values()) lines.push(JSON.stringify(context));
  return lines;
}

test('without XState: the same messages, notes and tables', () => {
  const world = settledWorld(SCENE);
  const byCharts = told(world);
  expect(byCharts.length).toBeGreaterThan(500);
  expect(withoutXState(() => told(world))).toEqual(byCharts);
});

test('what it does not know it refuses', () => {
  const inputs = [{ atMs: 1_000, input: { type: 'kill', node: '8901' } as const }];
  const world = settledWorld(SCENE);
  const { queue } = settledWorld({ ...SCENE, inputs });
  expect(queue).toEqual(world.queue);
  expect(() =>
    withoutXState(() => {
      const dead = world.nodes.get('8901')!;
      const snapshot = { ...dead, context: { ...dead.context, nodes: [] } };
      return runUntilTime({ ...world, nodes: world.nodes.set('8901', snapshot) }, 70_000);
    }),
  ).toThrow();
});
