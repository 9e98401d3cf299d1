import { describe, expect, test } from 'vitest';
import type { Input } from './inputs';
import { at, runScene } from './run-fixture';

/** A PING that is on its way at 10 s in the plain scene, and how it fares. */
const AT_MS = 10_000;
const plain = runScene({}, 12_000);
const ping = plain.notes.find(
  (note) => note.event === 'sent' && note.type === 'PING' && note.atMs > AT_MS - 60,
);
if (ping?.event !== 'sent') throw new Error('the plain scene sends no PING shortly before 10 s');
const { message, from, to, atMs: sentAtMs } = ping;
const actAtMs = sentAtMs + 5;

const after = (input: Input) => runScene({ inputs: [at(actAtMs, input)] }, 12_000);
const fates = ({ notes }: typeof plain, id = message) =>
  notes.flatMap((note) =>
    'message' in note && note.message === id ? [`${note.event} ${note.atMs - sentAtMs}`] : [],
  );
const arrivedAfterMs = Number(fates(plain)[1]!.split(' ')[1]);

describe('one message on its way', () => {
  test('dropped: it is lost where it would have arrived, and its connection with it', () => {
    const run = after({ type: 'drop-message', message });
    expect(fates(run)).toEqual(['sent 0', `lost ${arrivedAfterMs}`]);
    expect(
      run.notes.filter(({ event, atMs }) => event === 'lost' && atMs > actAtMs).length,
    ).toBeGreaterThan(0);
    expect(run.world.bus.value).toBe('calm');
  });

  test('held: it waits until it is released, and then is read at once', () => {
    const held = after({ type: 'hold-message', message });
    expect(fates(held)).toEqual(['sent 0']);
    expect(held.world.bus.context.heldBack.map(({ id }) => id)).toContain(message);
    const released = runScene(
      {
        inputs: [
          at(actAtMs, { type: 'hold-message', message }),
          at(actAtMs + 1_000, { type: 'release-message', message }),
        ],
      },
      12_000,
    );
    expect(fates(released)).toEqual(['sent 0', 'received 1005']);
    expect(released.world.bus.context).toMatchObject({ heldBack: [], marks: {} });
    expect(released.world.bus.value).toBe('calm');
  });

  test('held: what follows on its connection waits behind it, what goes the other way does not', () => {
    const { world } = after({ type: 'hold-message', message });
    const [first, ...rest] = world.bus.context.heldBack;
    expect(rest.every(({ connection }) => connection === first!.connection)).toBe(true);
    expect(rest.every((envelope) => envelope.from === from && envelope.to === to)).toBe(true);
  });

  test('held, then dropped: it is lost at once', () => {
    const run = runScene(
      {
        inputs: [
          at(actAtMs, { type: 'hold-message', message }),
          at(actAtMs + 500, { type: 'drop-message', message }),
        ],
      },
      12_000,
    );
    expect(fates(run)).toEqual(['sent 0', 'lost 505']);
  });

  test('heal all lets a held message go', () => {
    const run = runScene(
      {
        inputs: [
          at(actAtMs, { type: 'hold-message', message }),
          at(actAtMs + 700, { type: 'heal-all' }),
        ],
      },
      12_000,
    );
    expect(fates(run)).toEqual(['sent 0', 'received 705']);
  });

  test('delayed: it comes so much later, and nothing of its connection overtakes it', () => {
    const run = after({ type: 'delay-message', message, addMs: 800 });
    expect(fates(run)).toEqual(['sent 0', `received ${arrivedAfterMs + 800}`]);
    const order = run.notes.flatMap((note) =>
      note.event === 'received' && note.from === from && note.to === to ? [note.message] : [],
    );
    const { late } = run.world.bus.context;
    expect(late).toEqual({});
    expect(order.filter((id) => id > message).length).toBeGreaterThan(0);
  });

  test('duplicated: the receiver reads it twice and answers twice', () => {
    const run = after({ type: 'duplicate-message', message });
    const answers = (notes: typeof plain.notes) =>
      notes.filter(
        (note) =>
          note.event === 'sent' &&
          note.type === 'PONG' &&
          note.from === to &&
          note.to === from &&
          note.atMs < sentAtMs + 400 &&
          note.atMs > sentAtMs,
      ).length;
    expect(answers(run.notes)).toBe(answers(plain.notes) + 1);
  });

  test.each<Input['type']>(['drop-message', 'hold-message', 'duplicate-message'])(
    '%s of a message that has arrived, or never was, does nothing',
    (type) => {
      for (const id of [1, 999_999]) {
        const run = after({ type, message: id } as Input);
        expect(run.notes.length).toBe(plain.notes.length);
      }
    },
  );

  test('the same link gives the same numbers', () => {
    const again = runScene({ inputs: [at(11_500, { type: 'drop-message', message })] }, 12_000);
    const numbers = (notes: typeof plain.notes) =>
      notes.flatMap((note) => (note.event === 'sent' ? [note.message] : []));
    expect(numbers(again.notes)).toEqual(numbers(plain.notes));
  });
});
