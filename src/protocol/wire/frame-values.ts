/**
 * Bytes and 64-bit integers as plain JSON, without loss.
 * Source: the char arrays and uint64_t of clusterMsg, src/cluster.h.
 */

/** Bytes that are UTF-8 as text; any others in hexadecimal. */
export type ByteText = string | { readonly hex: string };

/** A 64-bit unsigned integer: a number up to 2^53 - 1, above that its decimal digits. */
export type U64 = number | string;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF8_BYTES = new TextEncoder();

/** All of `bytes`, as text where they are UTF-8. */
export function byteText(bytes: Uint8Array): ByteText {
  try {
    return isAscii(bytes) ? String.fromCharCode(...bytes) : UTF8.decode(bytes);
  } catch {
    return { hex: hexOf(bytes) };
  }
}

/** Short and plain is by far the most common: node ids, addresses. */
function isAscii(bytes: Uint8Array): boolean {
  return bytes.length <= 256 && bytes.every((byte) => byte < 0x80);
}

/** The text of a field that is filled up with zero bytes; the zeros at its end are left out. */
export function paddedText(field: Uint8Array): ByteText {
  let end = field.length;
  while (end > 0 && field[end - 1] === 0) end--;
  return byteText(field.subarray(0, end));
}

/** The bytes `text` stands for; a character pair that is no character becomes U+FFFD. */
export function bytesOfText(text: ByteText): Uint8Array {
  return typeof text === 'string' ? UTF8_BYTES.encode(text) : bytesOfHex(text.hex);
}

/** Two lower-case digits a byte. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** The bytes of pairs of hexadecimal digits; an odd digit at the end is left out. */
export function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Reads 8 bytes at `at`. */
export function readU64(view: DataView, at: number): U64 {
  const high = view.getUint32(at);
  if (high < 0x20_0000) return high * 0x1_0000_0000 + view.getUint32(at + 4);
  return view.getBigUint64(at).toString();
}

/** Writes 8 bytes at `at`; 0 to 2^64 - 1. */
export function writeU64(view: DataView, at: number, value: U64): void {
  view.setBigUint64(at, BigInt(value));
}
