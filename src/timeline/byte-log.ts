/** Whole numbers one after the other, the small ones in one byte each. It only grows. */
const GROWTH = 1.125;
const LEAST_BYTES = 64;
/** Seven bits a byte; the eighth says that more follow. */
const MORE = 0x80;
const FOUR_BYTES = 0x7fff_ffff;

export class ByteLog {
  bytes = new Uint8Array(LEAST_BYTES);
  length = 0;

  /** A whole number that is not below 0. */
  natural(value: number): void {
    let rest = value;
    while (rest > FOUR_BYTES) {
      this.push((rest % MORE) | MORE);
      rest = Math.floor(rest / MORE);
    }
    while (rest >= MORE) {
      this.push((rest & 0x7f) | MORE);
      rest >>>= 7;
    }
    this.push(rest);
  }

  whole(value: number): void {
    this.natural(value < 0 ? -2 * value - 1 : 2 * value);
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const wider = new Uint8Array(Math.ceil(this.length * GROWTH));
      wider.set(this.bytes);
      this.bytes = wider;
    }
    this.bytes[this.length++] = byte;
  }
}

/** Whether a number comes back from a log. */
export const fits = (value: number): boolean =>
  Number.isInteger(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER / 4 && !Object.is(value, -0);

/** Reads a log from a place on. */
export class LogReader {
  private readonly bytes: Uint8Array;
  at: number;

  constructor(log: ByteLog, at: number) {
    this.bytes = log.bytes;
    this.at = at;
  }

  natural(): number {
    let byte = this.bytes[this.at++]!;
    if (byte < MORE) return byte;
    let value = byte & 0x7f;
    let scale = MORE;
    do {
      byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
      scale *= MORE;
    } while (byte >= MORE);
    return value;
  }

  whole(): number {
    const value = this.natural();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
