/** The words of a crowd, which few visits load. */
import * as en from './en/crowd';
import { words } from './words.svelte';
import * as zh from './zh-CN/crowd';

const TEXTS = { en, 'zh-CN': zh };

/** As `words`, for what only a crowd has. */
export const crowdWords = {
  get heat() {
    return TEXTS[words.locale].heat;
  },
  get crowd() {
    return TEXTS[words.locale].crowd;
  },
};
