/** Bytes as letters, for where only text can stand. */

/** Letters are made of so many bytes at a time: a multiple of three. */
const BYTES_AT_ONCE = 24_576;

export function base64Of(bytes: Uint8Array): string {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    texts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE))));
  }
  return texts.join('');
}

/** Throws if `base64` is none. */
export function bytesOfBase64(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
