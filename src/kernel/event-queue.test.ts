import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, type Timed } from './event-queue';

const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });

const queueOf = (atMs: readonly number[]): EventQueue<Timed> =>
  atMs.reduce<EventQueue<Timed>>(
    (queue, at, seq) => queue.with({ atMs: at, seq }),
    EventQueue.from<Timed>(),
  );

function drain(queue: EventQueue<Timed>): Timed[] {
  const taken: Timed[] = [];
  for (let rest = queue; rest.first; rest = rest.withoutFirst()) taken.push(rest.first);
  return taken;
}

const inOrder = (events: readonly Timed[]): Timed[] =>
  [...events].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);

test('queue: events leave by time, then by number', () => {
  fc.assert(
    fc.property(times, (atMs) => {
      const events = atMs.map((at, seq) => ({ atMs: at, seq }));
      expect(drain(queueOf(atMs))).toEqual(inOrder(events));
      expect(drain(EventQueue.from(events.reverse()))).toEqual(inOrder(events));
    }),
  );
});

const oneStep = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant('take' as const));

test('queue: adding and taking in any mixture agrees with a sorted list', () => {
  fc.assert(
    fc.property(fc.array(oneStep, { maxLength: 80 }), (steps) => {
      let queue = EventQueue.from<Timed>();
      let model: Timed[] = [];
      steps.forEach((one, seq) => {
        if (one === 'take') {
          expect(queue.first).toEqual(model[0] ?? null);
          queue = queue.withoutFirst();
          model = model.slice(1);
        } else {
          queue = queue.with({ atMs: one, seq });
          model = inOrder([...model, { atMs: one, seq }]);
        }
      });
      expect([...queue]).toEqual(model);
      expect(drain(queue)).toEqual(model);
    }),
  );
});

test('queue: every version keeps its own future, in whatever order they are read and gone on from', () => {
  const many = fc.array(oneStep, { minLength: 200, maxLength: 600 });
  fc.assert(
    fc.property(many, fc.array(fc.nat(), { maxLength: 20 }), (steps, looks) => {
      const versions = [EventQueue.from<Timed>()];
      const models: Timed[][] = [[]];
      steps.forEach((one, seq) => {
        const [queue, model] = [versions.at(-1)!, models.at(-1)!];
        versions.push(one === 'take' ? queue.withoutFirst() : queue.with({ atMs: one, seq }));
        models.push(one === 'take' ? model.slice(1) : inOrder([...model, { atMs: one, seq }]));
      });
      for (const look of looks) {
        const at = look % versions.length;
        const [queue, model] = [versions[at]!, models[at]!];
        const other = { atMs: 10, seq: 1_000 };
        expect([...queue.with(other)]).toEqual(inOrder([...model, other]));
        expect([...queue.withoutFirst()]).toEqual(model.slice(1));
        expect([...queue]).toEqual(model);
      }
    }),
    { numRuns: 20 },
  );
});

test('queue: everything in it can be looked at without taking it', () => {
  const queue = queueOf([3, 1, 2]);
  expect([...queue].map(({ atMs }) => atMs)).toEqual([1, 2, 3]);
  expect(queue.all()).toHaveLength(3);
  expect(drain(queue)).toHaveLength(3);
});
