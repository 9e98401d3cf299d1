/**
 * Redis strings are bytes; here they are text. Bytes that are no UTF-8 become lone low surrogates,
 * U+DC80 to U+DCFF, so that every byte string has one text and every text its bytes.
 * Source: sdscatrepr, src/sds.c; the convention is Python's `surrogateescape`.
 */
const ESCAPE = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/;
const ENCODER = new TextEncoder();

/** The bytes of a text: UTF-8, and one byte for each escape. */
export function bytesOf(text: string): Uint8Array {
  if (!ESCAPED.test(text)) return ENCODER.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff) bytes.push(code - ESCAPE);
    else bytes.push(...ENCODER.encode(character));
  }
  return Uint8Array.from(bytes);
}

/** The text of some bytes; `bytesOf` gives the same bytes again. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      text += String.fromCharCode(ESCAPE + bytes[i]!);
      i++;
    } else {
      text += String.fromCodePoint(codePoint(bytes, i, length));
      i += length;
    }
  }
  return text;
}

/** How many bytes the UTF-8 sequence at `start` has; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, start: number): number {
  const first = bytes[start]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let i = 1; i < length; i++) if (((bytes[start + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const code = codePoint(bytes, start, length);
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x1_0000;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < least || code > 0x10_ffff || isSurrogate ? 0 : length;
}

function codePoint(bytes: Uint8Array, start: number, length: number): number {
  const first = bytes[start]!;
  if (length === 1) return first;
  let code = first & (0x7f >> length);
  for (let i = 1; i < length; i++) code = (code << 6) | (bytes[start + i]! & 0x3f);
  return code;
}

const NAMED: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** Between double quotes; all but printable ASCII is escaped. Source: sdscatrepr. */
export function quoted(text: string): string {
  let inside = '';
  for (const byte of bytesOf(text)) {
    const isPlain = byte >= 0x20 && byte < 0x7f;
    inside +=
      NAMED[byte] ??
      (isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`);
  }
  return `"${inside}"`;
}
