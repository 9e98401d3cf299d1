/** For tests of components: both languages at once, so that `words.locale` may be set at will. */
import { LOCALES, loadWords } from './words.svelte';

await Promise.all(LOCALES.map(loadWords));
