/** How much longer a list becomes when it is full. */
const GROWTH = 1.125;

/** A list of whole numbers that only grows, four bytes each. */
export class Column {
  private values: Int32Array;
  length: number;

  constructor(values = new Int32Array(64), length = 0) {
    this.values = values;
    this.length = length;
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Int32Array(Math.ceil(this.length * GROWTH));
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  /** A list of its own with the first `length` numbers. */
  first(length: number): Column {
    return new Column(this.values.slice(0, Math.max(64, length)), length);
  }

  /** How many numbers at the beginning are at most `value`; they must be in ascending order. */
  countUpTo(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.values[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
