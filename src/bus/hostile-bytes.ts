/** Bytes meant to break a decoder: random, cut, spliced, and good messages that lie. */
import fc from 'fast-check';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { HEADER, HEADER_BYTES, SIGNATURE, VERSION } from '../protocol/wire/layout';
import { arbitraryFrame } from './arbitrary-frames';

/** What one change does to a message, in place or to its length. */
type Change = (bytes: Uint8Array) => Uint8Array;

const GOOD_FRAMES = 300;
/** Fields that say how long something is, or what follows. */
const TELLING_FIELDS = [
  HEADER.totlen,
  HEADER.ver,
  HEADER.type,
  HEADER.count,
  HEADER.extensions,
  HEADER.mflags,
  ...[0, 4, 8, 16, 24, 104].map((at) => HEADER_BYTES + at),
];
/** Where lengths turn over, and what stands next to that. */
const TELLING_VALUES = [
  0, 1, 4, 7, 8, 9, 23, 24, 40, 104, 255, 256, 2_255, 2_256, 0x7fff, 0xffff, 0x1_0000, 0x1_0008,
  0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff,
];

const place = fc.integer({ min: 0, max: 5_000 });
const byte = fc.integer({ min: 0, max: 255 });
const value = fc.oneof(
  fc.constantFrom(...TELLING_VALUES),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);
const field = fc.oneof(
  { arbitrary: fc.constantFrom(...TELLING_FIELDS), weight: 3 },
  { arbitrary: place, weight: 1 },
);

function write(bytes: Uint8Array, at: number, value: number, width: number): Uint8Array {
  for (let i = 0; i < width && at + i < bytes.length; i++) {
    bytes[at + i] = value >>> (8 * (width - 1 - i));
  }
  return bytes;
}

function grow(bytes: Uint8Array, count: number, filler: number): Uint8Array {
  const larger = new Uint8Array(bytes.length + count).fill(filler);
  larger.set(bytes);
  return larger;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(field, value, fc.constantFrom(1, 2, 4)).map(
    ([at, number, width]): Change =>
      (bytes) =>
        write(bytes, at, number, width),
  ),
  fc.tuple(place, byte).map(
    ([at, number]): Change =>
      (bytes) =>
        write(bytes, at % (bytes.length + 1), number, 1),
  ),
  place.map(
    (length): Change =>
      (bytes) =>
        bytes.slice(0, length % (bytes.length + 1)),
  ),
  fc.tuple(fc.integer({ min: 1, max: 300 }), byte).map(
    ([count, filler]): Change =>
      (bytes) =>
        grow(bytes, count, filler),
  ),
  // A length that is true again lets the later checks see what went before.
  fc.constant<Change>((bytes) => write(bytes, HEADER.totlen, bytes.length, 4)),
);

function goodFrames(): Uint8Array[] {
  return fc.sample(arbitraryFrame, { numRuns: GOOD_FRAMES, seed: 7 }).map(encodeFrame);
}

function lying(): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(...goodFrames()), fc.array(change, { maxLength: 6 }), fc.boolean())
    .map(([frame, changes, isTrueLength]) => {
      const bytes = changes.reduce<Uint8Array>((changed, one) => one(changed), frame.slice());
      return isTrueLength ? write(bytes, HEADER.totlen, bytes.length, 4) : bytes;
    });
}

/** Random bytes behind a beginning that passes for a message. */
const disguised = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.uint8Array({ maxLength: 400 }), fc.boolean())
  .map(([type, random, isAtEnd]) => {
    const bytes = new Uint8Array(HEADER_BYTES + random.length);
    bytes.set(random, isAtEnd ? HEADER_BYTES : 14);
    bytes.set(SIGNATURE);
    write(bytes, HEADER.totlen, bytes.length, 4);
    write(bytes, HEADER.ver, VERSION, 2);
    return write(bytes, HEADER.type, type, 2);
  });

/** Each input is new; all are shorter than 10 kB, however much they claim. */
export function hostileBytes(): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { arbitrary: lying(), weight: 7 },
    { arbitrary: disguised, weight: 2 },
    { arbitrary: fc.uint8Array({ maxLength: 64 }), weight: 1 },
  );
}
