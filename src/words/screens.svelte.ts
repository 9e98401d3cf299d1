/** The words of the compared views and of the projector, which most visits never load. */
import { evidence as enEvidence } from './en/evidence';
import { views as enViews } from './en/views';
import { words } from './words.svelte';
import { evidence as zhEvidence } from './zh-CN/evidence';
import { views as zhViews } from './zh-CN/views';

const TEXTS = {
  en: { evidence: enEvidence, views: enViews },
  'zh-CN': { evidence: zhEvidence, views: zhViews },
};

/** As `words`, for these screens. */
export const screenWords = {
  get evidence() {
    return TEXTS[words.locale].evidence;
  },
  get views() {
    return TEXTS[words.locale].views;
  },
};
