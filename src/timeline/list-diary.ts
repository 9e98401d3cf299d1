/**
 * Lists whose entries come and go, put away small: each entry once, and a list as the numbers of
 * those on it.
 */
import { ByteLog, LogReader } from './byte-log';

export class ListDiary<T extends object> {
  private readonly log = new ByteLog();
  private readonly entries: T[] = [];
  /** Of those on the list that was put away last. */
  private numbers = new Map<T, number>();
  private latest: readonly T[] | null = null;
  private place = 0;

  /** Where the list stands from now on. */
  write(list: readonly T[]): number {
    if (list === this.latest) return this.place;
    const { log } = this;
    this.latest = list;
    this.place = log.length;
    const numbers = new Map<T, number>();
    log.natural(list.length);
    let last = 0;
    for (const entry of list) {
      const number = this.numbers.get(entry) ?? this.entries.push(entry) - 1;
      numbers.set(entry, number);
      log.whole(number - last);
      last = number;
    }
    this.numbers = numbers;
    return this.place;
  }

  /** The list that stands at a place. */
  read(place: number): T[] {
    const reader = new LogReader(this.log, place);
    const list: T[] = [];
    let number = 0;
    for (let left = reader.natural(); left > 0; left--) {
      number += reader.whole();
      list.push(this.entries[number]!);
    }
    return list;
  }
}
