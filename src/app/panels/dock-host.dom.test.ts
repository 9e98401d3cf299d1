import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { Bench } from '../bench.svelte';
import { liveSession } from '../opening/live-session';
import DockHost from './DockHost.svelte';

test('Where no lanes find room, time is still a line one can go along', async () => {
  const session = liveSession(new SimulatedSource(DEFAULT_SCENE));
  session.seekTime(2_500);
  const bench = new Bench(() => session);
  render(DockHost, { session, bench, isLow: true, onmessage: () => undefined });
  const line = await screen.findByRole('slider', { name: 'Timeline' });
  await fireEvent.keyDown(line, { key: 'Home' });
  expect(session.atMs).toBe(0);
});
