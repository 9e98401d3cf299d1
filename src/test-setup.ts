/** For tests of components: both languages, and all that comes after the first picture, at once. */
import { configure } from '@testing-library/svelte';
import { beforeAll } from 'vitest';
import { LOCALES, loadLaterWords, loadWords } from './words/words.svelte';
import { loadLate } from './drawing/late.svelte';

await loadLaterWords();
await Promise.all(LOCALES.map(loadWords));
beforeAll(loadLate);
// A busy machine renders when it comes to it.
configure({ asyncUtilTimeout: 25_000 });
