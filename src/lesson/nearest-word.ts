import { distance } from 'fastest-levenshtein';

/** How many letters must change to make one of the other, small or large. */
export const wordDistance = (a: string, b: string): number =>
  distance(a.toLowerCase(), b.toLowerCase());

/** The word of `known` that `word` was probably meant to be, or null when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const begun = known.filter((each) => each.toLowerCase().startsWith(word.toLowerCase()));
  // A word broken off is nearer to its whole than to a shorter word with other letters.
  if (/^[a-z-]{2,}$/i.test(word) && begun.length > 0)
    return begun.sort((a, b) => a.length - b.length)[0]!;
  let best: string | null = null;
  let bestDistance = (word.length < 3 ? 1 : Math.max(2, Math.floor(word.length / 2))) + 1;
  for (const candidate of known) {
    const d = wordDistance(word, candidate);
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}
