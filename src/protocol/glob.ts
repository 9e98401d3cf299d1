/**
 * Patterns of KEYS, SCAN and PSUBSCRIBE: `*`, `?`, `[a-c]`, `[^a]`, and `\` before any of them.
 * Source: stringmatchlen, src/util.c.
 */
import { bytesOf } from './byte-text';

const [STAR, QUESTION, OPEN, CLOSE, NOT, DASH, ESCAPE] = [...bytesOf('*?[]^-\\')] as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Whether all of `text` fits `pattern`, byte by byte; capitals aside if `ignoreCase`. */
export function matchesGlob(pattern: string, text: string, ignoreCase = false): boolean {
  const fold = (one: string): Uint8Array => bytesOf(ignoreCase ? one.toLowerCase() : one);
  return matches(fold(pattern), fold(text));
}

function matches(pattern: Uint8Array, text: Uint8Array): boolean {
  if (pattern.length === 0) return text.length === 0;
  const [first] = pattern;
  if (first === STAR) {
    const rest = pattern.subarray(1);
    if (rest.length === 0) return true;
    for (let i = 0; i <= text.length; i++) if (matches(rest, text.subarray(i))) return true;
    return false;
  }
  if (text.length === 0) return false;
  const { fits, length } = first === OPEN ? fitsSet(pattern, text[0]!) : fitsOne(pattern, text[0]!);
  return fits && matches(pattern.subarray(length), text.subarray(1));
}

interface Fit {
  readonly fits: boolean;
  /** Bytes of the pattern that were used. */
  readonly length: number;
}

function fitsOne(pattern: Uint8Array, byte: number): Fit {
  const isEscaped = pattern[0] === ESCAPE && pattern.length > 1;
  if (isEscaped) return { fits: pattern[1] === byte, length: 2 };
  return { fits: pattern[0] === QUESTION || pattern[0] === byte, length: 1 };
}

/** A set that nothing closes ends with the pattern. */
function fitsSet(pattern: Uint8Array, byte: number): Fit {
  const isNot = pattern[1] === NOT;
  let at = isNot ? 2 : 1;
  let isIn = false;
  while (at < pattern.length && pattern[at] !== CLOSE) {
    const isEscaped = pattern[at] === ESCAPE && at + 1 < pattern.length;
    if (isEscaped) at++;
    const from = pattern[at]!;
    const isRange = !isEscaped && pattern[at + 1] === DASH && at + 2 < pattern.length;
    const to = isRange ? pattern[at + 2]! : from;
    if (byte >= Math.min(from, to) && byte <= Math.max(from, to)) isIn = true;
    at += isRange ? 3 : 1;
  }
  return { fits: isIn !== isNot, length: Math.min(at + 1, pattern.length) };
}
