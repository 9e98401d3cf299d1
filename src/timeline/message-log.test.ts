import { describe, expect, test } from 'vitest';
import { MessageLog, type Departure } from './message-log';

const message = (id: number, sentAtMs: number, step: number): Departure => ({
  id,
  type: id % 2 === 0 ? 'PING' : 'FAIL',
  from: '8901',
  to: '8902',
  sentAtMs,
  deliverAtMs: sentAtMs + 50,
  rumours: [],
  about: id % 2 === 0 ? null : '8903',
  epoch: 7,
  step,
});

/** A hundred messages, one each 10 ms and step, all but the last three read. */
function filled(): MessageLog {
  const log = new MessageLog();
  for (let i = 1; i <= 100; i++) log.add(message(i, i * 10, i));
  for (let i = 1; i <= 97; i++) log.end(i, i === 50 ? 'lost' : 'delivered', 100 + i, i * 10 + 50);
  return log;
}

describe('messages: what was kept as numbers comes back', () => {
  test('as it was', () => {
    const { step: _, ...kept } = message(3, 30, 3);
    expect(filled().between(80, 80)[0]).toEqual({ ...kept, fate: 'delivered' });
  });

  test('those on their way within a stretch of time, as one would filter them', () => {
    const log = filled();
    const all = log.between(0, 1e6);
    expect(all).toHaveLength(100);
    for (const [fromMs, toMs] of [
      [0, 5],
      [105, 105],
      [333, 700],
      [990, 2_000],
      [1_051, 2_000],
    ] as const) {
      const expected = all.filter((one) => one.sentAtMs <= toMs && one.deliverAtMs >= fromMs);
      expect(log.between(fromMs, toMs)).toEqual(expected);
    }
  });

  test('the same object until something becomes of it', () => {
    const log = filled();
    expect(log.between(1_000, 1_000)[0]).toBe(log.between(1_000, 1_000)[0]);
    const before = log.between(1_000, 1_000).at(-1)!;
    log.end(100, 'delivered', 300, 1_060);
    expect(log.between(1_000, 1_000).at(-1)).toEqual({ ...before, fate: 'delivered' });
  });

  test('one that travelled for long does not hide those after it', () => {
    const log = filled();
    log.add({ ...message(101, 1_010, 201), deliverAtMs: 90_000 });
    expect(log.between(50_000, 50_000).map(({ id }) => id)).toEqual([101]);
  });
});

describe('messages: kept back and let go', () => {
  test('one arrives when it was let go; a log cut off before still has it due', () => {
    const log = filled();
    log.arrivesAt(99, 5_000, 250);
    log.arrivesAt(99, 7_000, 260);
    const due = (step: number) => log.until(step).traceOf(99)?.deliverAtMs;
    expect([due(249), due(255), due(260)]).toEqual([1_040, 5_000, 7_000]);
    expect(log.between(6_000, 6_000).map(({ id }) => id)).toEqual([99]);
  });
});

describe('messages: who read what, and when', () => {
  test('the journey of one', () => {
    const journey = { from: '8901', to: '8902', sentStep: 20, readStep: 120, readAtMs: 250 };
    expect(filled().journeyOf(20)).toEqual(journey);
    expect(filled().journeyOf(50)).toMatchObject({ readStep: null, readAtMs: null });
    expect(filled().journeyOf(101)).toBeNull();
    expect(filled().journeyOf(-4)).toBeNull();
  });

  test('the next delivery and the one before; what is lost is none', () => {
    const log = filled();
    expect(log.readNear(149, 1)).toMatchObject({ event: 'received', message: 51, step: 151 });
    expect(log.readNear(151, -1)).toMatchObject({ message: 49, step: 149 });
    expect(log.readNear(101, -1)).toBeNull();
    expect(log.readNear(197, 1)).toBeNull();
  });
});

test('messages: a log up to a step is as if nothing had come after', () => {
  const part = filled().until(60);
  expect(part.length).toBe(60);
  expect(part.between(0, 1e6).every(({ fate }) => fate === 'flying')).toBe(true);
  part.add(message(61, 610, 61));
  part.end(61, 'delivered', 62, 660);
  expect(part.readNear(0, 1)).toMatchObject({ message: 61 });
  const later = filled().until(130);
  expect(later.between(0, 1e6).filter(({ fate }) => fate === 'delivered')).toHaveLength(30);
});
