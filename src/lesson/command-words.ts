/**
 * Splitting a line into words and quoting words into a line, as the prompt of redis-cli does.
 * Source: sdssplitargs, src/sds.c.
 */

export interface Word {
  readonly text: string;
  /** A quoted word is never an option, a client or a node: `cli -c "8901"` sends the command 8901. */
  readonly quoted: boolean;
  /** Offset of its first character in the line. */
  readonly column: number;
}

export interface SplitError {
  readonly column: number;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  a: '\u0007',
};

/** The words of a line; an error where a quote opens and never closes, or is followed by text. */
export function splitWords(line: string): readonly Word[] | SplitError {
  const words: Word[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && isSpace(line[at]!)) at++;
    if (at >= line.length) return words;
    const read = isQuote(line[at]!) ? readQuoted(line, at) : readPlain(line, at);
    if (!read) return { column: at };
    words.push({ text: read.text, quoted: isQuote(line[at]!), column: at });
    at = read.end;
  }
}

/** `text` as one word of a line, in quotes only if it needs them or `force` says so. */
export function quoteWord(text: string, force = false): string {
  if (!force && text !== '' && !/[\s"'\\\p{Cc}]/u.test(text)) return text;
  return `"${text.replace(/["\\\p{Cc}]/gu, escaped)}"`;
}

function isSpace(char: string): boolean {
  return /\s/.test(char);
}

function isQuote(char: string): boolean {
  return char === '"' || char === "'";
}

function readPlain(line: string, start: number): { text: string; end: number } {
  let end = start;
  while (end < line.length && !isSpace(line[end]!)) end++;
  return { text: line.slice(start, end), end };
}

function readQuoted(line: string, start: number): { text: string; end: number } | null {
  const quote = line[start]!;
  let text = '';
  for (let at = start + 1; at < line.length; at++) {
    const char = line[at]!;
    if (char === quote) {
      const end = at + 1;
      return end === line.length || isSpace(line[end]!) ? { text, end } : null;
    }
    if (char !== '\\') text += char;
    else {
      const escape = quote === '"' ? readEscape(line, at) : readSingleEscape(line, at);
      text += escape.text;
      at += escape.length - 1;
    }
  }
  return null;
}

function readEscape(line: string, at: number): { text: string; length: number } {
  const hex = /^\\x([0-9a-f]{2})/i.exec(line.slice(at, at + 4));
  if (hex) return { text: String.fromCharCode(parseInt(hex[1]!, 16)), length: 4 };
  const next = line[at + 1];
  if (next === undefined) return { text: '', length: 1 };
  return { text: ESCAPES[next] ?? next, length: 2 };
}

/** Within single quotes only `\'` means something. */
function readSingleEscape(line: string, at: number): { text: string; length: number } {
  return line[at + 1] === "'" ? { text: "'", length: 2 } : { text: '\\', length: 1 };
}

function escaped(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  const letter = Object.keys(ESCAPES).find((key) => ESCAPES[key] === char);
  return letter ? `\\${letter}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
