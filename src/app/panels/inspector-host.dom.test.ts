import { cleanup, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { loadLaterWords } from '../../words/words.svelte';
import { Bench } from '../bench.svelte';
import { liveSession } from '../opening/live-session';
import InspectorHost from './InspectorHost.svelte';

beforeAll(loadLaterWords);
afterEach(cleanup);

test('a message on its way is due when it is at the cursor, before a deed and after', async () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  while (source.frame.messages.length === 0) source.stepEvents(1);
  const session = liveSession(source);
  const bench = new Bench(() => session);
  const { id, deliverAtMs } = session.frame.messages.at(-1)!;
  const due = (ms: number): string => `due ${(ms / 1_000).toFixed(3)}`;
  bench.selectMessage(id);
  render(InspectorHost, { session, bench });
  await tick();
  expect(screen.getByText(/^sent/).textContent).toContain(due(deliverAtMs));
  const before = session.cursor.step;
  session.act({ type: 'delay-message', message: id, addMs: 500 });
  await tick();
  expect(screen.getByText(/^sent/).textContent).toContain(due(deliverAtMs + 500));
  session.seekStep(before);
  await tick();
  expect(screen.getByText(/^sent/).textContent).toContain(due(deliverAtMs));
});
