import { describe, expect, test } from 'vitest';
import { setup, type AnyStateMachine } from 'xstate';
import { layOutChart, type ChartState } from '../../drawing/layout/statechart';
import { routes } from '../../drawing/layout/statechart-routes';
import { busMachine } from '../../protocol/bus.machine';
import { clientMachine } from '../../protocol/client.machine';
import { nodeMachine } from '../../protocol/node.machine';
import { activeStates, chartOfMachine } from './chart-of-machine';

const idsOf = (states: readonly ChartState[]): string[] =>
  states.flatMap((state) => [state.id, ...idsOf(state.children)]);

const MACHINES: readonly (readonly [string, AnyStateMachine])[] = [
  ['node', nodeMachine],
  ['bus', busMachine],
  ['client', clientMachine],
];

describe('read from the machine', () => {
  test('a node’s: the states of process, role and failover', () => {
    const ids = idsOf(chartOfMachine(nodeMachine).states);
    expect(ids).toContain('frozen');
    expect(ids).toContain('running.master.paused');
    expect(ids).toContain('running.replica.collecting');
  });

  test('a transition has its event, its condition, and both ends', () => {
    expect(chartOfMachine(nodeMachine).edges).toContainEqual({
      from: 'running.replica.collecting',
      to: 'running.master',
      event: 'FAILOVER_TURN',
      guard: 'failoverIs won',
    });
  });

  test('a state added to a machine is drawn, with the way there', () => {
    const machine = setup({}).createMachine({
      initial: 'idle',
      states: { idle: { on: { SURPRISE: 'brandNew' } }, brandNew: {} },
    });
    const chart = chartOfMachine(machine);
    const picture = layOutChart(chart, 326);
    expect(picture.boxes.map(({ key }) => key)).toEqual(['idle', 'brandNew']);
    expect(routes(picture, [['idle', 'brandNew']])).toHaveLength(1);
  });

  test('what is taken without leaving a state is told apart', () => {
    const { quiet, edges } = chartOfMachine(nodeMachine);
    expect(quiet).toContainEqual({ from: 'running', event: 'CRON' });
    expect(edges.some(({ event }) => event === 'CRON')).toBe(false);
  });

  test('the active states, from the outermost in', () => {
    const value = { running: { replica: 'waiting' } };
    expect(activeStates(value)).toEqual(['running', 'running.replica', 'running.replica.waiting']);
    expect(activeStates('frozen')).toEqual(['frozen']);
  });
});

describe('drawn', () => {
  test.each(MACHINES)(
    '%s: every state has its box, in its parent and beside its siblings',
    (_, machine) => {
      const chart = chartOfMachine(machine);
      const { boxes, height, width } = layOutChart(chart, 326);
      expect(boxes.map(({ id }) => id).sort()).toEqual(idsOf(chart.states).sort());
      const byId = new Map(boxes.map((box) => [box.id, box]));
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        const parent = byId.get(box.id.split('.').slice(0, -1).join('.'));
        if (!parent) continue;
        expect(box.x).toBeGreaterThan(parent.x);
        expect(box.x + box.width).toBeLessThan(parent.x + parent.width);
        expect(box.y + box.height).toBeLessThan(parent.y + parent.height);
      }
      const leaves = boxes.filter(({ kind }) => kind !== 'frame');
      for (const a of leaves)
        for (const b of leaves)
          if (a !== b) {
            const apart =
              a.x + a.width <= b.x ||
              b.x + b.width <= a.x ||
              a.y + a.height <= b.y ||
              b.y + b.height <= a.y;
            expect(apart, `${a.id} and ${b.id}`).toBe(true);
          }
    },
  );

  test('folded: one box stands for what is inside', () => {
    const { boxes } = layOutChart(chartOfMachine(nodeMachine), 326, new Set(['running.replica']));
    expect(boxes.find(({ id }) => id === 'running.replica')!.kind).toBe('folded');
    expect(boxes.some(({ id }) => id.startsWith('running.replica.'))).toBe(false);
  });

  test.each(MACHINES)('%s: no way crosses a state that is not its own', (_, machine) => {
    const chart = chartOfMachine(machine);
    const picture = layOutChart(chart, 326);
    const pairs = [...new Set(chart.edges.map(({ from, to }) => `${from} ${to}`))].map(
      (pair) => pair.split(' ') as [string, string],
    );
    for (const route of pairs.flatMap((pair) => routes(picture, [pair]))) {
      for (const box of picture.boxes.filter(({ kind }) => kind === 'leaf')) {
        if (box.id === route.from || box.id === route.to) continue;
        route.points.slice(1).forEach((end, i) => {
          const start = route.points[i]!;
          const crosses =
            Math.min(start[0], end[0]) < box.x + box.width &&
            Math.max(start[0], end[0]) > box.x &&
            Math.min(start[1], end[1]) < box.y + box.height &&
            Math.max(start[1], end[1]) > box.y;
          expect(crosses, `${route.from} to ${route.to} crosses ${box.id}`).toBe(false);
        });
      }
    }
  });
});
