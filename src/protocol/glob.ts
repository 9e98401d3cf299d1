/**
 * Patterns with `*`, `?`, `[a-z]` and `\`.
 * Source: stringmatchlen, src/util.c.
 */

/** Whether `text` fits `pattern`, capitals aside if `ignoreCase`. */
export function matchesGlob(pattern: string, text: string, ignoreCase = false): boolean {
  return new RegExp(`^${toRegExp(pattern)}$`, ignoreCase ? 'isu' : 'su').test(text);
}

function toRegExp(pattern: string): string {
  let source = '';
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '*') {
      while (characters[i + 1] === '*') i++;
      source += '.*';
    } else if (character === '?') {
      source += '.';
    } else if (character === '[') {
      const set = readSet(characters, i + 1);
      source += set.source;
      i = set.last;
    } else if (character === '\\' && i + 1 < characters.length) {
      source += literal(characters[++i]!);
    } else {
      source += literal(character);
    }
  }
  return source;
}

/** A set from its first character on; one that is never closed ends with the pattern. */
function readSet(characters: readonly string[], first: number): { source: string; last: number } {
  let i = first;
  const isNegated = characters[i] === '^';
  if (isNegated) i++;
  let members = '';
  while (i < characters.length && characters[i] !== ']') {
    if (characters[i] === '\\' && i + 1 < characters.length) {
      members += literal(characters[++i]!);
    } else if (characters[i + 1] === '-' && i + 2 < characters.length) {
      const [from, to] = [characters[i]!, characters[i + 2]!].sort();
      members += `${literal(from!)}-${literal(to!)}`;
      i += 2;
    } else {
      members += literal(characters[i]!);
    }
    i++;
  }
  const nothing = isNegated ? '.' : '(?!)';
  const source = members ? `[${isNegated ? '^' : ''}${members}]` : nothing;
  return { source, last: Math.min(i, characters.length - 1) };
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
