/** Long links, packed: DEFLATE of the readable part, in the alphabet of URLs. Loaded if needed. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Place, SandboxPlace } from './place';
import { sandboxQuery } from './sandbox-url';
import { hashOf, placeOf } from './url';

/** Up to this many characters a link stays readable. */
export const LONGEST_READABLE = 1_200;
const VERSION = '1';
/** What was cut off has no end. */
const END = '&end';
/** No link is this long; what claims to be is not unpacked. */
const MOST_BYTES = 4_000_000;

/** The address of a sandbox: readable if it is short, else packed. */
export function linkOf(place: SandboxPlace): string {
  const readable = hashOf({ page: 'sandbox', ...place });
  if (readable.length <= LONGEST_READABLE) return readable;
  const bytes = deflateSync(strToU8(sandboxQuery(place) + END), { level: 9 });
  return hashOf({ page: 'packed', packed: `${VERSION}.${toText(bytes)}` });
}

/** What a packed link holds; a place that says what is wrong if it cannot be read. */
export function unpack(packed: string): Place {
  const [version = '', data = ''] = packed.split('.');
  if (version !== VERSION) return wrong(/^\d{1,3}$/.test(version) ? version : null);
  try {
    const bytes = inflateSync(toBytes(data), { out: new Uint8Array(outLength(data)) });
    const text = strFromU8(bytes);
    if (!text.endsWith(END)) return wrong(null);
    return placeOf(`#/sandbox?${text.slice(0, -END.length)}`, []);
  } catch {
    return wrong(null);
  }
}

function wrong(version: string | null): Place {
  return { page: 'wrong', problem: { kind: 'packed', version } };
}

/** DEFLATE shrinks to a thousandth at best; more than that is no link. */
export function outLength(data: string): number {
  return Math.min(MOST_BYTES, 1_032 * data.length + 64);
}

/** Bytes in the alphabet of URLs. */
export function toText(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The same back; throws where a letter is none of it. */
export function toBytes(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
