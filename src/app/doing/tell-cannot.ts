/** Says why a key does nothing here. */
import type { futures } from '../../words/en/futures';
import { loadLaterWords, words } from '../../words/words.svelte';
import type { Bench } from '../bench.svelte';

export async function tellCannot(
  bench: Bench,
  why: keyof (typeof futures)['cannot'],
): Promise<void> {
  await loadLaterWords();
  bench.tell(words.futures.cannot[why]);
}
