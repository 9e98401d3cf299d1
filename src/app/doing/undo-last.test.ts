/** Ctrl-Z of the sandbox. */
import { beforeAll, expect, test, vi } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { loadLaterWords } from '../../words/words.svelte';
import { liveSession } from '../opening/live-session';
import { undoLast } from './undo-last';
import { withoutPage } from '../../without-page';

withoutPage();
beforeAll(loadLaterWords);

test('the last of what was done is taken back, then the one before it, and each is said', () => {
  const inputs = [
    { atMs: 3_000, input: { type: 'freeze', node: '8902' } as const },
    { atMs: 2_000, input: { type: 'freeze', node: '8901' } as const },
  ];
  const session = liveSession(new SimulatedSource({ ...DEFAULT_SCENE, inputs }));
  const tell = vi.fn<(notice: string) => void>();
  session.seekTime(4_000);
  for (let i = 0; i < 3; i += 1) undoLast(session, { tell });
  expect(session.cursor).toMatchObject({ branch: 2, atMs: 4_000 });
  expect(session.inputs).toEqual([]);
  expect(tell.mock.calls.map(([notice]) => notice)).toEqual([
    expect.stringMatching(/^Undone: Freeze 8902\./),
    expect.stringMatching(/^Undone: Freeze 8901\./),
    'Nothing has been done to this cluster.',
  ]);
});

test('what was done by hand goes first, also where something else lies later in the run', () => {
  const inputs = [{ atMs: 10_000, input: { type: 'freeze', node: '8901' } as const }];
  const session = liveSession(new SimulatedSource({ ...DEFAULT_SCENE, inputs }));
  const tell = vi.fn<(notice: string) => void>();
  session.seekTime(8_000);
  session.act({ type: 'kill', node: '8903' });
  session.seekTime(7_000);
  session.act({ type: 'kill', node: '8902' });
  for (let i = 0; i < 2; i += 1) undoLast(session, { tell });
  expect(session.inputs).toEqual([]);
  expect(tell.mock.calls.map(([notice]) => notice)).toEqual([
    expect.stringMatching(/^Undone: Kill 8902\./),
    expect.stringMatching(/^Undone: Freeze 8901\./),
  ]);
});
