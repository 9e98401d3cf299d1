/** The words of live mode and of recordings, which most visits never load. */
import { live as en } from './en/live';
import { words } from './words.svelte';
import { live as zh } from './zh-CN/live';

/** As `words`, for real processes. */
export const liveWords = {
  get live() {
    return words.locale === 'en' ? en : zh;
  },
};
