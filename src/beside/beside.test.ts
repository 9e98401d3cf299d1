import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../kernel/scene';
import type { Note, RecordedNote } from '../protocol/notes';
import { SimulatedSource } from '../timeline/simulated-source';
import { planOf, type ClusterPlan } from './cluster-plan';
import { deedsOf, episodesOf, type Episode } from './deeds-of-notes';
import { compareOrder } from './first-difference';
import { intervalRows, intervalsOf } from './intervals';
import { eventsOfRun, type EventName, type KeyEvent, type LoggedLine } from './key-events';
import { playModel } from './play-model';
import { kindOf, realEvents } from './real-runs';

const noted = (atMs: number, note: Note): RecordedNote => ({ ...note, atMs, step: atMs });
const process = (atMs: number, node: string, state: 'running' | 'frozen' | 'killed') =>
  noted(atMs, { event: 'process', node, process: state });
const link = (atMs: number, from: string, to: string, state: 'cut' | 'healed' | 'slow') =>
  noted(atMs, { event: 'link', from, to, link: state });
const line = (atMs: number, node: string, text: string): LoggedLine => ({
  ...{ atMs, node, level: 'warning', text },
});
const happened = (...events: [EventName, number][]): KeyEvent[] =>
  events.map(([event, atMs]) => ({ event, atMs, node: '8904' }));

describe('deeds: what was noted of real nodes, as what can be done to simulated ones', () => {
  test('signals, starts, and every way that was cut', () => {
    const notes = [
      process(10, '8901', 'frozen'),
      process(20, '8901', 'running'),
      process(30, '8902', 'killed'),
      process(40, '8902', 'running'),
      link(50, '8901', '8903', 'cut'),
      link(60, '8901', '8903', 'healed'),
    ];
    expect(deedsOf(notes).map(({ input }) => input.type)).toEqual([
      ...['freeze', 'wake', 'kill', 'restart', 'cut', 'heal'],
    ]);
  });

  test('a process that has run all along was not woken; a slow link is left out', () => {
    const slow = [link(2, '8901', '8902', 'slow'), link(9, '8901', '8902', 'healed')];
    expect(deedsOf([process(1, '8901', 'running'), ...slow])).toEqual([]);
  });

  test('CLUSTER FAILOVER is a deed, a question is none', () => {
    const asked = (text: string) =>
      noted(5, { event: 'command', client: 'redis-cli', node: '8904', text });
    const deeds = deedsOf([asked('CLUSTER NODES'), asked('CLUSTER FAILOVER FORCE')]);
    expect(deeds.map(({ input }) => input)).toMatchObject([
      { type: 'command', argv: ['CLUSTER', 'FAILOVER', 'FORCE'] },
    ]);
  });
});

describe('episodes: each begins with a fault in a whole cluster', () => {
  const struckTwice = deedsOf([
    process(100, '8901', 'frozen'),
    process(150, '8902', 'frozen'),
    process(200, '8901', 'running'),
    process(210, '8902', 'running'),
    process(900, '8904', 'killed'),
  ]);

  test('what is done while something else is broken belongs to it', () => {
    const episodes = episodesOf(struckTwice, 2_000);
    expect(episodes.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([
      [100, 900],
      [900, 2_000],
    ]);
    expect(episodes[0]!.deeds.map(({ atMs }) => atMs)).toEqual([0, 50, 100, 110]);
  });

  test('the ways of one partition begin one episode', () => {
    const ways = [link(7, '8901', '8902', 'cut'), link(7, '8902', '8901', 'cut')];
    expect(episodesOf(deedsOf(ways), 100)).toHaveLength(1);
  });

  test('of one kind are those that do the same to nodes in the same part', () => {
    const [first, second] = episodesOf(struckTwice, 2_000) as [Episode, Episode];
    expect(kindOf(first, new Set(['8901', '8902']))).toBe(
      'freeze master, freeze master, wake master, wake master',
    );
    expect(kindOf(second, new Set())).toBe('kill replica');
  });
});

describe('events of a run', () => {
  test('state ok is when the last of those who said fail says ok; the struck are not asked', () => {
    const lines = [
      line(1, '8902', 'Cluster state changed: fail'),
      line(2, '8903', 'Cluster state changed: fail'),
      line(3, '8902', 'Cluster state changed: ok'),
      line(4, '8903', 'Cluster state changed: ok'),
      line(9, '8901', 'Cluster state changed: fail'),
    ];
    expect(eventsOfRun(lines, new Set(['8901']))).toEqual([
      { event: 'state ok', atMs: 4, node: '8903' },
    ]);
    expect(eventsOfRun(lines, new Set())).toEqual([]);
  });

  test('of the log only what was written during the episode counts, from its first deed', () => {
    const won = "Failover election won: I'm the new master.";
    const notes = [50, 300, 800].map((atMs) =>
      noted(atMs, { event: 'log', node: '8904', level: 'warning', text: won }),
    );
    const events = realEvents(notes, { fromMs: 100, untilMs: 700, deeds: [] });
    expect(events).toEqual([{ event: 'won', atMs: 200, node: '8904' }]);
  });
});

describe('order', () => {
  const real = happened(['first PFAIL', 1], ['FAIL', 2], ['won', 3]);

  test('the same in one of several runs is the same', () => {
    const other = happened(['FAIL', 1], ['won', 2]);
    expect(compareOrder(real, [other, real])).toEqual({
      ...{ same: 1, of: 2, nearest: real, firstDifference: null },
    });
  });

  test('otherwise the run that agrees longest shows where they part', () => {
    const early = happened(['FAIL', 1]);
    const late = happened(['first PFAIL', 1], ['FAIL', 2], ['demoted', 3]);
    const verdict = compareOrder(real, [early, late]);
    expect(verdict).toMatchObject({ same: 0, nearest: late, firstDifference: 2 });
    expect(compareOrder(real, [real.slice(0, 2)])?.firstDifference).toBe(2);
  });

  test('without a run there is nothing to say', () => {
    expect(compareOrder(real, [])).toBeNull();
  });
});

describe('intervals', () => {
  const episode: Pick<Episode, 'deeds'> = {
    deeds: [
      { atMs: 0, input: { type: 'freeze', node: '8901' } },
      { atMs: 6_000, input: { type: 'wake', node: '8901' } },
    ],
  };

  test('what a fault brings counts from it, what mending brings from the mending', () => {
    const events = happened(['FAIL', 3_000], ['FAIL cleared', 6_004]);
    expect(intervalsOf(events, episode)).toEqual({ FAIL: 3_000, 'FAIL cleared': 4 });
  });

  test('ten real runs are tested, nine are not', () => {
    const simulated = Array.from({ length: 20 }, (_, i) => ({ FAIL: 3_000 + i * 10 }));
    const test10 = intervalRows({ FAIL: 3_000 }, simulated.slice(0, 10), simulated)[0]!;
    expect(test10.test?.distance).toBeCloseTo(0.5);
    expect(test10.spread).toMatchObject({ medianMs: 3_095 });
    expect(intervalRows({}, simulated.slice(0, 9), simulated)[0]!.test).toBeNull();
  });
});

describe('the model plays what was done', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(8_000);
  const plan = planOf(source.frame) as ClusterPlan;
  const play = (episode: Episode, seed: number): KeyEvent[] => {
    const run = playModel(plan, episode, seed);
    for (;;) {
      const next = run.next();
      if (next.done) return next.value;
    }
  };

  test('from the shape of the real cluster', () => {
    expect(plan.shards.map(({ master }) => master)).toEqual(['8901', '8902', '8903']);
    expect(planOf({ ...source.frame, nodes: source.frame.nodes.slice(1) })).toBe('few');
    expect(planOf({ ...source.frame, nodes: source.frame.nodes.slice(0, 5) })).toBe('uneven');
    expect(planOf({ ...source.frame, nodes: [] })).toBe('none');
  });

  test('a master is killed and started again: its own replica wins, whoever that is', () => {
    const frozen: Episode = {
      ...{ fromMs: 500, untilMs: 12_500 },
      deeds: [
        { atMs: 0, input: { type: 'kill', node: '8902' } },
        { atMs: 11_000, input: { type: 'restart', node: '8902' } },
      ],
    };
    const heir = plan.shards[1]!.replicas[0]!;
    for (const seed of [1, 2]) {
      const events = play(frozen, seed);
      expect(events.find(({ event }) => event === 'won')?.node).toBe(heir);
      expect(events.map(({ event }) => event)).toContain('state ok');
      const wonMs = events.find(({ event }) => event === 'won')!.atMs;
      expect(wonMs).toBeGreaterThan(5_000);
      expect(wonMs).toBeLessThan(11_000);
    }
  });
});
