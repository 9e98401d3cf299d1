import { describe, expect, test } from 'vitest';
import type { Note } from '../../protocol/notes';
import type { Beat, BeatKind, Span } from '../../timeline/cluster-source';
import { lanesOf, type LaneNode } from './space-time-lanes';
import { playersOf } from './space-time-players';
import { countsOver, spreadOf } from './space-time-spread';
import { turningPoints } from './space-time-turns';

/** Masters first, then their replicas, as redis-cli --cluster create numbers them. */
function cluster(masters: number, replicas: number): LaneNode[] {
  return Array.from({ length: masters * (1 + replicas) }, (_, i) => ({
    name: String(8901 + i),
    shard: i < masters ? i : Math.floor((i - masters) / replicas),
    role: i < masters ? ('master' as const) : ('replica' as const),
  }));
}
const span = (kind: Span['kind'], node: string, fromMs: number, untilMs: number | null): Span => ({
  ...{ kind, node, about: '8903', fromMs, untilMs },
});
const beat = (kind: BeatKind, step: number, note: Note): Beat => {
  return { kind, step, atMs: step, note: { ...note, step, atMs: step } };
};
const ROOM = { topPx: 25, heightPx: 102, players: [] };
const NOBODY = { subject: null, viewpoint: null, spans: [], beats: [] };

describe('lanes of nine to sixteen nodes', () => {
  const nodes = cluster(5, 1);
  const players = playersOf(nodes, { ...NOBODY, subject: '8904' });

  test('the shard in play keeps its replica; the other replicas are folded', () => {
    const { lanes, folded } = lanesOf(nodes, { ...ROOM, players });
    const keys = lanes.map(({ key }) => key);
    expect(keys.slice(0, 5)).toEqual(['8901', '8902', '8903', '8904', '8905']);
    expect(keys).toContain('8909');
    expect(folded).toEqual({ count: 4, replicasOnly: true });
  });
});

describe('lanes of seventeen to sixty nodes', () => {
  test.each([
    [10, 2],
    [20, 2],
    [30, 1],
    [17, 0],
  ])(
    '%d masters with %d replicas: no two lines meet, none leaves its lane',
    (masters, replicas) => {
      const nodes = cluster(masters, replicas);
      const { lanes, yOf, bandPx } = lanesOf(nodes, ROOM);
      expect(lanes).toHaveLength(masters);
      const lines = nodes.map(({ name }) => yOf.get(name)!).sort((a, b) => a - b);
      for (let i = 1; i < lines.length; i++) {
        expect(lines[i]! - lines[i - 1]!).toBeGreaterThan(bandPx * 0.99);
      }
      for (const { y, heightPx, threads } of lanes) {
        for (const thread of threads) expect(Math.abs(thread)).toBeLessThan(heightPx / 2);
        expect(y).toBeLessThan(ROOM.topPx + ROOM.heightPx);
      }
    },
  );

  test('names that would overlap are left out, the one in play never', () => {
    const players = [{ name: '8924', part: 'subject' as const }];
    const named = lanesOf(cluster(30, 1), { ...ROOM, players }).lanes.filter((l) => l.isNamed);
    expect(named.map(({ node }) => node!.name)).toContain('8924');
    for (let i = 1; i < named.length; i++) {
      expect(named[i]!.y - named[i - 1]!.y).toBeGreaterThanOrEqual(10.5);
    }
  });

  test('after a failover the new master names the lane', () => {
    const nodes = cluster(10, 2).map((node) => {
      if (node.name === '8901') return { ...node, role: 'replica' as const };
      return node.name === '8911' ? { ...node, role: 'master' as const } : node;
    });
    expect(lanesOf(nodes, ROOM).lanes[0]!.node!.name).toBe('8911');
  });
});

describe('lanes of a crowd', () => {
  const nodes = cluster(40, 2);
  const spans = [span('fail', '8923', 200, null), span('fail', '8902', 210, null)];

  test('the suspect, who was first to say FAIL, and the heirs; the rest is the curve', () => {
    const players = playersOf(nodes, { ...NOBODY, subject: '8903', spans });
    expect(players).toEqual([
      { name: '8903', part: 'failed' },
      { name: '8923', part: 'first' },
      { name: '8945', part: 'replica' },
      { name: '8946', part: 'replica' },
    ]);
    const { lanes, curve, yOf } = lanesOf(nodes, { ...ROOM, heightPx: 110, players });
    expect(lanes.map(({ key }) => key)).toEqual(['8903', '8923', '8945', '8946']);
    expect(curve!.bottomPx).toBeLessThan(lanes[0]!.y - lanes[0]!.heightPx / 2);
    expect(yOf.has('8910')).toBe(false);
  });

  test('while nobody is in question a few masters stand for all', () => {
    expect(playersOf(nodes, NOBODY).map(({ name }) => name)).toEqual([
      ...['8901', '8902', '8903', '8904'],
    ]);
  });
});

describe('how many know', () => {
  const spans = [
    span('pfail', '8901', 100, 200),
    span('fail', '8901', 200, null),
    span('pfail', '8902', 150, null),
  ];

  test('a suspicion that becomes a verdict is one node, not two', () => {
    expect(countsOver(spans, 1_000)).toEqual([
      { atMs: 100, count: 1 },
      { atMs: 150, count: 2 },
      { atMs: 200, count: 2 },
    ]);
  });

  test('the curve begins at what held before, and reaches the end of the sheet', () => {
    const ground = { fromMs: 120, toMs: 500, topPx: 0, bottomPx: 50, most: 2 };
    const { suspectsEdge } = spreadOf(spans, '8903', 400, { ...ground, xOf: (ms) => ms - 120 });
    expect(suspectsEdge).toBe('M0 25H30V0H80V0H380');
  });
});

describe('turning points', () => {
  const flag = (step: number, at: string, kind: 'pfail' | 'fail', event: Note['event']) =>
    beat(event === 'flag.set' ? kind : 'clear', step, {
      ...{ event: event as 'flag.set', at, about: '8903', flag: kind },
    });

  test('the first to suspect and the first to be sure, until the news is taken back', () => {
    const beats = [
      flag(1, '8901', 'pfail', 'flag.set'),
      flag(2, '8902', 'pfail', 'flag.set'),
      beat('report', 3, { event: 'report.add', at: '8901', about: '8903', by: '8902' }),
      flag(4, '8902', 'fail', 'flag.set'),
      flag(5, '8901', 'fail', 'flag.set'),
      flag(6, '8901', 'fail', 'flag.clear'),
      flag(7, '8905', 'fail', 'flag.set'),
    ];
    expect(turningPoints(beats).map(({ step }) => step)).toEqual([1, 4, 6, 7]);
  });
});
