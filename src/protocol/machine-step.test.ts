import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import type { Input, TimedInput } from '../kernel/inputs';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE, type Scene } from '../kernel/scene';
import { createWorld } from '../kernel/world';
import { cliStepper } from '../redis-cli/redis-cli.machine';
import { busStepper } from './bus.machine';
import { clientStepper } from './client.machine';
import { Stepper, actionsOf, type SteppedSnapshot } from './machine-step';
import { nodeStepper } from './node.machine';

type AnyStepper = Stepper<unknown, { readonly type: string }, unknown>;
interface Call {
  readonly machine: string;
  readonly snapshot: SteppedSnapshot<unknown>;
  readonly event: { readonly type: string };
  readonly result: [SteppedSnapshot<unknown>, readonly unknown[]];
}

const STEPPERS = { node: nodeStepper, bus: busStepper, client: clientStepper, cli: cliStepper };

/** Runs a scene and hears of every call of every machine. */
function record(scene: Scene, untilMs: number, onCall: (call: Call) => void): void {
  const listened = Object.entries(STEPPERS) as unknown as [string, AnyStepper][];
  const originals = listened.map(([, stepper]) => stepper.step.bind(stepper));
  listened.forEach(([machine, stepper], i) => {
    stepper.step = (snapshot, event, onmove) => {
      const result = originals[i]!(snapshot, event, onmove);
      onCall({ machine, snapshot, event, result });
      return result;
    };
  });
  try {
    // Snapshots are kept here: this run is not to let go of them.
    runUntilTime(createWorld(scene), untilMs, () => undefined);
  } finally {
    for (const [, stepper] of listened) Reflect.deleteProperty(stepper, 'step');
  }
}

const at = (atMs: number, input: Input): TimedInput => ({ atMs, input });
const command = (text: string, follow: boolean, node = '8902'): Input => ({
  type: 'command',
  client: `c${node}`,
  node,
  argv: text.split(' '),
  follow,
});

const operator = (text: string, answers: readonly string[] = []): Input => ({
  type: 'redis-cli',
  argv: ['--cluster', ...text.split(' ')],
  answers,
});

const RUNS: readonly (readonly [string, number, readonly TimedInput[]])[] = [
  ['create, and what follows', 6_000, []],
  [
    'a failover: kill, restart, a client that follows',
    26_000,
    [
      at(7_000, command('SET hello 1', true)),
      at(7_500, command('SET hello 2', false)),
      at(8_000, { type: 'kill', node: '8901' }),
      at(10_000, command('GET hello', true)),
      at(18_000, { type: 'restart', node: '8901' }),
      at(21_000, command('GET hello', true)),
    ],
  ],
  [
    'a manual failover of each kind, and writes that wait',
    20_000,
    [
      at(12_000, command('CLUSTER FAILOVER', false, '8904')),
      at(12_120, command('SET bar 1', true, '8901')),
      at(14_000, command('CLUSTER FAILOVER FORCE', false, '8905')),
      at(16_000, command('CLUSTER FAILOVER TAKEOVER', false, '8903')),
      at(16_500, command('CLUSTER FAILOVER TAKEOVER', false, '8906')),
      at(17_000, { type: 'freeze', node: '8902' }),
      at(17_100, command('CLUSTER FAILOVER', false, '8901')),
    ],
  ],
  [
    'redis-cli that asks, waits for an answer, sleeps and is stopped',
    12_000,
    [
      at(6_000, operator('reshard 127.0.0.1:8901 --cluster-to @8902 --cluster-slots 3', ['all'])),
      at(6_500, { type: 'answer', text: 'yes' }),
      at(7_000, operator('reshard 127.0.0.1:8901')),
      at(7_500, { type: 'interrupt' }),
      at(8_000, operator('check 127.0.0.1:8903')),
    ],
  ],
  [
    'a partition, held and dropped messages, a nap',
    24_000,
    [
      at(6_600, { type: 'hold-message', message: 198 }),
      at(6_600, { type: 'delay-message', message: 199, addMs: 300 }),
      at(6_600, { type: 'duplicate-message', message: 200 }),
      at(6_600, { type: 'drop-message', message: 202 }),
      at(6_600, { type: 'hold-message', message: 203 }),
      at(6_800, { type: 'drop-message', message: 203 }),
      at(6_900, { type: 'release-message', message: 198 }),
      at(7_000, { type: 'cut', from: '8901', to: '8902', oneWay: false }),
      at(7_050, { type: 'write', client: 'w1', perSecond: 10, durationMs: 3_000 }),
      at(7_100, { type: 'hold', from: '8903', to: '8904', oneWay: true }),
      at(7_200, { type: 'drop', from: '8905', to: '8906', count: 2, messageType: null }),
      at(7_300, { type: 'delay', from: '8902', to: '8903', oneWay: false, addMs: 200 }),
      at(8_000, { type: 'freeze', node: '8903' }),
      at(9_000, { type: 'partition', sides: [['8902', '8905']], rest: true }),
      at(16_000, { type: 'wake', node: '8903' }),
      at(17_000, { type: 'release', from: '8903', to: '8904', oneWay: true }),
      at(18_000, { type: 'heal', from: '8901', to: '8902', oneWay: false }),
      at(19_000, { type: 'heal-all' }),
    ],
  ],
];

/** What the public way of XState makes of the same event. */
function byXState({ machine, snapshot, event }: Call): Call['result'] {
  const stepper = STEPPERS[machine as keyof typeof STEPPERS] as unknown as AnyStepper;
  return stepper.stepByXState(snapshot, event);
}

/** The same value as a string: a hundred thousand deep comparisons would take minutes. */
const textOf = ([{ value, context }, effects]: Call['result']): string =>
  JSON.stringify({ value, context, effects });

describe('machine-step: the short way and the public way of XState are one', () => {
  test.each(RUNS)('%s', { timeout: 60_000 }, (_, untilMs, inputs) => {
    const counts: Record<string, number> = {};
    const differing: string[] = [];
    const scene = { ...DEFAULT_SCENE, nodeTimeoutMs: 2_000, inputs };
    record(scene, untilMs, (call) => {
      counts[call.machine] = (counts[call.machine] ?? 0) + 1;
      if (textOf(byXState(call)) !== textOf(call.result)) {
        differing.push(`${call.machine} ${call.event.type}`);
      }
    });
    expect(differing).toEqual([]);
    expect(counts['node']).toBeGreaterThan(500);
    expect(counts['bus']).toBeGreaterThan(500);
    expect(counts['cli']).toBeGreaterThan(20);
  });
});

describe('machine-step: what a stepped machine may not do', () => {
  const loop = {
    again: (context: number) => ({
      context: context + 1,
      effects: [],
      raised: [{ type: 'GO' }],
    }),
  };

  test('raise for ever', () => {
    const machine = setup({ actions: actionsOf(loop) }).createMachine({
      id: 'restless',
      on: { GO: { actions: 'again' } },
    });
    const stepper = new Stepper<number, { readonly type: string }, never>(machine, loop);
    expect(() => stepper.step(stepper.start(0), { type: 'GO' })).toThrow('keeps raising GO');
  });

  test('use an action that is not a reducer', () => {
    const machine = setup({ actions: { other: () => undefined } }).createMachine({
      id: 'foreign',
      on: { GO: { actions: 'other' } },
    });
    const stepper = new Stepper<number, { readonly type: string }, never>(machine, {});
    expect(() => stepper.step(stepper.start(0), { type: 'GO' })).toThrow('no reducer for action');
  });
});

test('machine-step: stepping leaves the old snapshot as it was', () => {
  const seen: { readonly snapshot: SteppedSnapshot<unknown>; readonly text: string }[] = [];
  const scene = { ...DEFAULT_SCENE, inputs: [at(7_000, { type: 'kill', node: '8901' })] };
  record(scene, 14_000, ({ snapshot }) => {
    if (seen.length < 60_000 && seen.length % 17 === 0) {
      seen.push({ snapshot, text: JSON.stringify(snapshot.context) });
    } else seen.push({ snapshot, text: '' });
  });
  const changed = seen.filter(
    ({ snapshot, text }) => text !== '' && JSON.stringify(snapshot.context) !== text,
  );
  expect(changed).toEqual([]);
});
