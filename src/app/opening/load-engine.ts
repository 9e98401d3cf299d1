/** The engine and all parts of the page: loaded once, and not before the first picture stands. */
import { loadLate } from '../../drawing/late.svelte';

export type Engine = typeof import('./engine');

export async function loadEngine(): Promise<Engine> {
  await firstPaint();
  const [engine] = await Promise.all([import('./engine'), loadLate()]);
  return engine;
}

/** A frame is asked for, and it has been painted; where nothing is painted, a little later. */
function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
