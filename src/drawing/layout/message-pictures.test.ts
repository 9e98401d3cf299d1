import { describe, expect, test } from 'vitest';
import type { ClusterFrame, FrameMessage } from '../../protocol/cluster-frame';
import { failingFrame, healthyFrame, message } from '../fixtures';
import { badgeRad } from './badge-side';
import { fanCounts } from './fan-counts';
import { barsAheadPx, messagePictures } from './message-pictures';
import { distancePx, polar } from './polar';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const way = { from: '8904', to: '8902', sentAtMs: 1_000, deliverAtMs: 1_100 };
const quiet = healthyFrame({ masters: 3, replicasPerMaster: 1 });
const geometry = stageGeometry(quiet, null, box);
const at = (frame: ClusterFrame, atMs: number, reducedMotion = false) =>
  messagePictures(frame, {
    ...{ atMs, reducedMotion, compact: false, bandRadius: 209 },
    flightBetween: geometry.flightBetween,
  });
const carrying = (...messages: FrameMessage[]): ClusterFrame => ({ ...quiet, messages });

test('message: leaves the sender’s edge and lands at the receiver’s edge', () => {
  const frame = carrying(message('PING', way));
  const [sender, receiver] = [geometry.places.get('8904')!, geometry.places.get('8902')!];
  expect(distancePx(at(frame, 1_000)[0]!, sender)).toBeCloseTo(sender.radius + 3, 0);
  expect(distancePx(at(frame, 1_099.99)[0]!, receiver)).toBeCloseTo(receiver.radius + 5, 0);
});

test('message: a ballot covers the port of nobody, neither where it leaves nor where it lands', () => {
  const frame = carrying(message('FAILOVER_AUTH_REQUEST', way));
  const [sender, receiver] = [geometry.places.get('8904')!, geometry.places.get('8902')!];
  const [leaving, landing] = [at(frame, 1_000)[0]!, at(frame, 1_099.99)[0]!];
  expect(distancePx(leaving, sender)).toBeGreaterThan(sender.radius + leaving.size);
  expect(distancePx(landing, receiver)).toBeGreaterThan(receiver.radius + landing.size);
});

test('message: flies at even speed, the same forwards and back', () => {
  const frame = carrying(message('PING', way));
  const points = [0, 25, 50, 75, 99.999].map((ms) => at(frame, 1_000 + ms)[0]!);
  const steps = points.slice(1).map((point, i) => distancePx(point, points[i]!));
  for (const step of steps) expect(step).toBeCloseTo(steps[0]!, -0.5);
});

test('message: is not drawn before it is sent nor after it has landed', () => {
  const frame = carrying(message('PING', way));
  expect(at(frame, 999)).toHaveLength(0);
  expect(at(frame, 1_100)).toHaveLength(0);
});

test('message: a lost one stops halfway and stays 400 ms', () => {
  const frame = carrying(message('PING', way, { fate: 'lost' }));
  const halfway = at(frame, 1_050)[0]!;
  expect(at(frame, 1_300)[0]).toMatchObject({ x: halfway.x, y: halfway.y, tail: null });
  expect(at(frame, 1_501)).toHaveLength(0);
});

test('message: an unread one waits at its receiver’s edge', () => {
  const frame = carrying(message('PING', way, { fate: 'unread' }));
  const receiver = geometry.places.get('8902')!;
  expect(distancePx(at(frame, 60_000)[0]!, receiver)).toBeCloseTo(receiver.radius + 5, 0);
});

test('message: in a larger cluster an unread one waits before the badge on that side', () => {
  const ten = healthyFrame({ masters: 5, replicasPerMaster: 1 });
  const { places, flightBetween } = stageGeometry(ten, null, box);
  const messages = [message('PING', { ...way, from: '8903', to: '8901' }, { fate: 'unread' })];
  const options = { atMs: 60_000, reducedMotion: false, compact: false, bandRadius: 209 };
  const [unread] = messagePictures({ ...ten, messages }, { ...options, flightBetween });
  const { x, y, radius } = places.get('8901')!;
  const badge = polar(radius + 6, badgeRad({ x, y }, places.size));
  expect(distancePx(unread!, { x: x + badge.x, y: y + badge.y })).toBeGreaterThan(10 + 3);
});

test('message: the bars before a held one stand off its receiver, also where that is near', () => {
  for (const to of ['8901', '8902']) {
    const frame = carrying(message('PING', { ...way, to }, { fate: 'held' }));
    const [held] = at(frame, 1_050);
    const receiver = geometry.places.get(to)!;
    const [near, far] = barsAheadPx(held!);
    expect(far - near).toBe(4);
    expect(distancePx(held!, receiver) - far).toBeGreaterThan(receiver.radius);
  }
});

test('message: a tail that runs along the band cuts no gap into it', () => {
  const moons = healthyFrame({ masters: 3, replicasPerMaster: 2 });
  const ring = stageGeometry(moons, null, box);
  const bandRadius = ring.size.radius + ring.size.band / 2;
  const gapTo = (to: string) => {
    const messages = [message('FAIL', { ...way, from: '8907', to })];
    const options = { atMs: 1_080, reducedMotion: false, compact: false, bandRadius };
    const { flightBetween } = ring;
    return messagePictures({ ...moons, messages }, { ...options, flightBetween })[0]!.tail?.bandGap;
  };
  expect(gapTo('8908')).toBe('');
  expect(gapTo('8905')).toMatch(/^M/);
});

test('message: key messages lie above rumours, rumours above heartbeats', () => {
  const pictures = at(failingFrame(), 11_388).filter(({ fate }) => fate === 'flying');
  expect(pictures.slice(-4).map(({ type }) => type)).toEqual(['FAIL', 'FAIL', 'FAIL', 'FAIL']);
  expect(pictures.at(-5)).toMatchObject({ type: 'PONG', rumour: 'pfail' });
});

test('message: two of one broadcast on one path are drawn apart', () => {
  const frame = carrying(message('FAIL', way), message('FAIL', way));
  const [a, b] = at(frame, 1_050);
  expect(distancePx(a!, b!)).toBeGreaterThan(10);
});

test('message: with less motion it stands halfway', () => {
  const frame = carrying(message('PING', way));
  expect(at(frame, 1_010, true)[0]).toMatchObject({ x: at(frame, 1_090, true)[0]!.x });
});

describe('message: a broadcast to more than two dozen', () => {
  const many = healthyFrame({ masters: 15, replicasPerMaster: 1 });
  const ring = stageGeometry(many, null, box);
  const others = many.nodes.flatMap(({ name }) => (name === '8904' ? [] : [name]));
  const flight = { from: '8904', sentAtMs: 1_000, deliverAtMs: 1_100 };
  const messages = others.map((to) => message('FAIL', { ...flight, to }, { about: '8901' }));
  const drawn = (of: readonly FrameMessage[]) =>
    messagePictures(
      { ...many, messages: of },
      {
        ...{ atMs: 1_020, reducedMotion: false, compact: false, bandRadius: 209 },
        flightBetween: ring.flightBetween,
      },
    );

  test('is a fan of small glyphs, which cut no gap into the band', () => {
    const pictures = drawn(messages);
    expect(pictures).toHaveLength(29);
    expect(pictures.every(({ isOfFan, size, tail }) => isOfFan && size < 5 && !tail?.bandGap)).toBe(
      true,
    );
  });

  test('has one count, inside the ring, while it flies', () => {
    const [fan, ...more] = fanCounts(messages, 1_020, ring.places);
    expect(more).toEqual([]);
    expect(fan).toMatchObject({ type: 'FAIL', count: 29 });
    expect(Math.hypot(fan!.x, fan!.y)).toBeLessThan(ring.size.radius - ring.size.band);
    expect(fanCounts(messages, 1_200, ring.places)).toEqual([]);
  });

  test('stays one when few are left of it, and counts them', () => {
    const few = messages.slice(0, 3);
    expect(drawn(few).every(({ isOfFan }) => isOfFan)).toBe(true);
    expect(fanCounts(few, 1_020, ring.places)[0]).toMatchObject({ count: 3 });
  });

  test('in a smaller cluster each has its glyph and no count', () => {
    const frame = carrying(message('FAIL', way));
    expect(at(frame, 1_050)[0]!.isOfFan).toBe(false);
    expect(fanCounts(frame.messages, 1_050, geometry.places)).toEqual([]);
  });
});
