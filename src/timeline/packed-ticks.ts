/** The ticks to come of all processes, put away: each as five numbers. */
import type { Tick, Ticks } from '../kernel/ticks';
import type { NodeName } from '../protocol/ids';

type Line = Ticks[number];
const WIDTH = 5;

/** One list of numbers for each of the two lines. */
export type PackedTicks = readonly [Int32Array, Int32Array];

/** Puts ticks away; `names` has every process there is. */
export function packTicks([a, b]: Ticks, names: readonly NodeName[]): PackedTicks {
  const placeByName = new Map(names.map((name, place) => [name, place]));
  const written = ({ items, from, to }: Line): Int32Array =>
    Int32Array.from(
      items
        .slice(from, to)
        .flatMap(({ atMs, seq, node, run, passed }) => [
          atMs,
          seq,
          placeByName.get(node)!,
          run,
          passed,
        ]),
    );
  return [written(a), written(b)];
}

/** The ticks that were put away. */
export function unpackTicks([a, b]: PackedTicks, names: readonly NodeName[]): Ticks {
  const read = (codes: Int32Array): Line => {
    const items: Tick[] = [];
    for (let at = 0; at < codes.length; at += WIDTH) {
      const [atMs, seq, place, run, passed] = [0, 1, 2, 3, 4].map((k) => codes[at + k]!) as Five;
      items.push({ atMs, seq, node: names[place]!, run, passed });
    }
    return { items, from: 0, to: items.length };
  };
  return [read(a), read(b)];
}

type Five = [number, number, number, number, number];
