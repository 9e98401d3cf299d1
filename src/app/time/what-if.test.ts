/** What if: from a message of the past to two futures side by side. */
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { loadLaterWords, words } from '../../words/words.svelte';
import { branchName } from './branch-name';
import { Comparison } from './comparison.svelte';
import { liveSession } from '../opening/live-session';
import type { Session } from '../session.svelte';
import { mayBeChanged, MESSAGE_CHANGES, pairOf, traceOf, whatIf } from './what-if';
import { withoutPage } from '../../without-page';

withoutPage();
beforeAll(() => loadLaterWords());

const inputs = [{ atMs: 10_000, input: { type: 'freeze', node: '8901' } as const }];

function frozen(): Session {
  const session = liveSession(new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs }));
  session.seekTime(18_000);
  return session;
}

/** The message that brought the first report. */
function carrier(session: Session) {
  const report = session.beats.find(({ kind }) => kind === 'report')!;
  const received = session.notes.findLast(
    (note) => note.event === 'received' && note.step === report.step,
  )!;
  if (received.event !== 'received') throw new Error('a report comes with a message');
  return traceOf(session, received.message)!;
}

describe('one message changed', () => {
  test.each(MESSAGE_CHANGES)(
    '%s: the stage stays, the other future begins at the arrival',
    async (change) => {
      const session = frozen();
      const hash = session.source.hash();
      const trace = carrier(session);
      const pair = whatIf(session, trace, change);
      expect(pair).toMatchObject({ left: 0, forkMs: trace.deliverAtMs, atMs: 18_000, change });
      expect(session.source.hash()).toBe(hash);
      const message = `${trace.type} ${trace.from} → ${trace.to}`;
      expect(branchName(session, pair.right)).toBe(words.futures.otherWise[change](message));
      const other = new Comparison(session.source, pair);
      await other.looked;
      expect(other.atMs).toBe(18_000);
      const [left, right] = [other.left, other.right].map(({ sight }) =>
        sight.notes().filter((note) => 'message' in note && note.message === trace.id),
      );
      expect(left!.map(({ event }) => event)).toEqual(['sent', 'received']);
      expect(right!.map(({ event }) => event)).not.toEqual(['sent', 'received', 'lost']);
      if (change === 'lost') expect(right!.map(({ event }) => event)).toEqual(['sent', 'lost']);
      if (change === 'late') expect(right!.at(-1)!.atMs).toBeGreaterThan(trace.deliverAtMs);
      if (change !== 'twice') expect(other.differences.length).toBeGreaterThan(0);
    },
  );

  test('what was lost or never read has no other future', () => {
    const session = frozen();
    const unread = session.source
      .messages(0, 18_000)
      .find(({ to, fate }) => to === '8901' && fate === 'unread')!;
    expect(mayBeChanged(unread)).toBe(false);
    expect(mayBeChanged({ ...unread, fate: 'lost' })).toBe(false);
    expect(mayBeChanged(carrier(session))).toBe(true);
  });
});

describe('two futures that are there', () => {
  test('they part where the later of the two left the other, also through a third', () => {
    const session = frozen();
    session.seekTime(12_000);
    session.act({ type: 'kill', node: '8902' });
    session.seekTime(16_000);
    session.seekTime(14_000);
    session.act({ type: 'kill', node: '8903' });
    expect(pairOf(session, 0, 1).forkMs).toBe(12_000);
    expect(pairOf(session, 1, 2).forkMs).toBe(14_000);
    expect(pairOf(session, 0, 2).forkMs).toBe(12_000);
    expect(pairOf(session, 2, 1).forkMs).toBe(14_000);
  });
});

describe('moved as one', () => {
  test('steps, beats and ends: one playhead; a look further computes and stays', async () => {
    const session = frozen();
    const other = new Comparison(session.source, whatIf(session, carrier(session), 'lost'));
    await other.looked;
    other.seekEnd('first');
    expect(other.atMs).toBe(other.pair.forkMs);
    other.stepBeat(1);
    expect(other.atMs).toBeGreaterThan(other.pair.forkMs);
    other.stepDelivery(-1);
    const { atMs, computedUntilMs } = other;
    await other.lookFurther();
    expect(other.atMs).toBe(atMs);
    expect(other.computedUntilMs).toBe(computedUntilMs + 10_000);
    expect(other.left.frame.atMs).toBe(other.right.frame.atMs);
    other.close();
  });
});
