/**
 * The checksum at the end of a DUMP payload.
 * Source: crc64, src/crc64.c (CRC-64/Jones: reflected, polynomial ad93d23594c935a9, start 0).
 */
const REFLECTED_POLYNOMIAL = 0x95ac9329ac4bc9b5n;

let table: readonly bigint[] | null = null;

function makeTable(): readonly bigint[] {
  return Array.from({ length: 256 }, (_, byte) => {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 1n ? (crc >> 1n) ^ REFLECTED_POLYNOMIAL : crc >> 1n;
    return crc;
  });
}

/** The 64-bit checksum of some bytes. */
export function crc64(bytes: Uint8Array): bigint {
  table ??= makeTable();
  let crc = 0n;
  for (const byte of bytes) crc = table[Number(crc & 0xffn) ^ byte]! ^ (crc >> 8n);
  return crc;
}
