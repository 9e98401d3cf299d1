/** For tests of components: both languages, and all that comes after the first picture, at once. */
import { beforeAll } from 'vitest';
import { LOCALES, loadLaterWords, loadWords } from './words/words.svelte';
import { loadLate } from './drawing/late.svelte';

await loadLaterWords();
await Promise.all(LOCALES.map(loadWords));
beforeAll(loadLate);
