import { expect, test } from 'vitest';
import { healthyFrame, withRow } from '../fixtures';
import { arrange } from './arrangement';
import { placeNodes, type NodePlace } from './node-places';
import { distancePx } from './polar';
import { ringSize } from './ring-size';

/** Three masters with slots, and `guests` without, each with a replica. */
function placesWith(guests: number): NodePlace[] {
  const frame = healthyFrame({ masters: 3 + guests, replicasPerMaster: 1 });
  const names = frame.nodes.slice(3, 3 + guests).map(({ name }) => name);
  const third = 16_384 / 3;
  let made = frame;
  for (const observer of frame.nodes) {
    for (const [i, subject] of frame.nodes.slice(0, 3 + guests).entries()) {
      const slots = [[Math.round(i * third), Math.round((i + 1) * third) - 1]] as const;
      const what = { slots: names.includes(subject.name) ? [] : slots };
      made = withRow(made, { observer: observer.name, subject: subject.name }, what);
    }
  }
  const nodes = arrange(made, null);
  const counts = { nodeCount: nodes.length, masterCount: 3, moonCount: 1 };
  const box = { width: 900, height: 620, insetTop: 60, hasClient: true, isTorn: false };
  return [...placeNodes(nodes, ringSize({ ...box, ...counts })).values()];
}

test.each([1, 2, 3])('masters without slots, %i of them, lie on nobody', (guests) => {
  const places = placesWith(guests);
  expect(places.filter(({ place }) => place === 'bay')).toHaveLength(2 * guests);
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      expect(distancePx(a, b), `${a.name} ${b.name}`).toBeGreaterThan(a.radius + b.radius);
    }
  }
});
