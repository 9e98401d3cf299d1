import { expect, test } from 'vitest';
import { healthyFrame } from '../fixtures';
import { chordPath, chordPoint } from './chord';
import { distancePx } from './polar';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const shapes = [
  { masters: 3, replicasPerMaster: 1 },
  { masters: 5, replicasPerMaster: 1 },
  { masters: 3, replicasPerMaster: 2 },
  { masters: 15, replicasPerMaster: 1 },
];

test.each(shapes)('chord: a replica’s traffic never passes under its master (%o)', (shape) => {
  const geometry = stageGeometry(healthyFrame(shape), null, box);
  for (const replica of geometry.places.values()) {
    if (!replica.around) continue;
    const master = geometry.places.get(replica.around)!;
    for (const other of geometry.places.values()) {
      if (other === replica || other === master || other.around === master.name) continue;
      const chord = geometry.chordOf(replica.name, other.name)!;
      for (let t = 0; t <= 1; t += 0.05) {
        expect(distancePx(chordPoint(chord, t), master)).toBeGreaterThan(master.radius + 2);
      }
    }
  }
});

test('chord: both directions are one curve', () => {
  const geometry = stageGeometry(healthyFrame(shapes[0]!), null, box);
  const there = chordPoint(geometry.chordOf('8904', '8902')!, 0.3);
  const back = chordPoint(geometry.chordOf('8902', '8904')!, 0.7);
  expect(there.x).toBeCloseTo(back.x);
  expect(there.y).toBeCloseTo(back.y);
});

test('chord: with a tally in the centre every chord goes round it', () => {
  const geometry = stageGeometry(healthyFrame(shapes[1]!), null, { ...box, hasTally: true });
  for (const [a, b] of [
    ['8901', '8903'],
    ['8902', '8905'],
    ['8904', '8906'],
  ] as const) {
    const chord = geometry.chordOf(a, b)!;
    const nearest = Math.min(
      ...Array.from({ length: 21 }, (_, i) => {
        const { x, y } = chordPoint(chord, i / 20);
        return Math.hypot(x, y);
      }),
    );
    expect(nearest).toBeGreaterThan(geometry.centreDisc);
  }
});

test('chord: a piece of a curve starts and ends on the curve', () => {
  const chord = { from: { x: 0, y: 0 }, control: { x: 50, y: 80 }, to: { x: 100, y: 0 } };
  const { x, y } = chordPoint(chord, 0.5);
  expect(chordPath(chord, 0, 0.5)).toMatch(new RegExp(`${x} ${y}$`));
});
