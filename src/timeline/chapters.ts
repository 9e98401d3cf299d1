/**
 * Where in a log all was put down again: whoever reads what stood at a place begins with the last
 * of these before it.
 */
export interface Chapter {
  readonly from: number;
}

export class Chapters<T extends Chapter> {
  private readonly all: T[] = [];

  add(chapter: T): void {
    this.all.push(chapter);
  }

  get last(): T | undefined {
    return this.all.at(-1);
  }

  /** The one in which a place lies. */
  at(place: number): T {
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.all[middle]!.from <= place) low = middle;
      else high = middle - 1;
    }
    return this.all[low]!;
  }
}
