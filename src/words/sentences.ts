/**
 * Sentences one after the other. Between two of them English has a space; Chinese has none, its
 * full stop has room of its own. Empty ones are left out.
 */
export const inOneLine = (sentences: readonly string[]): string =>
  sentences
    .filter(Boolean)
    .join(' ')
    .replace(/([。！？；]) /g, '$1');
