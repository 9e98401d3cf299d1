/**
 * CRC16 as a learner can follow it: a 16-bit register, each byte stirred in bit by bit.
 * The slot of a key is `keySlot`'s; this file shows how it comes about.
 */
import { SLOT_COUNT, type Slot } from '../../protocol/ids';
import { hashedBytes, keyCrc16 } from '../../protocol/key-slot';

/** The polynomial of CRC-16/XMODEM, its top bit left out. */
export const POLYNOMIAL = 0x1021;
export const SHIFTS_PER_BYTE = 8;
/** A key may be 512 MB long; only this many of its bytes are followed shift by shift. */
export const MOST_BYTES = 128;
const LONGEST_LABEL = 22;

/** The register before, during and after one shift. */
export interface Shift {
  /** 0 for the first shift of the key. */
  readonly index: number;
  /** The byte it belongs to, 0 for the first one hashed. */
  readonly byte: number;
  readonly before: number;
  /** The top bit was 1: it falls out, and the polynomial is XORed in. */
  readonly isXor: boolean;
  readonly shifted: number;
  readonly after: number;
}

/** One hashed byte, with the register and the slot of the key that would end here. */
export interface HashedByte {
  readonly index: number;
  readonly value: number;
  /** The character it begins; null for a later byte of the same character. */
  readonly character: string | null;
  /** The register before the byte is XORed into its high half. */
  readonly before: number;
  readonly after: number;
  readonly slot: Slot;
}

/** Why the bytes between the braces, or all of them, are hashed. */
export type HashTag = 'found' | 'none' | 'unclosed' | 'empty';

export interface KeyWalk {
  readonly key: string;
  readonly tag: HashTag;
  /** The key in three pieces; only the middle one is hashed. */
  readonly pieces: readonly [before: string, hashed: string, after: string];
  /** The bytes followed: all that are hashed, or the first `MOST_BYTES`. */
  readonly bytes: readonly HashedByte[];
  /** Eight for each byte followed. */
  readonly shifts: readonly Shift[];
  /** How many bytes are hashed, followed or not. */
  readonly hashedCount: number;
  readonly crc: number;
  readonly slot: Slot;
}

/** Follows a key, as its UTF-8 bytes, through the register. */
export function walkKey(key: string): KeyWalk {
  const all = new TextEncoder().encode(key);
  const hashed = hashedBytes(all);
  const followed = hashed.subarray(0, MOST_BYTES);
  const shifts = shiftsOf(followed);
  const tag = tagOf(all, hashed);
  const pieces = piecesOf(key, tag);
  const crc = keyCrc16(all);
  return {
    key,
    tag,
    pieces,
    bytes: bytesOf(followed, shifts, charactersOf(pieces[1].slice(0, MOST_BYTES))),
    shifts,
    hashedCount: hashed.length,
    crc,
    slot: slotOf(crc),
  };
}

/** The slot a register stands for: its lower 14 bits. */
export function slotOf(register: number): Slot {
  return register & (SLOT_COUNT - 1);
}

/** The register after a number of shifts; 0 before the first. */
export function registerAfter(walk: KeyWalk, shiftCount: number): number {
  return walk.shifts[shiftCount - 1]?.after ?? 0;
}

/** Where the needle stands after a number of shifts: at the key up to the last whole byte. */
export function needleAfter(walk: KeyWalk, shiftCount: number): { slot: Slot; label: string } {
  if (shiftCount >= walk.shifts.length) return { slot: walk.slot, label: shortLabel(walk.key) };
  const count = Math.floor(shiftCount / SHIFTS_PER_BYTE);
  const begun = walk.bytes.slice(0, count).map((byte) => byte.character ?? '');
  // Within a character the bytes so far are no text of their own.
  const isWhole = walk.bytes[count]?.character !== null;
  const label = begun.join('') + (isWhole ? '' : '…');
  return { slot: walk.bytes[count - 1]?.slot ?? 0, label: shortLabel(label) };
}

/** The last few beginnings of the key before that, and where the needle stood for each. */
export function earlierPrefixes(
  walk: KeyWalk,
  shiftCount: number,
): readonly { slot: Slot; label: string }[] {
  const count = Math.floor(shiftCount / SHIFTS_PER_BYTE);
  const prefixes = walk.bytes.slice(0, Math.max(0, count - 1)).map(({ slot }, i) => {
    const text = walk.bytes.slice(0, i + 1).map((byte) => byte.character ?? '');
    return { slot, label: shortLabel(text.join('')) };
  });
  return prefixes.filter((_, i) => walk.bytes[i + 1]!.character !== null).slice(-PREFIXES);
}

const PREFIXES = 4;

/** Both ends of a long key: the stage is no place for all of it. */
function shortLabel(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST_LABEL) return text;
  const half = Math.floor((LONGEST_LABEL - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** The number of shifts done at the next end of a byte, or at the one before. */
export function byteEnd(walk: KeyWalk, shiftCount: number, direction: 1 | -1): number {
  const bytes = shiftCount / SHIFTS_PER_BYTE;
  const next = direction === 1 ? Math.floor(bytes) + 1 : Math.ceil(bytes) - 1;
  return Math.min(walk.shifts.length, Math.max(0, next * SHIFTS_PER_BYTE));
}

/** A register as redis-cli users write it: `0x16A6`. */
export function hex(value: number, digits = 4): string {
  return `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
}

/** A character to look at: a blank or a control character as the sign that Unicode has for it. */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x20) return '\u2423';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : character;
}

/** Set square in mono type: Han and its company, signs for blanks, and all from other planes. */
export function isSquare(character: string): boolean {
  return (character.codePointAt(0) ?? 0) >= 0x2400;
}

/** The bits of a register, the highest first. */
export function bitsOf(register: number): readonly boolean[] {
  return Array.from({ length: 16 }, (_, bit) => ((register >> (15 - bit)) & 1) === 1);
}

function shiftsOf(bytes: Uint8Array): Shift[] {
  const shifts: Shift[] = [];
  let register = 0;
  for (const [byte, value] of bytes.entries()) {
    register ^= value << 8;
    for (let turn = 0; turn < SHIFTS_PER_BYTE; turn += 1) {
      const shift = shiftOf(register);
      shifts.push({ index: shifts.length, byte, ...shift });
      register = shift.after;
    }
  }
  return shifts;
}

function shiftOf(before: number): Omit<Shift, 'index' | 'byte'> {
  const isXor = before >> 15 === 1;
  const shifted = (before << 1) & 0xffff;
  return { before, isXor, shifted, after: isXor ? shifted ^ POLYNOMIAL : shifted };
}

function bytesOf(
  bytes: Uint8Array,
  shifts: readonly Shift[],
  characters: readonly (string | null)[],
): HashedByte[] {
  const endOf = (byte: number) => shifts[(byte + 1) * SHIFTS_PER_BYTE - 1]?.after ?? 0;
  return Array.from(bytes, (value, index) => ({
    index,
    value,
    character: characters[index] ?? null,
    before: index === 0 ? 0 : endOf(index - 1),
    after: endOf(index),
    slot: slotOf(endOf(index)),
  }));
}

/** For each byte of a text the character it begins, or null. */
function charactersOf(text: string): (string | null)[] {
  return [...text].flatMap((character) => {
    const later = new TextEncoder().encode(character).length - 1;
    return [character, ...Array.from({ length: later }, () => null)];
  });
}

function tagOf(all: Uint8Array, hashed: Uint8Array): HashTag {
  if (hashed.length !== all.length) return 'found';
  const open = all.indexOf('{'.charCodeAt(0));
  if (open === -1) return 'none';
  return all.includes('}'.charCodeAt(0), open) ? 'empty' : 'unclosed';
}

function piecesOf(key: string, tag: HashTag): KeyWalk['pieces'] {
  if (tag !== 'found') return ['', key, ''];
  const start = key.indexOf('{') + 1;
  const end = key.indexOf('}', start);
  return [key.slice(0, start), key.slice(start, end), key.slice(end)];
}
