/** A stretch of virtual time in the language at hand. */
import { words } from '../../words/words.svelte';
import { tenthsOfSeconds } from '../figures';

/** Under a second in milliseconds, above in seconds with one decimal. */
export function durationText(ms: number): string {
  if (ms < 1_000) return words.stage.milliseconds(String(Math.max(0, Math.round(ms))));
  return words.stage.seconds(tenthsOfSeconds(ms));
}
