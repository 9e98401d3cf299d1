import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { healthyFrame, withRow } from '../fixtures';
import { distancePx, normalRad, polar, slotAngleRad, type Point } from './polar';
import { ringNumbers } from './ring-marks';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });

test('arcs: one for each run of slots, named by its first slot', () => {
  const { arcs } = stageGeometry(six, null, box);
  expect(arcs.map(({ owner, id }) => `${owner} ${id}`)).toEqual([
    '8901 0',
    '8902 5461',
    '8903 10923',
  ]);
  expect(arcs.map(({ range }) => range?.text)).toEqual(['0–5460', '5461–10922', '10923–16383']);
});

test('arcs: slots that nobody serves get an arc without an owner', () => {
  const frame = six.nodes.reduce<ClusterFrame>(
    (f, { name }) => withRow(f, { observer: name, subject: '8902' }, { slots: [[5461, 8000]] }),
    six,
  );
  const { arcs } = stageGeometry(frame, null, box);
  expect(arcs.map(({ owner }) => owner)).toEqual(['8901', '8902', null, '8903']);
});

test('arcs: a range in figures only where there is room for it', () => {
  const thirty = healthyFrame({ masters: 15, replicasPerMaster: 1 });
  expect(stageGeometry(thirty, null, box).arcs.every(({ range }) => range === null)).toBe(true);
});

test('arcs: figures touch no disc and stay on their arc, however many masters there are', () => {
  for (const extent of [box, { ...box, width: 1030, height: 470 }, { ...box, width: 700 }]) {
    for (const masters of [3, 4, 5, 6, 7, 8]) {
      const frame = healthyFrame({ masters, replicasPerMaster: 1 });
      const { arcs, places } = stageGeometry(frame, null, extent);
      for (const { range } of arcs) {
        if (!range) continue;
        const [radius, bearing] = [Math.hypot(range.at.x, range.at.y), bearingRad(range.at)];
        const halfRad = (range.text.length * 3.45) / radius;
        const corners = [-1, 1].map((side) => polar(radius + 5, bearing + side * halfRad));
        for (const place of places.values()) {
          const nearest = Math.min(...corners.map((corner) => distancePx(corner, place)));
          expect(nearest, `${range.text} of ${masters}`).toBeGreaterThan(place.radius + 3);
        }
        const [first, last] = range.text.split('–').map(Number);
        expect(bearing - halfRad).toBeGreaterThan(slotAngleRad(first!));
        expect(bearing + halfRad).toBeLessThan(slotAngleRad(last! + 1));
      }
    }
  }
});

const bearingRad = ({ x, y }: Point): number => normalRad(Math.atan2(x, -y));

test('arcs: with six masters on a laptop every range is written', () => {
  const frame = healthyFrame({ masters: 6, replicasPerMaster: 1 });
  const { arcs } = stageGeometry(frame, null, box);
  expect(arcs.filter(({ range }) => range)).toHaveLength(6);
});

test('numbers: dropped, never moved, near a disc', () => {
  const { size, places } = stageGeometry(six, null, box);
  const all = ringNumbers(size, []);
  const some = ringNumbers(size, [...places.values()]);
  expect(all).toHaveLength(8);
  expect(some.length).toBeLessThan(8);
  expect(all).toEqual(expect.arrayContaining(some));
});
