import { describe, expect, test } from 'vitest';
import type { ClusterFrame, FrameMessage } from '../../protocol/cluster-frame';
import type { ArrangedNode } from './arrangement';
import { cellAt, cellCounts, cellPaths, cellSectors, type CellState } from './belief-cells';
import { FAN_FROM } from './broadcasts';
import { crowdFlights, flightNear } from './crowd-flights';
import { crowdLabels, reaches } from './crowd-labels';
import { lensPicture } from './lens';
import { geometryOf } from './stage-geometry';
import { angleBetweenRad, distancePx, polar, slotAngleRad } from './polar';
import { scaleOf } from './scale';

/** Masters first, then their replicas; slots shared out evenly. */
function arranged(masters: number, replicas: number): ArrangedNode[] {
  const name = (i: number) => String(8901 + i);
  return Array.from({ length: masters * (1 + replicas) }, (_, i) => {
    const shard = i < masters ? i : Math.floor((i - masters) / replicas);
    const [first, last] = [shard, shard + 1].map((n) => Math.round((n * 16_384) / masters));
    const isMaster = i < masters;
    return {
      ...{ name: name(i), shard, role: isMaster ? 'master' : 'replica', knowledge: 'known' },
      ...{ place: isMaster ? 'ring' : 'moon', around: isMaster ? null : name(shard) },
      ...{ replicates: !isMaster, slots: isMaster ? [[first!, last! - 1]] : [] },
      wishRad: slotAngleRad((first! + last!) / 2),
    };
  });
}
const STAGES = {
  desk: { width: 856, height: 622, insetTop: 64 },
  wide: { width: 1228, height: 622, insetTop: 64 },
  laptop: { width: 1030, height: 520, insetTop: 64 },
  phone: { width: 390, height: 380, insetTop: 0 },
};
const CALM = { hasClient: false, hasTally: false };
const CROWDS = [
  [61, 0],
  [40, 2],
  [25, 2],
  [100, 2],
  [150, 1],
  [60, 4],
] as const;

describe('the steps of scale', () => {
  test.each([
    [8, 'few'],
    [9, 'tight'],
    [16, 'tight'],
    [17, 'shards'],
    [60, 'shards'],
    [61, 'beads'],
    [300, 'beads'],
    [301, 'arcs'],
  ])('%d nodes are drawn as %s', (count, scale) => {
    expect(scaleOf(count)).toBe(scale);
  });
});

describe.each(Object.entries(STAGES))('a crowd on a %s', (name, stage) => {
  test.each(CROWDS)(
    '%d masters with %d replicas: beads keep apart, all is on the stage',
    (m, k) => {
      const { places, size } = geometryOf(arranged(m, k), { ...stage, ...CALM });
      const all = [...places.values()];
      for (const [i, a] of all.entries()) {
        for (const b of all.slice(0, i)) {
          expect(distancePx(a, b)).toBeGreaterThan(a.radius + b.radius - 0.1);
        }
      }
      const outer = size.crowd!.cells[1];
      expect(size.centreX - outer).toBeGreaterThanOrEqual(0);
      expect(size.centreX + outer).toBeLessThanOrEqual(stage.width);
      expect(size.centreY - outer).toBeGreaterThanOrEqual(stage.insetTop);
      expect(size.centreY + outer).toBeLessThanOrEqual(stage.height);
      expect(size.crowd!.lens === null).toBe(name === 'phone');
    },
  );

  test('the lens keeps clear of ports and notes, and is on the stage', () => {
    const { size } = geometryOf(arranged(40, 2), { ...stage, ...CALM });
    const { lens, labels, facts, note } = size.crowd!;
    if (!lens) return;
    expect(distancePx(lens, { x: 0, y: 0 })).toBeGreaterThan(labels + 28 + lens.radius);
    const [left, top] = [size.centreX + lens.x - lens.radius, size.centreY + lens.y - lens.radius];
    expect(left + 2 * lens.radius).toBeLessThanOrEqual(stage.width);
    expect(top + 2 * lens.radius).toBeLessThanOrEqual(stage.height);
    const isBeside = facts.x >= left + 2 * lens.radius;
    if (!isBeside) expect(facts.y + 100).toBeLessThanOrEqual(top);
    if (!isBeside) expect(note.y + 128).toBeLessThanOrEqual(facts.y);
  });
});

describe('the ports of a crowd', () => {
  test.each(CROWDS)('%d masters with %d replicas: no two of them touch', (m, k) => {
    const { places, size } = geometryOf(arranged(m, k), { ...STAGES.desk, ...CALM });
    const inPlay = ['8917', '8918', '8923', String(8900 + m * (1 + k))];
    const labels = crowdLabels(places, size.crowd!.labels, inPlay);
    const bearings = labels.map(({ x, y }) => Math.atan2(x, -y));
    for (const [i, a] of bearings.entries()) {
      for (const b of bearings.slice(0, i)) {
        expect(angleBetweenRad(a, b) * size.crowd!.labels).toBeGreaterThan(14.9);
      }
    }
    expect(labels[0]).toMatchObject({ name: '8917', isInPlay: true });
    expect(labels.length).toBeGreaterThan(5);
  });
});

describe('the halo of cells', () => {
  const { places, size } = geometryOf(arranged(40, 2), { ...STAGES.desk, ...CALM });
  const sectors = cellSectors(places);

  test('a cell a node, side by side all the way round, the master’s first', () => {
    expect(sectors).toHaveLength(120);
    const total = sectors.reduce((sum, { fromRad, toRad }) => sum + toRad - fromRad, 0);
    expect(total).toBeCloseTo(2 * Math.PI);
    expect(sectors.slice(0, 4).map(({ name }) => name)).toEqual(['8901', '8941', '8942', '8902']);
  });

  test('pointing at a cell finds its node', () => {
    for (const { name, fromRad, toRad } of sectors) {
      expect(cellAt(sectors, polar(260, (fromRad + toRad) / 2))).toBe(name);
    }
  });

  test('one path for each thing that is said', () => {
    const states = new Map<string, CellState>([...places.keys()].map((name) => [name, 'ok']));
    states.set('8903', 'fail').set('8904', 'pfail').set('8905', 'stopped');
    const paths = cellPaths(sectors, states, size.crowd!.cells);
    expect(paths.fail.match(/M/g)).toHaveLength(1);
    expect(paths.ok.match(/M/g)).toHaveLength(117);
    expect(cellCounts(states)).toMatchObject({
      ok: 117,
      pfail: 1,
      fail: 1,
      stopped: 1,
      asked: 119,
    });
  });
});

describe('the lens', () => {
  const { places, size, arcs } = geometryOf(arranged(40, 2), { ...STAGES.desk, ...CALM });

  test('shows the whole shard of whoever is in focus, within its rim', () => {
    const picture = lensPicture(size.crowd!.lens!, '8974', places, arcs)!;
    expect(picture.nodes.map(({ name }) => name)).toEqual(['8917', '8973', '8974']);
    for (const { x, y, radius } of picture.nodes) {
      expect(Math.hypot(x, y) + radius).toBeLessThan(picture.radius);
    }
    expect(picture.arcs.map(({ owner }) => owner)).toEqual(['8916', '8917', '8918']);
  });

  test('nodes in it do not overlap', () => {
    const { nodes } = lensPicture(size.crowd!.lens!, '8917', places, arcs)!;
    for (const [i, a] of nodes.entries()) {
      for (const b of nodes.slice(0, i)) {
        expect(distancePx(a, b)).toBeGreaterThan(a.radius + b.radius + 4);
      }
    }
  });
});

describe('what flies in a crowd', () => {
  const { places, size } = geometryOf(arranged(40, 2), { ...STAGES.desk, ...CALM });
  const OPTIONS = { atMs: 1_050, places, radius: size.radius, reducedMotion: false };
  const message = (id: number, fields: Partial<FrameMessage>): FrameMessage => ({
    ...{ id, type: 'PING', from: '8923', to: '8901', fate: 'flying', about: null, epoch: 1 },
    ...{ sentAtMs: 1_000, deliverAtMs: 1_100, rumours: [] },
    ...fields,
  });
  const broadcast = (count: number): ClusterFrame['messages'] =>
    Array.from({ length: count }, (_, i) =>
      message(i, { type: 'FAIL', about: '8917', to: String(8924 + i) }),
    );

  test('a broadcast to more than two dozen is one fan with its count', () => {
    const { fans, dots, glyphs, hairlines } = crowdFlights(broadcast(FAN_FROM + 1), OPTIONS);
    expect(fans).toMatchObject([{ from: '8923', type: 'FAIL', count: FAN_FROM + 1 }]);
    expect(dots).toHaveLength(FAN_FROM + 1);
    expect(hairlines.get('FAIL')).toHaveLength(FAN_FROM + 1);
    expect(glyphs).toEqual([]);
  });

  test('it stays a fan when few of it are left', () => {
    const { fans, dots, glyphs } = crowdFlights(broadcast(3), OPTIONS);
    expect([fans[0]?.count, dots.length, glyphs.length]).toEqual([3, 3, 0]);
  });

  test('what is lost of it, and what is said to one alone, keeps its glyph', () => {
    const others = [message(1, { type: 'FAIL', fate: 'lost' }), message(2, { type: 'UPDATE' })];
    const { fans, glyphs } = crowdFlights(others, OPTIONS);
    expect([fans.length, glyphs.length]).toEqual([0, 2]);
  });

  test('a click near a message means the nearest; one on nothing means none', () => {
    const { dots } = crowdFlights([message(1, {}), message(2, { to: '8911' })], OPTIONS);
    const { x, y } = dots[1]!;
    expect(flightNear(dots, { x: x + 2, y })).toBe(2);
    expect(flightNear(dots, { x: x + 20, y: y + 20 })).toBeNull();
  });

  test('a heartbeat is a dot half of the way there; one unread at a dead process is not drawn', () => {
    const beats = [message(1, {}), message(2, { fate: 'unread' })];
    const { dots } = crowdFlights(beats, OPTIONS);
    expect(dots.map(({ id }) => id)).toEqual([1]);
    const [from, to] = [places.get('8923')!, places.get('8901')!];
    expect(distancePx(dots[0]!, from)).toBeCloseTo(distancePx(dots[0]!, to), 0);
  });
});

test('a port outside the ring gives way to a note it would run into', () => {
  const note = { left: 230, right: 300, top: -10, bottom: 60 };
  expect(reaches({ x: 210, y: 0 }, note)).toBe(true);
  expect(reaches({ x: 0, y: -210 }, note)).toBe(false);
  expect(reaches({ x: -210, y: 0 }, note)).toBe(false);
});
