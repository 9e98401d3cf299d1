import { distance } from 'fastest-levenshtein';

/** The word of `known` that `word` was probably meant to be, or null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = (word.length < 3 ? 1 : Math.max(2, Math.floor(word.length / 2))) + 1;
  for (const candidate of known) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}
