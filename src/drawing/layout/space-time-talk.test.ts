import { expect, test } from 'vitest';
import { movedFrame } from '../fixtures';
import { laneNode, lanesOf } from './space-time-lanes';
import { talkLines } from './space-time-talk';
import { talkOf } from './talk';

const frame = movedFrame();
const room = { topPx: 0, heightPx: 120, players: [] };
const nodes = frame.nodes.map(laneNode);

test('a client has the first lane, above the nodes; without one nothing changes', () => {
  const bare = lanesOf(nodes, room);
  const { lanes, clientY } = lanesOf(nodes, { ...room, client: 'client' });
  expect(bare.clientY).toBeNull();
  expect(lanes.map(({ key }) => key)).toEqual(['client client', ...bare.lanes.map((l) => l.key)]);
  expect(clientY).toBeLessThan(lanes[1]!.y);
});

test('a redirect: asked, told where, asked again, each from lane to lane', () => {
  const lanes = lanesOf(nodes, { ...room, client: 'client' });
  const talk = talkOf(frame.clients, frame.atMs);
  const [asked, told, again] = talkLines(talk, lanes, (atMs) => atMs - 2_000);
  const yOf = (name: string) => lanes.yOf.get(name)!;
  expect(asked).toMatchObject({ kind: 'command', x0: 4, y0: lanes.clientY, y1: yOf('8903') });
  expect(told).toMatchObject({ kind: 'MOVED', y0: yOf('8903'), y1: lanes.clientY, learns: true });
  expect(again).toMatchObject({ x0: 16.5, x1: 21.5, y1: yOf('8902') });
});

test('a client that does not follow learns nothing', () => {
  const lanes = lanesOf(nodes, { ...room, client: 'client' });
  const plain = frame.clients.map((client) => ({ ...client, follows: false }));
  const [, told] = talkLines(talkOf(plain, frame.atMs), lanes, (ms) => ms);
  expect(told).toMatchObject({ kind: 'MOVED', learns: false });
});

test('what is not yet said has no line', () => {
  const lanes = lanesOf(nodes, { ...room, client: 'client' });
  expect(talkLines(talkOf(frame.clients, 2_010), lanes, (ms) => ms)).toHaveLength(2);
  expect(talkLines(null, lanes, (ms) => ms)).toEqual([]);
});
