import { describe, expect, test } from 'vitest';
import type { TimedInput } from './inputs';
import { at, runScene, toProcess } from './run-fixture';

const write = (perSecond: number, durationMs: number, atMs = 6_000): TimedInput =>
  at(atMs, { type: 'write', client: 'w1', perSecond, durationMs });

const streamOf = (inputs: readonly TimedInput[], untilMs: number) => {
  const run = runScene({ inputs }, untilMs);
  return { ...run, stream: run.world.clients['w1']!.context.stream! };
};

describe('a stream of writes', () => {
  test('each key once, one after the other, until the time is over', () => {
    const { stream, notes, world } = streamOf([write(4, 5_000)], 15_000);
    const keys = notes.flatMap((note) =>
      note.event === 'command' && note.client === 'w1' ? [note.text.split(' ')[1]] : [],
    );
    expect(new Set(keys).size).toBe(stream.sent);
    expect(stream).toMatchObject({ acknowledged: stream.sent, refused: 0, unanswered: 0 });
    expect(stream.sent).toBeGreaterThanOrEqual(10);
    expect(stream.sent).toBeLessThanOrEqual(20);
    expect(world.clients['w1']!.value).toBe('idle');
  });

  test('its own slot map grows by redirects alone', () => {
    const { world } = streamOf([write(4, 5_000)], 15_000);
    expect(world.clients['w1']!.context.slotMap.length).toBeGreaterThan(3);
  });

  test('a frozen master answers nothing: after two seconds the next key goes elsewhere', () => {
    const { stream } = streamOf([write(5, 20_000), toProcess(8_000, 'freeze', '8901')], 30_000);
    expect(stream.unanswered).toBeGreaterThan(0);
    expect(stream.acknowledged).toBeGreaterThan(stream.unanswered);
    expect(stream.sent).toBe(stream.acknowledged + stream.refused + stream.unanswered);
  });

  test('a killed master refuses at once, and nobody takes its slots while it is not replaced', () => {
    const { stream } = streamOf([write(5, 6_000), toProcess(8_000, 'kill', '8901')], 30_000);
    expect(stream.refused).toBeGreaterThan(0);
    expect(stream.unanswered).toBe(0);
  });

  test('told again, it goes on counting where it was', () => {
    const { stream } = streamOf([write(2, 2_000), write(2, 2_000, 10_000)], 20_000);
    expect(stream.sent).toBeGreaterThanOrEqual(6);
    expect(stream.acknowledged).toBe(stream.sent);
  });
});
