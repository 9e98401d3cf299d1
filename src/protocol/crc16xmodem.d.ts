/**
 * The one function of the `crc` package we use, as we use it. The package's own types bring in all
 * of Node's, and then `process` or `setTimeout` would compile in folders that must stay pure.
 * Source: crc16, src/crc16.c (XMODEM).
 */
export default function crc16xmodem(bytes: Uint8Array, previous?: number): number;
