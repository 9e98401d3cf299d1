/** What is picked, when the run becomes another. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../kernel/scene';
import { SimulatedSource } from '../timeline/simulated-source';
import { undo } from './doing/undo';
import { liveSession } from './opening/live-session';
import type { Session } from './session.svelte';
import { withoutPage } from '../without-page';

withoutPage();

const inputs = [{ atMs: 10_000, input: { type: 'freeze', node: '8901' } as const }];

function frozen(): Session {
  const session = liveSession(new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs }));
  session.seekTime(18_000);
  return session;
}

function pickSentAfter(session: Session, atMs: number) {
  const sent = session.source.messages(atMs, 18_000).find((m) => m.sentAtMs > atMs)!;
  session.selected = { type: 'message', message: sent.id };
  return sent;
}

describe('a picked message', () => {
  test('stays picked where both futures have it', () => {
    const session = frozen();
    const { from, to, sentAtMs } = pickSentAfter(session, 9_000);
    undo(session, 0);
    expect(session.cursor.branch).toBe(1);
    expect(session.messageOf(session.pickedMessage!)).toMatchObject({ from, to, sentAtMs });
  });

  test('is not picked any more where its number means another one', () => {
    const session = frozen();
    const { id, from, to, sentAtMs } = pickSentAfter(session, 17_000);
    undo(session, 0);
    expect(session.messageOf(id)).not.toMatchObject({ from, to, sentAtMs });
    expect(session.selected).toBeNull();
  });

  test('is looked up anew when more is recorded', () => {
    const session = frozen();
    const last = session.source.messages(0, 18_000).at(-1)!;
    session.selected = { type: 'message', message: last.id + 1 };
    expect(session.pickedNodes).toEqual([]);
    session.seekTime(18_500);
    expect(session.pickedNodes).toHaveLength(2);
  });

  test('keeps its report picked, without the message', () => {
    const session = frozen();
    const { id } = pickSentAfter(session, 17_000);
    session.selected = { type: 'report', at: '8904', by: '8902', about: '8901', message: id };
    undo(session, 0);
    expect(session.selected).toMatchObject({ type: 'report', by: '8902', message: null });
  });
});
