import { expect, test } from 'vitest';
import type { FrameOpenSlot } from '../../protocol/cluster-frame';
import { healthyFrame, movedFrame, withNode } from '../fixtures';
import { passesUnder } from './chord';
import { boxOf, type TextBox } from './open-slot-texts';
import { openSlotPictures, type OpenSlotPicture } from './open-slots';
import { stageGeometry } from './stage-geometry';

type Six = [number, number, number, number, number, number];
const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };

/** What is drawn while nodes have these slots open, as `slot from-to`, with `?` if only one knows. */
function drawn(open: Readonly<Record<string, readonly FrameOpenSlot[]>>, viewpoint?: string) {
  let frame = movedFrame();
  for (const [name, openSlots] of Object.entries(open)) {
    frame = withNode(frame, name, (node) => ({ ...node, view: { ...node.view, openSlots } }));
  }
  return openSlotPictures(frame.nodes, viewpoint ?? null, stageGeometry(frame, null, box));
}
const texts = (...args: Parameters<typeof drawn>): string[] =>
  drawn(...args).map(({ slot, from, to, isHalf }) => `${slot} ${from}-${to}${isHalf ? '?' : ''}`);

const migrating = (slot: number): FrameOpenSlot => ({
  slot,
  mark: 'migrating',
  peer: '8902',
  keyCount: 0,
});
const importing = (slot: number): FrameOpenSlot => ({
  slot,
  mark: 'importing',
  peer: '8901',
  keyCount: 0,
});

test('open slots: two nodes that agree are one thread', () => {
  expect(texts({ 8901: [migrating(866)], 8902: [importing(866)] })).toEqual(['866 8901-8902']);
});

test('open slots: what only one of the two knows is marked so', () => {
  expect(texts({ 8901: [migrating(866)] })).toEqual(['866 8901-8902?']);
  expect(texts({ 8902: [importing(866)] })).toEqual(['866 8901-8902?']);
});

test('open slots: through one node’s eyes only its own are seen', () => {
  const open = { 8901: [migrating(866)], 8902: [importing(866)] };
  expect(texts(open, '8902')).toEqual(['866 8901-8902?']);
  expect(texts(open, '8903')).toEqual([]);
});

test('open slots: a few have their numbers, a crowd has none', () => {
  const few = drawn({ 8901: [1, 2, 3].map(migrating) });
  const many = drawn({ 8901: [1, 2, 3, 4].map(migrating) });
  expect(few.every(({ giver }) => giver !== null)).toBe(true);
  expect(many.every(({ giver }) => giver === null)).toBe(true);
});

const withKeys = {
  8901: [{ ...migrating(866), keyCount: 2 }],
  8902: [{ ...importing(866), keyCount: 5 }],
};

test('open slots: the keys of both sides stand at their ends of the thread', () => {
  const { giver, taker } = drawn(withKeys)[0]!;
  expect([giver?.count, taker?.count]).toEqual([2, 5]);
  expect(giver!.y).toBeLessThan(taker!.y);
  expect(drawn(withKeys, '8902')[0]).toMatchObject({ giver: { count: null }, taker: { count: 5 } });
});

test('open slots: their words cover no disc, and not each other', () => {
  const { places } = stageGeometry(movedFrame(), null, box);
  const { giver, taker } = drawn(withKeys)[0]!;
  const boxes = [boxOf(giver!, true), boxOf(taker!, false)];
  for (const { left, right, top, bottom } of boxes) {
    for (const { x, y, radius } of places.values()) {
      const across = Math.max(left - x, 0, x - right);
      expect(Math.hypot(across, Math.max(top - y, 0, y - bottom))).toBeGreaterThan(radius);
    }
  }
  const [a, b] = boxes as [TextBox, TextBox];
  expect(a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top).toBe(true);
});

test('open slots: the thread to a guest outside the ring goes past the master beside it', () => {
  const frame = healthyFrame({ masters: 3, replicasPerMaster: 0 });
  const { places, size } = stageGeometry(frame, null, box);
  const master = places.get('8902')!;
  const guest = { ...master, name: '8909', x: master.x - 48, y: master.y + 40, radius: 19 };
  const open = { slot: 5798, mark: 'migrating', peer: '8909', keyCount: 3 } as const;
  const node = frame.nodes.find(({ name }) => name === '8902')!;
  const giving = { ...node, view: { ...node.view, openSlots: [open] } };
  const all = new Map([...places, ['8909', guest]]);
  const [{ thread }] = openSlotPictures([giving], null, { places: all, size }) as [OpenSlotPicture];
  const [x0, y0, x1, y1, x2, y2] = thread.match(/-?[\d.]+/g)!.map(Number) as Six;
  const chord = { from: { x: x0, y: y0 }, control: { x: x1, y: y1 }, to: { x: x2, y: y2 } };
  expect(Math.hypot(guest.x - x2, guest.y - y2)).toBeCloseTo(guest.radius + 6, 0);
  expect(passesUnder(chord, master)).toBe(false);
});
