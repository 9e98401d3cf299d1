/**
 * Differences that are known, understood and kept: each says where it is allowed and why. Anything
 * else that differs makes the comparison fail.
 */
import type { DiffLine } from './transcript';

interface Explanation {
  /** Names of scripts; none: all of them. */
  readonly scripts?: readonly string[];
  readonly list: RegExp;
  readonly side?: DiffLine['side'];
  readonly text: RegExp;
  readonly because: string;
}

export const EXPLANATIONS: readonly Explanation[] = [];

/** Why this line may differ, or null when nobody knows. */
export function explain(difference: {
  readonly script: string;
  readonly list: string;
  readonly line: DiffLine;
}): string | null {
  const { script, list, line } = difference;
  const found = EXPLANATIONS.find(
    (one) =>
      (one.scripts === undefined || one.scripts.includes(script)) &&
      (one.side === undefined || one.side === line.side) &&
      one.list.test(list) &&
      one.text.test(line.text),
  );
  return found?.because ?? null;
}
