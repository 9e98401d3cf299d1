/** Words of what one can do: they come with the menus and the sandbox, not with the page. */
import { deeds as en } from './en/deeds';
import { words } from './words.svelte';
import { deeds as zh } from './zh-CN/deeds';

/** As `words`, for deeds. */
export const deedWords = {
  get deeds() {
    return words.locale === 'en' ? en : zh;
  },
};
