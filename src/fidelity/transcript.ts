/**
 * What a script left behind in one world, as named lists of lines: replies, tables, logs, the order
 * of events. Two worlds agree on a list when the lines are the same.
 */
export type Transcript = ReadonlyMap<string, readonly string[]>;

export interface DiffLine {
  readonly side: 'real' | 'simulated';
  readonly text: string;
}

/** The lines that only one of the two lists has, in order. */
export function differingLines(
  real: readonly string[],
  simulated: readonly string[],
): readonly DiffLine[] {
  const kept = longestCommon(real, simulated);
  const diff: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < real.length || j < simulated.length) {
    if (i < real.length && j < simulated.length && real[i] === simulated[j]) {
      i++;
      j++;
    } else if (j >= simulated.length || (i < real.length && kept(i + 1, j) >= kept(i, j + 1))) {
      diff.push({ side: 'real', text: real[i++]! });
    } else {
      diff.push({ side: 'simulated', text: simulated[j++]! });
    }
  }
  return diff;
}

/** The length of the longest common subsequence of what follows `i` in `a` and `j` in `b`. */
function longestCommon(
  a: readonly string[],
  b: readonly string[],
): (i: number, j: number) => number {
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j;
      length[here] =
        a[i] === b[j]
          ? length[here + width + 1]! + 1
          : Math.max(length[here + width]!, length[here + 1]!);
    }
  }
  return (i, j) => length[i * width + j]!;
}
