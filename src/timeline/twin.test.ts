import { describe, expect, test } from 'vitest';
import type { TimedInput } from '../kernel/inputs';
import { DEFAULT_SCENE } from '../kernel/scene';
import { differencesOf, differenceMs } from './difference';
import { SimulatedSource } from './simulated-source';
import { Twin } from './twin';

const FREEZE: TimedInput = { atMs: 10_000, input: { type: 'freeze', node: '8901' } };
const HORIZON_MS = 19_000;

/** A run in which 8901 freezes by hand, and the same with the first rumour about it lost. */
function twoFutures() {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42 });
  source.seekTime(FREEZE.atMs);
  source.act(FREEZE.input);
  source.seekTime(HORIZON_MS);
  const report = source.beats().find(({ kind }) => kind === 'report')!;
  const message = source
    .messages(report.atMs - 1_000, report.atMs)
    .find(({ deliverAtMs, rumours }) => deliverAtMs === report.atMs && rumours.length > 0)!;
  const { from, to, type: messageType } = message;
  const drop = { type: 'drop', from, to, count: 1, messageType } as const;
  const id = source.whatIf(message.deliverAtMs, drop);
  return { source, message, report, id, drop };
}

describe('what if: the same run with one thing more', () => {
  const { source, message, report, id, drop } = twoFutures();

  test('the reader stays; the branch leaves the past at the instant of the change', () => {
    expect(source.cursor).toMatchObject({ branch: 0, atMs: HORIZON_MS });
    expect(source.branches.at(-1)).toMatchObject({
      id,
      parent: 0,
      forkedAtMs: message.deliverAtMs,
    });
  });

  test('exactly this message is lost, and what it brought does not come with it', () => {
    const other = source.playheadOn(id);
    other.seekTime(HORIZON_MS);
    const lost = other.messages(0, HORIZON_MS).filter(({ fate }) => fate === 'lost');
    const lostBefore = source.messages(0, HORIZON_MS).filter(({ fate }) => fate === 'lost');
    const added = lost.filter((one) => !lostBefore.some((before) => before.id === one.id));
    expect(added.filter((one) => one.deliverAtMs === message.deliverAtMs)).toMatchObject([
      { id: message.id },
    ]);
    expect(other.beats().some(({ atMs, kind }) => kind === 'report' && atMs === report.atMs)).toBe(
      false,
    );
  });

  test('what was done later is done there too, and a link holds it all', () => {
    source.seekTime(12_000);
    const early = source.whatIf(9_000, { ...drop, messageType: 'PING' });
    const other = source.playheadOn(early);
    other.seekTime(HORIZON_MS);
    expect(other.frame.nodes[0]!.process).toBe('frozen');
    source.switchBranch(early);
    expect(source.inputs.map(({ atMs }) => atMs)).toEqual([9_000, 10_000]);
    const again = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs: source.inputs });
    again.seekTime(HORIZON_MS);
    expect(again.hash()).toBe(other.hash());
    source.switchBranch(0);
  });

  test('with the scene’s own deeds still to come: kept, and in the link', () => {
    const scripted = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs: [FREEZE] });
    scripted.seekTime(9_000);
    scripted.act({ type: 'kill', node: '8903' });
    scripted.seekTime(15_000);
    expect(scripted.inputs.map(({ input }) => input.type)).toEqual(['kill', 'freeze']);
    const again = new SimulatedSource({ ...scripted.scene, inputs: scripted.inputs });
    again.seekTime(15_000);
    expect(again.hash()).toBe(scripted.hash());
  });

  test('the differences: nothing before the fork, then beats missing or moved, in order', () => {
    const twin = new Twin(source.playheadOn(0), source.playheadOn(id));
    twin.seekTime(HORIZON_MS);
    const within = { fromMs: message.deliverAtMs, untilMs: HORIZON_MS };
    const found = differencesOf(twin.left.beats(), twin.right.beats(), within);
    expect(found[0]).toMatchObject({ type: 'moved', left: { note: { event: 'report.add' } } });
    const times = found.map(differenceMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(differencesOf(twin.left.beats(), twin.left.beats(), within)).toEqual([]);
  });
});

describe('twin: two futures, one playhead', () => {
  const { source, message, id } = twoFutures();
  const twin = new Twin(source.playheadOn(0), source.playheadOn(id));
  const stops = (): readonly number[] => [twin.left.cursor.atMs, twin.right.cursor.atMs];

  test('both stand at the same instant, forth and back', () => {
    twin.seekTime(message.deliverAtMs);
    const forth = Array.from({ length: 60 }, () => {
      twin.stepEvents(1);
      return stops();
    });
    for (const [left, right] of forth) expect(left).toBe(right);
    twin.stepEvents(-59);
    expect(stops()).toEqual(forth[0]);
  });

  test('no event of either is passed over', () => {
    const [left, right] = [source.playheadOn(0), source.playheadOn(id)];
    for (const sight of [left, right]) sight.seekTime(message.deliverAtMs);
    const untilMs = message.deliverAtMs + 1_500;
    const expected = new Set<number>();
    for (const sight of [left, right]) {
      for (let next = sight.neighbourMs(1); next !== null && next < untilMs;) {
        expected.add(next);
        sight.seekTime(next);
        next = sight.neighbourMs(1);
      }
    }
    twin.seekTime(message.deliverAtMs);
    const met = new Set<number>();
    while (twin.cursor.atMs < untilMs) {
      twin.stepEvents(1);
      met.add(twin.cursor.atMs);
    }
    met.delete(twin.cursor.atMs);
    expect(met.size).toBeGreaterThan(20);
    expect([...met]).toEqual([...expected].sort((a, b) => a - b));
  });

  test('beats of both are stops, and the last stays where it is', () => {
    twin.seekTime(message.deliverAtMs);
    const beat = twin.stepBeat(1)!;
    expect(stops()).toEqual([beat.atMs, beat.atMs]);
    const quiet = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42 });
    const calm = new Twin(quiet.playheadOn(0), quiet.playheadOn(0));
    calm.seekTime(9_000);
    expect(calm.stepBeat(1, 500)).toBeNull();
    expect(calm.cursor.atMs).toBe(9_000);
  });
});

describe('branches: named, forgotten', () => {
  test('a name of one’s own, and back to the sentence', () => {
    const { source, id } = twoFutures();
    source.renameBranch(id, '  without the rumour ');
    expect(source.branches.at(-1)!.name).toBe('without the rumour');
    source.renameBranch(id, '');
    expect(source.branches.at(-1)!.name).toBeNull();
  });

  test('forgetting one that is on the stage goes back to its parent; its children stay', () => {
    const { source, id, drop, message } = twoFutures();
    source.switchBranch(id);
    const child = source.whatIf(message.deliverAtMs + 100, drop);
    source.removeBranch(id);
    expect(source.cursor.branch).toBe(0);
    expect(source.branches.map((one) => [one.id, one.parent])).toEqual([
      [0, null],
      [child, 0],
    ]);
    expect(() => source.removeBranch(0)).toThrow('the first branch stays');
    expect(source.whatIf(message.deliverAtMs, drop)).toBeGreaterThan(child);
  });
});

test('deliveries: forth and back, each a message that is read', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  const forth = Array.from({ length: 8 }, () => {
    const note = source.stepDelivery(1)!;
    expect(note).toMatchObject({ event: 'received', atMs: source.cursor.atMs });
    return source.cursor.step;
  });
  const back = Array.from({ length: 7 }, () => {
    source.stepDelivery(-1);
    return source.cursor.step;
  });
  expect(back).toEqual(forth.slice(0, -1).reverse());
});
