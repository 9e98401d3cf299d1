import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachQueued, enqueue, withoutFirst, type EventQueue, type Timed } from './event-queue';

const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });

const queueOf = (atMs: readonly number[]): EventQueue<Timed> =>
  atMs.reduce<EventQueue<Timed>>((queue, at, seq) => enqueue(queue, { atMs: at, seq }), null);

function drain(queue: EventQueue<Timed>): Timed[] {
  const taken: Timed[] = [];
  for (let rest = queue; rest; rest = withoutFirst(rest)) taken.push(rest.value);
  return taken;
}

const inOrder = (events: readonly Timed[]): Timed[] =>
  [...events].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);

test('queue: events leave by time, then by number', () => {
  fc.assert(
    fc.property(times, (atMs) => {
      const events = atMs.map((at, seq) => ({ atMs: at, seq }));
      expect(drain(queueOf(atMs))).toEqual(inOrder(events));
    }),
  );
});

test('queue: adding and taking in any mixture agrees with a sorted list', () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant('take' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let queue: EventQueue<Timed> = null;
      let model: Timed[] = [];
      steps.forEach((one, seq) => {
        if (one === 'take') {
          expect(queue?.value).toEqual(model[0]);
          queue = withoutFirst(queue);
          model = model.slice(1);
        } else {
          queue = enqueue(queue, { atMs: one, seq });
          model = inOrder([...model, { atMs: one, seq }]);
        }
      });
      expect(drain(queue)).toEqual(model);
    }),
  );
});

test('queue: an old queue keeps its own future, whatever is done to a newer one', () => {
  fc.assert(
    fc.property(times, times, (before, after) => {
      const old = queueOf(before);
      const kept = drain(old);
      let newer = withoutFirst(old);
      after.forEach((atMs, i) => (newer = enqueue(newer, { atMs, seq: 1_000 + i })));
      while (newer) newer = withoutFirst(newer);
      expect(drain(old)).toEqual(kept);
    }),
  );
});

test('queue: everything in it can be looked at without taking it', () => {
  const queue = queueOf([3, 1, 2]);
  expect([...eachQueued(queue)].map(({ atMs }) => atMs).sort()).toEqual([1, 2, 3]);
  expect(drain(queue)).toHaveLength(3);
});
