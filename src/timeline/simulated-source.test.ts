import { describe, expect, test } from 'vitest';
import type { Input, TimedInput } from '../kernel/inputs';
import { DEFAULT_SCENE, type Scene } from '../kernel/scene';
import { SimulatedSource } from './simulated-source';

const kill = (node: string): Input => ({ type: 'kill', node });
const killed: Scene = { ...DEFAULT_SCENE, inputs: [{ atMs: 8_000, input: kill('8901') }] };

const at = (scene: Scene, atMs: number): SimulatedSource => {
  const source = new SimulatedSource(scene);
  source.seekTime(atMs);
  return source;
};

describe('same: scene, seed and inputs are the whole run', () => {
  test('twice the same, to the last byte', () => {
    expect(at(killed, 20_000).hash()).toBe(at(killed, 20_000).hash());
  });

  test.each<[string, Partial<Scene>]>([
    ['another seed', { seed: 2 }],
    ['another timeout', { nodeTimeoutMs: 4_000 }],
    ['no kill', { inputs: [] }],
    ['a kill one millisecond later', { inputs: [{ atMs: 8_001, input: kill('8901') }] }],
  ])('%s: another hash', (_, change) => {
    expect(at({ ...killed, ...change }, 12_000).hash()).not.toBe(at(killed, 12_000).hash());
  });

  test('computed in one go or in many small steps', () => {
    const slow = new SimulatedSource(killed);
    for (let ms = 0; ms <= 12_000; ms += 37) slow.seekTime(ms);
    slow.seekTime(12_000);
    expect(slow.hash()).toBe(at(killed, 12_000).hash());
  });

  test('a world survives JSON', () => {
    const { nodes } = at(killed, 12_000).world;
    const thawed = JSON.parse(JSON.stringify(nodes)) as Record<string, { context: unknown }>;
    expect(Object.keys(thawed)).toHaveLength(nodes.size);
    for (const [name, { context }] of nodes) {
      const [vitals, saved] = [[...context.vitals], { ...context.saved }];
      const plain = { ...context, vitals, saved: { ...saved, vitals: [...saved.vitals] } };
      expect(thawed[name]!.context).toEqual(plain);
    }
  });
});

describe('steer: by hand, or from a list of inputs', () => {
  const INPUTS: readonly TimedInput[] = [
    { atMs: 7_000, input: { type: 'cut', from: '8901', to: '8902', oneWay: false } },
    { atMs: 7_000, input: { type: 'freeze', node: '8903' } },
    { atMs: 9_500, input: { type: 'wake', node: '8903' } },
    {
      atMs: 10_000,
      input: {
        type: 'command',
        client: 'c1',
        node: '8902',
        argv: ['SET', 'hello', '1'],
        follow: true,
      },
    },
    { atMs: 12_000, input: { type: 'heal-all' } },
  ];

  test('one and the same run', () => {
    const hand = new SimulatedSource(DEFAULT_SCENE);
    for (const { atMs, input } of INPUTS) {
      hand.seekTime(Math.max(atMs, hand.cursor.atMs));
      hand.act(input);
    }
    hand.seekTime(20_000);
    const listed = at({ ...DEFAULT_SCENE, inputs: hand.inputs }, 20_000);
    expect(hand.inputs.map(({ input }) => input)).toEqual(INPUTS.map(({ input }) => input));
    expect(listed.hash()).toBe(hand.hash());
    expect(listed.notes()).toEqual(hand.notes());
  });

  test('looking around in the past before acting at the edge changes nothing', () => {
    const curious = at(DEFAULT_SCENE, 8_000);
    curious.seekTime(3_000);
    curious.stepEvents(20);
    curious.seekTime(8_000);
    curious.act(kill('8901'));
    curious.seekTime(15_000);
    const straight = at(DEFAULT_SCENE, 8_000);
    straight.act(kill('8901'));
    straight.seekTime(15_000);
    expect(curious.hash()).toBe(straight.hash());
    expect(curious.branches).toHaveLength(1);
  });
});

describe('rewind: the past is what it was', () => {
  const STEPS = 500;

  test('500 steps forth, back, and forth again: the same worlds', () => {
    const source = at(killed, 6_000);
    const forth: string[] = [];
    for (let i = 0; i < STEPS; i++) {
      source.stepEvents(1);
      forth.push(`${source.cursor.step} ${i % 10 === 0 ? source.hash() : ''}`);
    }
    const back: string[] = [];
    for (let i = STEPS - 1; i >= 0; i--) {
      back.push(`${source.cursor.step} ${i % 10 === 0 ? source.hash() : ''}`);
      source.stepEvents(-1);
    }
    expect(back.reverse()).toEqual(forth);
    const again: string[] = [];
    for (let i = 0; i < STEPS; i++) {
      source.stepEvents(1);
      again.push(`${source.cursor.step} ${i % 10 === 0 ? source.hash() : ''}`);
    }
    expect(again).toEqual(forth);
  });

  test('a seek to any step finds the world that stepping found', () => {
    const source = at(killed, 12_000);
    const seen = new Map<number, string>();
    for (let i = 0; i < 40; i++) {
      source.stepEvents(-97);
      seen.set(source.cursor.step, source.hash());
    }
    const other = at(killed, 12_000);
    for (const [step, hash] of [...seen].sort(([a], [b]) => a - b)) {
      other.seekStep(step);
      expect(other.hash()).toBe(hash);
    }
  });

  test('back stops at the beginning', () => {
    const source = at(killed, 500);
    source.stepEvents(-10_000);
    expect(source.cursor).toMatchObject({ step: 0, atMs: 0 });
  });

  test('the frame is the same object until the cursor moves', () => {
    const source = at(killed, 9_000);
    expect(source.frame).toBe(source.frame);
    expect(source.frame.atMs).toBe(9_000);
    const before = source.frame;
    source.stepEvents(1);
    expect(source.frame).not.toBe(before);
  });

  test('inputs given for the future are not taken when the past is shown', () => {
    const source = at(killed, 10_000);
    source.seekTime(7_900);
    expect(source.frame.nodes[0]!.process).toBe('running');
    source.seekTime(8_100);
    expect(source.frame.nodes[0]!.process).toBe('killed');
  });
});

describe('branch: one event before a deed, something else is done instead', () => {
  /** Kills 8901 at `atMs`, goes back to the event before, and kills 8902 there. */
  const instead = (scene: Scene, atMs: number): SimulatedSource => {
    const source = at(scene, atMs);
    source.act(kill('8901'));
    source.seekTime(atMs + 3_000);
    source.seekTime(atMs);
    source.stepEvents(-1);
    source.act(kill('8902'));
    source.seekTime(atMs + 3_000);
    return source;
  };

  test('the deed that was to come next belongs to the other future', () => {
    const source = instead(DEFAULT_SCENE, 9_000);
    expect(source.inputs.map(({ input }) => input)).toEqual([kill('8902')]);
    expect(source.frame.nodes.find(({ name }) => name === '8901')?.process).toBe('running');
    const again = at({ ...DEFAULT_SCENE, inputs: source.inputs }, 12_000);
    expect(source.hash()).toBe(again.hash());
  });

  test('also where nothing had happened yet', () => {
    const source = at({ ...DEFAULT_SCENE, start: 'empty' }, 3_000);
    source.act(kill('8901'));
    source.seekTime(5_000);
    source.seekTime(2_500);
    source.act(kill('8902'));
    expect(source.inputs.map(({ input }) => input)).toEqual([kill('8902')]);
  });

  test('a deed that leaves no trace has come when its time has', () => {
    const source = at({ ...DEFAULT_SCENE, start: 'empty' }, 3_000);
    const open: Input = { type: 'open', first: 18_901, last: 18_906 };
    source.act(open);
    source.act(kill('8902'));
    expect(source.inputs.map(({ input }) => input)).toEqual([open, kill('8902')]);
  });

  test('what the scene has in store still comes', () => {
    const source = instead({ ...killed, inputs: [{ atMs: 9_500, input: kill('8903') }] }, 9_000);
    expect(source.inputs.map(({ input }) => input)).toEqual([kill('8902'), kill('8903')]);
  });
});

describe('branch: acting in the past keeps the other future', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(20_000);
  const calm = source.hash();
  const calmNotes = source.notes().length;
  source.seekTime(9_000);
  source.act(kill('8901'));
  source.seekTime(20_000);
  const sad = source.hash();

  test('there are two lines now, the second left the first at 9 s', () => {
    expect(source.branches).toMatchObject([
      { id: 0, parent: null, cause: null, untilMs: 20_000 },
      { id: 1, parent: 0, forkedAtMs: 9_000, cause: { way: 'done', input: kill('8901') } },
    ]);
    expect(source.cursor.branch).toBe(1);
  });

  test('each keeps its world and its notes', () => {
    expect(sad).not.toBe(calm);
    source.switchBranch(0);
    source.seekTime(20_000);
    expect(source.hash()).toBe(calm);
    expect(source.notes()).toHaveLength(calmNotes);
    source.switchBranch(1);
    source.seekTime(20_000);
    expect(source.hash()).toBe(sad);
  });

  test('what lies before the fork is shared', () => {
    const shared = (branch: number): string => {
      source.switchBranch(branch);
      source.seekTime(8_500);
      return source.hash();
    };
    expect(shared(0)).toBe(shared(1));
  });

  test('the inputs of a branch are enough to make it again', () => {
    source.switchBranch(1);
    expect(at({ ...DEFAULT_SCENE, inputs: source.inputs }, 20_000).hash()).toBe(sad);
  });

  test('a branch that does not exist is an error', () => {
    expect(() => source.switchBranch(9)).toThrow('there is no branch 9; there are 0, 1');
  });
});

describe('beats: from one moment that matters to the next', () => {
  test('forth and back meet the same beats', () => {
    const source = at(killed, 0);
    source.seekTime(7_999);
    const forth = Array.from({ length: 12 }, () => source.stepBeat(1)!);
    expect(forth[0]).toMatchObject({ kind: 'process', atMs: 8_000 });
    const back = Array.from({ length: 11 }, () => source.stepBeat(-1)!);
    const steps = (beats: readonly { readonly step: number }[]) => [
      ...new Set(beats.map(({ step }) => step)),
    ];
    expect(steps(back)).toEqual(steps(forth).slice(0, -1).reverse());
  });

  test('none within the limit: the cursor stays', () => {
    const source = at(DEFAULT_SCENE, 15_000);
    expect(source.stepBeat(1, 3_000)).toBeNull();
    expect(source.cursor.atMs).toBe(15_000);
    expect(source.computedUntilMs).toBe(18_000);
  });
});

test('density: every message sent is in one bucket', () => {
  const source = at(DEFAULT_SCENE, 10_000);
  const sent = source.notes().filter(({ event }) => event === 'sent').length;
  expect(source.density(250).reduce((sum, count) => sum + count, 0)).toBe(sent);
  expect(source.messages(0, 10_000)).toHaveLength(sent);
});

test('spans: a killed node’s span opens at its death and closes at its return', () => {
  const inputs: TimedInput[] = [
    { atMs: 8_000, input: kill('8901') },
    { atMs: 9_000, input: { type: 'restart', node: '8901' } },
  ];
  const spans = at({ ...DEFAULT_SCENE, inputs }, 10_000).spans();
  expect(spans).toEqual([
    { kind: 'killed', node: '8901', about: null, fromMs: 8_000, untilMs: 9_000 },
  ]);
});

test('one message is found by its number, as it is among all', () => {
  const source = at(
    { ...killed, inputs: [{ atMs: 8_000, input: { type: 'freeze', node: '8901' } }] },
    10_000,
  );
  const all = source.messages(0, 10_000);
  expect(new Set(all.map(({ fate }) => fate))).toEqual(new Set(['delivered', 'flying', 'unread']));
  expect(all.map(({ id }) => source.traceOf(id))).toEqual(all);
  expect(source.traceOf(1_000_000)).toBeNull();
});
