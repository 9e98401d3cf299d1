/** The words of the panel that holds simulated runs against real ones; they come with it. */
import { beside as en } from './en/beside';
import { words } from './words.svelte';
import { beside as zh } from './zh-CN/beside';

/** As `words`, for the model beside reality. */
export const besideWords = {
  get beside() {
    return words.locale === 'en' ? en : zh;
  },
};
