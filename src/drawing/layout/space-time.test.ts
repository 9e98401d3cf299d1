import { describe, expect, test } from 'vitest';
import type { Beat, MessageTrace, Span } from '../../timeline/cluster-source';
import type { Note } from '../../protocol/notes';
import { sheetFor, type History } from './space-time';
import { subjectAt } from './space-time-beliefs';
import { lanesOf, type LaneNode } from './space-time-lanes';
import { inFlight, messageNear } from './space-time-messages';
import { densityPath, overviewMarks, overviewOf } from './space-time-overview';
import { ticksOf } from './space-time-ticks';

const NODES: readonly LaneNode[] = [
  { name: '8901', shard: 0, role: 'master' },
  { name: '8904', shard: 0, role: 'replica' },
  { name: '8902', shard: 1, role: 'master' },
  { name: '8905', shard: 1, role: 'replica' },
  { name: '8903', shard: 2, role: 'master' },
  { name: '8906', shard: 2, role: 'replica' },
];
const ROOM = { topPx: 25, heightPx: 106, players: [] };
const LANES = lanesOf(NODES, ROOM);
const RANGE = { fromMs: 9_000, toMs: 13_000 };

const beat = (step: number, atMs: number, note: Note): Beat => ({
  step,
  atMs,
  kind: 'pfail',
  note: { ...note, atMs, step },
});
const trace = (fields: Partial<MessageTrace>): MessageTrace => ({
  id: 1,
  type: 'PING',
  from: '8901',
  to: '8904',
  sentAtMs: 10_000,
  deliverAtMs: 10_100,
  fate: 'delivered',
  rumours: [],
  ...fields,
});
const SUSPICION = [{ about: '8901', flag: 'pfail' as const }];
const report = (step: number, atMs: number, by: string) =>
  beat(step, atMs, { event: 'report.add', at: '8904', about: '8901', by });
const verdict = (step: number, atMs: number) =>
  beat(step, atMs, { event: 'flag.set', at: '8904', about: '8901', flag: 'fail' });

function sheetOf(fields: {
  traces?: readonly MessageTrace[];
  beats?: readonly Beat[];
  spans?: readonly Span[];
  computedUntilMs?: number;
}) {
  const history: History = {
    recorded: '',
    computedUntilMs: fields.computedUntilMs ?? 12_000,
    beats: fields.beats ?? [],
    spans: fields.spans ?? [],
    messages: () => fields.traces ?? [],
    density: () => [],
  };
  return sheetFor(history, LANES, { range: RANGE, pxPerMs: 0.25, subject: '8901' });
}

describe('lanes', () => {
  test('each node has a lane, in ring order', () => {
    expect(LANES.lanes.map((lane) => lane.key)).toEqual(NODES.map((node) => node.name));
    expect(LANES.lanes[0]!.y).toBeCloseTo(25 + 17.6 / 2);
    expect(LANES.folded).toBeNull();
  });

  test('replicas fold first, but not the viewpoint; the fold says how many', () => {
    const lanes = lanesOf(NODES, {
      topPx: 0,
      heightPx: 65,
      players: [{ name: '8906', part: 'viewpoint' }],
    });
    expect(lanes.lanes.map((lane) => lane.key)).toEqual(['8901', '8902', '8903', '8906', 'folded']);
    expect(lanes.folded).toEqual({ count: 2, replicasOnly: true });
    expect(lanes.yOf.get('8904')).toBe(lanes.lanes.at(-1)!.y);
  });

  test('folded masters are called nodes, not replicas', () => {
    const lanes = lanesOf(NODES, { topPx: 0, heightPx: 30, players: [] });
    expect(lanes.folded).toEqual({ count: 5, replicasOnly: false });
  });
});

describe('ticks', () => {
  test.each([
    [4_000, 0.28, '10 s', '10.5 s'],
    [400, 2.8, '10 s', '10.05 s'],
    [40, 28, '10 s', '10.005 s'],
    [60_000, 0.018, '10 s', '20 s'],
  ])('a window of %d ms is labelled %s, %s', (spanMs, pxPerMs, first, second) => {
    const labels = ticksOf({ fromMs: 10_000, toMs: 10_000 + spanMs }, pxPerMs)
      .map((tick) => tick.label.replace('\u00a0', ' '))
      .filter((label) => label !== '');
    expect(labels.slice(0, 2)).toEqual([first, second]);
  });

  test('there is no tick before 0', () => {
    expect(ticksOf({ fromMs: -2_000, toMs: 2_000 }, 0.25)[0]!.atMs).toBe(0);
  });
});

describe('messages', () => {
  test('a line runs from the lane and time of sending to those of receiving', () => {
    const [line] = sheetOf({ traces: [trace({ to: '8902' })] }).lines;
    expect(line).toMatchObject({ x0: 250, x1: 275, endMs: 10_100 });
    expect([line!.y0, line!.y1]).toEqual([LANES.yOf.get('8901'), LANES.yOf.get('8902')]);
  });

  test.each([
    ['lost', 0.55],
    ['held', 0.3],
    ['unread', 1],
  ] as const)('a %s message ends in a ring at %d of its way', (fate, share) => {
    const sheet = sheetOf({ traces: [trace({ fate, to: '8902' })] });
    const [from, to] = [LANES.yOf.get('8901')!, LANES.yOf.get('8902')!];
    expect(sheet.ends).toEqual([
      { id: 1, kind: fate, x: 250 + 25 * share, y: from + (to - from) * share },
    ]);
  });

  test('heartbeats share a path; a rumour and a verdict have one each', () => {
    const sheet = sheetOf({
      traces: [
        trace({ id: 1 }),
        trace({ id: 2, from: '8902' }),
        trace({ id: 3, type: 'PONG' }),
        trace({ id: 4, rumours: SUSPICION }),
        trace({ id: 5, type: 'FAIL' }),
      ],
    });
    expect(sheet.strokes.map(({ weight, dashed }) => ({ weight, dashed }))).toEqual([
      { weight: 'plain', dashed: false },
      { weight: 'plain', dashed: true },
      { weight: 'rumour', dashed: false },
      { weight: 'key', dashed: false },
    ]);
    expect(sheet.strokes[0]!.d.match(/M/g)).toHaveLength(2);
  });

  test('the heartbeat that put a report on file is a key message, another rumour is not', () => {
    const delivered = { from: '8902', to: '8904', rumours: SUSPICION };
    const { lines } = sheetOf({
      traces: [
        trace({ id: 1, ...delivered, deliverAtMs: 10_100 }),
        trace({ id: 2, ...delivered, deliverAtMs: 10_900 }),
      ],
      beats: [report(7, 10_100, '8902')],
    });
    expect(lines.map((line) => line.isKey)).toEqual([true, false]);
  });

  test('fog: thousands of plain heartbeats are not drawn, what carries news is', () => {
    const traces = Array.from({ length: 1_600 }, (_, id) => trace({ id }));
    const sheet = sheetOf({ traces: [...traces, trace({ id: 9_999, type: 'FAIL' })] });
    expect(sheet.strokes.map((stroke) => stroke.weight)).toEqual(['key']);
  });

  test('in flight: a key message is drawn where it is at that time', () => {
    const { lines } = sheetOf({ traces: [trace({ type: 'FAIL' })] });
    expect(inFlight(lines, 10_050)).toMatchObject([{ x: 262.5, type: 'FAIL' }]);
    expect(inFlight(lines, 10_100)).toEqual([]);
  });

  test('in flight: glyphs that would hide each other are left to their lines', () => {
    const fails = (count: number) =>
      sheetOf({
        traces: Array.from({ length: count }, (_, id) => trace({ id, type: 'FAIL' })),
      }).lines;
    expect(inFlight(fails(48), 10_050)).toHaveLength(48);
    expect(inFlight(fails(49), 10_050)).toEqual([]);
  });

  test('pointing: the nearest line within reach, none beyond', () => {
    const { lines } = sheetOf({ traces: [trace({ id: 1 }), trace({ id: 2, sentAtMs: 10_060 })] });
    const y = (lines[0]!.y0 + lines[0]!.y1) / 2;
    expect(messageNear(lines, { x: 262, y }, 5)?.trace.id).toBe(1);
    expect(messageNear(lines, { x: 400, y }, 5)).toBeNull();
  });
});

describe('beliefs', () => {
  const pfail: Span = { kind: 'pfail', node: '8902', about: '8901', fromMs: 9_400, untilMs: null };

  test('what still holds has a band to the end of the sheet, where the picture cuts it off', () => {
    const early: Span = { kind: 'frozen', node: '8901', about: null, fromMs: 4_200, untilMs: null };
    expect(sheetOf({ spans: [pfail, early], computedUntilMs: 11_000 }).bands).toMatchObject([
      { kind: 'pfail', x0: 100, x1: 1_000 },
      { kind: 'frozen', x0: 0, x1: 1_000 },
    ]);
  });

  test('belief about another node is not told', () => {
    expect(sheetOf({ spans: [{ ...pfail, about: '8903' }] }).bands).toEqual([]);
  });

  test('the verdict covers the suspicion it replaces when both would touch', () => {
    const fail: Span = { ...pfail, kind: 'fail', fromMs: 9_420 };
    const { marks } = sheetOf({ spans: [pfail, fail] });
    expect(marks.map((mark) => mark.glyph)).toEqual(['FAIL']);
  });

  test('an arrival later than what is computed has no mark', () => {
    const fail = trace({ type: 'FAIL', sentAtMs: 11_950, deliverAtMs: 12_050, fate: 'flying' });
    expect(sheetOf({ traces: [fail] }).marks).toEqual([]);
    expect(sheetOf({ traces: [fail], computedUntilMs: 12_100 }).marks).toHaveLength(1);
  });

  test('the subject is the latest suspect before the playhead', () => {
    const later: Span = { ...pfail, about: '8903', fromMs: 11_000 };
    expect(subjectAt([pfail, later], 10_000)).toBe('8901');
    expect(subjectAt([pfail, later], 12_000)).toBe('8903');
    expect(subjectAt([pfail, later], 9_000)).toBeNull();
  });
});

describe('overview', () => {
  test('grows by doubling, so that it rarely changes scale', () => {
    expect(overviewOf(12_000, 900).untilMs).toBe(30_000);
    expect(overviewOf(31_000, 900).untilMs).toBe(60_000);
    expect(overviewOf(12_000, 900).label).toBe('0–30\u00a0s');
    const ofALog = overviewOf(3_000_000, 900, Date.UTC(2024, 2, 9, 11, 8, 28));
    expect(ofALog).toMatchObject({ untilMs: 3_000_000, label: '11:08–11:58' });
  });

  test('what was not watched from its beginning begins where it is known', () => {
    const overview = overviewOf(120_000, 900, Date.UTC(2026, 2, 9, 11, 8), 60_000);
    expect(overview).toMatchObject({
      fromMs: 60_000,
      pxPerMs: 0.015,
      label: '11:09:00–\n11:10:00',
    });
    const counts = Array.from({ length: 600 }, (_, i) => (i * overview.bucketMs >= 90_000 ? 1 : 0));
    expect(densityPath(counts, overview, 10)).toMatch(/^M450\.7 /);
    expect(overviewMarks([verdict(4, 30_000), verdict(5, 90_000)], overview)).toEqual([
      { x: 450, tone: 'fail' },
    ]);
  });

  test('the busiest bucket is as high as the strip, an empty one is not drawn', () => {
    const path = densityPath([2, 0, 4], overviewOf(12_000, 900), 10);
    expect(path.match(/v-[\d.]+/g)).toEqual(['v-5.0', 'v-10.0']);
  });

  test('two beats at one place show the graver', () => {
    const marks = overviewMarks(
      [verdict(5, 11_306), report(4, 11_300, '8902')],
      overviewOf(0, 900),
    );
    expect(marks).toEqual([{ x: 339, tone: 'fail' }]);
  });
});
