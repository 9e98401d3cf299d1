/** The engine, loaded once, and not before the first picture is on screen. */
import { loadLate } from '../../drawing/late.svelte';

export type Engine = typeof import('./engine');

export async function loadEngine(): Promise<Engine> {
  await firstPaint();
  void loadLate();
  return import('./engine');
}

/** A frame is asked for, and it has been painted; where nothing is painted, a little later. */
function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
