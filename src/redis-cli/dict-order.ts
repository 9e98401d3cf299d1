/**
 * The order in which redis-cli walks over a dictionary of texts: by buckets of a hash table. It
 * shows wherever the tool prints or mends several slots at once.
 * Source: siphash, src/siphash.c; dictAddRaw, dictRehash, dictNext, src/dict.c.
 */

const MASK = (1n << 64n) - 1n;
const FIRST_SIZE = 4;
/** One step of growing gives up after so many empty buckets. */
const MOST_EMPTY_VISITS = 10;

interface Entry {
  readonly text: string;
  readonly hash: number;
}
type Table = Entry[][];

/** The texts, added one after the other, in the order in which the dictionary lists them. */
export function orderOfDict(texts: readonly string[]): string[] {
  const dict = new Dict();
  for (const text of texts) dict.add(text);
  return dict.list();
}

class Dict {
  private table: Table = [];
  /** While the dictionary grows: the larger table, which takes everything new. */
  private larger: Table | null = null;
  /** The bucket of the smaller table that moves next. */
  private moving = 0;
  private left = 0;
  private readonly known = new Set<string>();

  add(text: string): void {
    if (this.larger) this.moveOneBucket(this.larger);
    if (!this.larger && this.known.size >= this.table.length) this.grow();
    if (this.known.has(text)) return;
    this.known.add(text);
    if (!this.larger) this.left++;
    place(this.larger ?? this.table, { text, hash: sipHash(text) });
  }

  list(): string[] {
    return [...this.table, ...(this.larger ?? [])].flat().map(({ text }) => text);
  }

  private grow(): void {
    let size = FIRST_SIZE;
    while (size < this.known.size + 1) size *= 2;
    const empty: Table = Array.from({ length: size }, () => []);
    if (this.table.length === 0) this.table = empty;
    else [this.larger, this.moving] = [empty, 0];
  }

  private moveOneBucket(larger: Table): void {
    for (let visits = 0; this.table[this.moving]!.length === 0; this.moving++) {
      if (visits++ === MOST_EMPTY_VISITS) return;
    }
    const entries = this.table[this.moving++]!.splice(0);
    for (const entry of entries) place(larger, entry);
    this.left -= entries.length;
    if (this.left > 0) return;
    [this.table, this.larger, this.left] = [larger, null, this.known.size];
  }
}

/** Newest first within a bucket. */
function place(table: Table, entry: Entry): void {
  table[entry.hash & (table.length - 1)]!.unshift(entry);
}

/** The low half of SipHash-1-2 with a key of zeros, which redis-cli never changes. */
export function sipHash(text: string): number {
  const v: [bigint, bigint, bigint, bigint] = [
    0x736f6d6570736575n,
    0x646f72616e646f6dn,
    0x6c7967656e657261n,
    0x7465646279746573n,
  ];
  const bytes = [...text].map((char) => BigInt(char.charCodeAt(0)));
  const whole = bytes.length - (bytes.length % 8);
  const word = (from: number, to: number): bigint =>
    bytes.slice(from, to).reduce((sum, byte, i) => sum | (byte << BigInt(8 * i)), 0n);
  for (let at = 0; at < whole; at += 8) absorb(v, word(at, at + 8));
  absorb(v, (BigInt(bytes.length) << 56n) | word(whole, bytes.length));
  v[2] ^= 0xffn;
  round(v);
  round(v);
  return Number(BigInt.asIntN(32, v[0] ^ v[1] ^ v[2] ^ v[3]));
}

function absorb(v: [bigint, bigint, bigint, bigint], word: bigint): void {
  v[3] ^= word;
  round(v);
  v[0] ^= word;
}

const turnLeft = (x: bigint, bits: bigint): bigint => ((x << bits) & MASK) | (x >> (64n - bits));

function round(v: [bigint, bigint, bigint, bigint]): void {
  v[0] = (v[0] + v[1]) & MASK;
  v[1] = turnLeft(v[1], 13n) ^ v[0];
  v[0] = turnLeft(v[0], 32n);
  v[2] = (v[2] + v[3]) & MASK;
  v[3] = turnLeft(v[3], 16n) ^ v[2];
  v[0] = (v[0] + v[3]) & MASK;
  v[3] = turnLeft(v[3], 21n) ^ v[0];
  v[2] = (v[2] + v[1]) & MASK;
  v[1] = turnLeft(v[1], 17n) ^ v[2];
  v[2] = turnLeft(v[2], 32n);
}
