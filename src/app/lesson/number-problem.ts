/** What is wrong with a number given as a guess, in a sentence; null: nothing. */
import type { words } from '../../words/words.svelte';

export function numberProblem(
  value: number | null | undefined,
  least: number,
  say: (typeof words)['lesson'],
): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return say.noNumber(least);
  return value < least ? say.tooSmall(value, least) : null;
}
