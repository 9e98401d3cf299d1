import { expect, test } from 'vitest';
import type { FrameOpenSlot } from '../../protocol/cluster-frame';
import { movedFrame, withNode } from '../fixtures';
import { openSlotPictures } from './open-slots';
import { stageGeometry } from './stage-geometry';

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
  expect(few.every(({ label }) => label !== null)).toBe(true);
  expect(many.every(({ label }) => label === null)).toBe(true);
});

test('open slots: the keys of both sides stand at their ends of the thread', () => {
  const open = {
    8901: [{ ...migrating(866), keyCount: 2 }],
    8902: [{ ...importing(866), keyCount: 5 }],
  };
  const [{ keys }] = drawn(open) as [ReturnType<typeof drawn>[number]];
  expect([keys.from?.count, keys.to?.count]).toEqual([2, 5]);
  expect(keys.from!.y).toBeLessThan(keys.to!.y);
  expect(drawn(open, '8902')[0]!.keys).toMatchObject({ from: null, to: { count: 5 } });
});
