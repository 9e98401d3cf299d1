/** The words of the home page; they come with it. */
import { home as en } from './en/home';
import { words } from './words.svelte';
import { home as zh } from './zh-CN/home';

/** As `words`, for the home page. */
export const homeWords = {
  get home() {
    return words.locale === 'en' ? en : zh;
  },
};
