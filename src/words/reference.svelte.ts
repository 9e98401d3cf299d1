/** The words of the reference, in both languages: one may look for a thing in either. */
import { glossary as enGlossary } from './en/glossary';
import { gloss as enGloss } from './en/log-gloss';
import { reference as enReference } from './en/reference';
import { words, type Locale } from './words.svelte';
import { glossary as zhGlossary } from './zh-CN/glossary';
import { gloss as zhGloss } from './zh-CN/log-gloss';
import { reference as zhReference } from './zh-CN/reference';

export const REFERENCE_TEXTS = {
  en: { glossary: enGlossary, gloss: enGloss, reference: enReference },
  'zh-CN': { glossary: zhGlossary, gloss: zhGloss, reference: zhReference },
} satisfies Record<Locale, unknown>;

/** As `words`, for the reference. */
export const referenceWords = {
  get page() {
    return REFERENCE_TEXTS[words.locale].reference;
  },
};
