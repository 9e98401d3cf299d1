/** Pieces of an address: numbers, escaped texts, and what is wrong with it. */
import type { Place, Problem, Range } from './place';

/** Escapes only what would end the value, so that a person can read the link. */
export function readable(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%3A', ':');
}

/** NaN for what is no number, or none of the range. */
export function wholeNumber(text: string, { least, most }: Range): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : Number.NaN;
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function wrong(problem: Problem): Place {
  return { page: 'wrong', problem };
}
