/**
 * What differs between two values of one shape, put away small: the way to each difference is a
 * number of the book, and a difference is mostly a number itself.
 */

/** Fields and places of lists, from the outermost in. */
type Way = readonly string[];
type Branching = Readonly<Record<string, unknown>>;

/** Differences that are whole numbers, and others: the ways to them, and what is there. */
export interface Changes {
  readonly toNumbers: number[];
  readonly numbers: number[];
  readonly toValues: number[];
  readonly values: unknown[];
}

/** How fields of the outermost record are copied, where `{ ...spread }` will not do. */
type Copies = Readonly<Record<string, (value: never) => object>>;

/** Every way that something has changed. It only grows. */
export class ChangeBook {
  private readonly copies: Copies;
  private readonly ways: Way[] = [[]];
  private readonly onward = [new Map<string, number>()];

  constructor(copies: Copies = {}) {
    this.copies = copies;
  }

  /** What `now` has otherwise than `base`. */
  changes(base: object, now: object): Changes {
    const found: Changes = { toNumbers: [], numbers: [], toValues: [], values: [] };
    this.compare(base as Branching, now as Branching, 0, found);
    return found;
  }

  /** Writes a difference to a copy; `own`: what in it nobody else has. */
  write(copy: object, own: Set<unknown>, way: number, value: unknown): void {
    const keys = this.ways[way]!;
    let at = copy as Record<string, unknown>;
    for (let i = 0; i < keys.length - 1; i++) {
      const key = keys[i]!;
      const copy = (i === 0 && this.copies[key]) || copyOf;
      const there = own.has(at[key]) ? at[key] : copy(at[key] as never);
      own.add(there);
      at[key] = there;
      at = there as Record<string, unknown>;
    }
    at[keys.at(-1)!] = value;
  }

  private compare(base: Branching, now: Branching, way: number, found: Changes): void {
    for (const key in now) {
      const [before, after] = [base[key], now[key]];
      if (before === after) continue;
      const there = this.wayOn(way, key);
      if (typeof after === 'number' && after === (after | 0)) {
        found.toNumbers.push(there);
        found.numbers.push(after);
      } else if (isBranching(before) && isBranching(after) && haveSameKeys(before, after)) {
        this.compare(before, after, there, found);
      } else {
        found.toValues.push(there);
        found.values.push(after);
      }
    }
  }

  private wayOn(way: number, key: string): number {
    const known = this.onward[way]!.get(key);
    if (known !== undefined) return known;
    const next = this.ways.length;
    this.ways.push([...this.ways[way]!, key]);
    this.onward.push(new Map());
    this.onward[way]!.set(key, next);
    return next;
  }
}

/** A plain record or a list. */
function isBranching(value: unknown): value is Branching {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}

/** In the same order, too: whoever goes through a record may depend on it. */
function haveSameKeys(a: Branching, b: Branching): boolean {
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return keys.length === others.length && keys.every((key, i) => key === others[i]);
}

const copyOf = (value: unknown): Record<string, unknown> =>
  (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Branching) }) as Record<
    string,
    unknown
  >;
