/**
 * A long list of numbers put away small: only those that have changed since the last time are
 * written down, in a layer upon those before.
 */
import { numbersOf, placesOf, type Numbers, type Places } from './packed-rows';

interface Layer {
  readonly places: Places;
  readonly numbers: Numbers;
}

export interface PackedNumbers {
  readonly base: Numbers;
  readonly layers: readonly Layer[];
}

/** Numbers that were put away, and as they were. */
export interface EarlierNumbers {
  readonly packed: PackedNumbers;
  readonly values: Float64Array;
}

/** After so many layers all numbers are written down again. */
const MOST_LAYERS = 64;
/** Above this share of changed numbers it is cheaper to write them all. */
const MOST_CHANGED = 0.5;

/** Puts numbers away, sharing with those put away earlier. */
export function packNumbers(values: Float64Array, earlier: EarlierNumbers | null): EarlierNumbers {
  const places = earlier && changedPlaces(values, earlier.values);
  if (!places || earlier.packed.layers.length >= MOST_LAYERS) {
    return { packed: { base: numbersOf(values), layers: [] }, values };
  }
  if (places.length === 0) return earlier;
  const { base, layers } = earlier.packed;
  const changed = places.map((place) => values[place]!);
  const layer = { places: placesOf(places, values.length), numbers: numbersOf(changed) };
  return { packed: { base, layers: [...layers, layer] }, values };
}

/** Null where they cannot be compared, or too many have changed. */
function changedPlaces(values: Float64Array, before: Float64Array): number[] | null {
  if (values.length !== before.length) return null;
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== before[i]) places.push(i);
  return places.length > values.length * MOST_CHANGED ? null : places;
}

/** The numbers that were put away. */
export function unpackNumbers({ base, layers }: PackedNumbers): Numbers {
  const isLong = [base, ...layers.map((layer) => layer.numbers)].some(
    (numbers) => numbers instanceof Float64Array,
  );
  const values = isLong ? Float64Array.from(base) : Int32Array.from(base);
  for (const { places, numbers } of layers) {
    for (let i = 0; i < places.length; i++) values[places[i]!] = numbers[i]!;
  }
  return values;
}
