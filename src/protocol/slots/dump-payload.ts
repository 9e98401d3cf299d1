/**
 * The payload of DUMP, RESTORE and MIGRATE: a value as redis-server writes it into an RDB file.
 * Source: createDumpPayload, verifyDumpPayload, src/cluster.c; rdbSaveRawString,
 * rdbGenericLoadStringObject, src/rdb.c; lzf_decompress, src/lzf_d.c.
 * Simplified: strings only, and none is compressed when written; compressed ones are understood.
 */
import { bytesOf, textOf } from '../byte-text';
import { crc64 } from './crc64';

const TYPE_STRING = 0;
const RDB_VERSION = 10;
/** The version, 2 bytes, and the checksum, 8 bytes, both little endian. */
const FOOTER_BYTES = 10;
/** Longer texts are not tried as integers. */
const MAX_INTEGER_TEXT = 11;
const INT8 = 0xc0;
const INT16 = 0xc1;
const INT32 = 0xc2;
const LZF = 0xc3;

/** The payload of a string value, as text with bytes escaped. */
export function dumpPayload(value: string): string {
  return withFooter([TYPE_STRING, ...encodeString(value)]);
}

/** The payload of nothing at all: what FUNCTION DUMP gives where no function is loaded. */
export const emptyPayload = (): string => withFooter([]);

/** Whether version and checksum of a payload are right. */
export const isIntactPayload = (payload: string): boolean => isIntact(bytesOf(payload));

function withFooter(body: readonly number[]): string {
  const bytes = [...body, RDB_VERSION, 0];
  return textOf(Uint8Array.from([...bytes, ...littleEndian(crc64(Uint8Array.from(bytes)), 8)]));
}

function encodeString(value: string): number[] {
  const bytes = bytesOf(value);
  const integer = bytes.length <= MAX_INTEGER_TEXT ? encodeInteger(value) : null;
  return integer ?? [...encodeLength(bytes.length), ...bytes];
}

function encodeInteger(text: string): number[] | null {
  if (!/^(0|-?[1-9]\d*)$/.test(text)) return null;
  const value = BigInt(text);
  for (const [code, bytes] of [
    [INT8, 1],
    [INT16, 2],
    [INT32, 4],
  ] as const) {
    if (BigInt.asIntN(bytes * 8, value) === value) return [code, ...littleEndian(value, bytes)];
  }
  return null;
}

function encodeLength(length: number): number[] {
  if (length < 64) return [length];
  if (length < 16_384) return [0x40 | (length >> 8), length & 0xff];
  return [0x80, ...littleEndian(BigInt(length), 4).reverse()];
}

function littleEndian(value: bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** Why a payload is refused, in redis-server's words. */
export class PayloadError extends Error {}

/** The string in a payload; throws PayloadError with the words RESTORE answers. */
export function loadPayload(payload: string): string {
  const bytes = bytesOf(payload);
  if (!isIntact(bytes)) throw new PayloadError('DUMP payload version or checksum are wrong');
  const reader = new Reader(bytes.subarray(0, -FOOTER_BYTES));
  if (reader.byte() !== TYPE_STRING) throw new PayloadError('Bad data format');
  return textOf(reader.string());
}

function isIntact(bytes: Uint8Array): boolean {
  if (bytes.length < FOOTER_BYTES) return false;
  const footer = bytes.subarray(-FOOTER_BYTES);
  if (footer[0]! + footer[1]! * 256 > RDB_VERSION) return false;
  const sum = littleEndian(crc64(bytes.subarray(0, -8)), 8);
  return sum.every((byte, i) => footer[2 + i] === byte);
}

/** Reads the RDB forms of a string. */
class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  string(): Uint8Array {
    const first = this.byte();
    if (first === LZF) {
      const [packed, full] = [this.length(this.byte()), this.length(this.byte())];
      return unpack(this.take(packed), full);
    }
    const width = { [INT8]: 1, [INT16]: 2, [INT32]: 4 }[first];
    if (width !== undefined) return this.integer(width);
    return this.take(this.length(first));
  }

  private integer(width: number): Uint8Array {
    const value = [...this.take(width)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    return bytesOf(String(BigInt.asIntN(width * 8, value)));
  }

  private length(first: number): number {
    if (first < 0x40) return first;
    if (first < 0x80) return ((first & 0x3f) << 8) | this.byte();
    if (first !== 0x80) throw new PayloadError('Bad data format');
    return this.take(4).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  private take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new PayloadError('Bad data format');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

/** LZF: runs of literal bytes, and copies of what was written before. */
function unpack(packed: Uint8Array, full: number): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < packed.length;) {
    const control = packed[i++]!;
    if (control < 32) {
      for (let left = control + 1; left > 0; left--) out.push(packed[i++]!);
      continue;
    }
    const isLong = control >> 5 === 7;
    const length = (control >> 5) + 2 + (isLong ? packed[i++]! : 0);
    const from = out.length - ((control & 0x1f) << 8) - packed[i++]! - 1;
    for (let n = 0; n < length; n++) out.push(out[from + n]!);
  }
  if (out.length !== full || out.some((byte) => !Number.isInteger(byte))) {
    throw new PayloadError('Bad data format');
  }
  return Uint8Array.from(out);
}
