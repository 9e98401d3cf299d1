/** What the learner did, as opposed to the script. */
import type { TimedInput } from '../kernel/inputs';
import { printInput } from './actions';
import type { Deed } from './lesson-run';

interface Branch {
  readonly id: number;
  readonly parent: number | null;
  readonly forkedAtMs: number;
}

/** The deeds in the past of the cursor: on its branch, or before its branch left another. */
export function deedsBefore(
  deeds: readonly Deed[],
  branches: readonly Branch[],
  cursor: { readonly branch: number; readonly atMs: number },
): Deed[] {
  const past: Deed[] = [];
  let untilMs = cursor.atMs;
  let branch = branches.find(({ id }) => id === cursor.branch);
  while (branch) {
    const { id, parent, forkedAtMs } = branch;
    past.push(...deeds.filter((deed) => deed.branch === id && deed.atMs <= untilMs));
    untilMs = Math.min(untilMs, forkedAtMs);
    branch = branches.find((other) => other.id === parent);
  }
  return past.sort((a, b) => a.atMs - b.atMs);
}

/**
 * Whether a deed begins with the words of `text`: `freeze` means any freeze, `cut 8901-8902` that
 * cut in either order, `cli 8902 SET` any SET typed at 8902.
 */
export const didMatch = (deeds: readonly TimedInput[], text: string): boolean =>
  deedsLike(deeds, text).length > 0;

/** The deeds that begin with these words. */
export function deedsLike(deeds: readonly TimedInput[], text: string): readonly TimedInput[] {
  const asked = text.trim().split(/\s+/);
  return deeds.filter(({ input }) =>
    sentencesOf(input).some((words) => asked.every((word, i) => word === words[i])),
  );
}

function sentencesOf(input: TimedInput['input']): string[][] {
  const same = [input];
  if ('oneWay' in input && !input.oneWay) same.push({ ...input, from: input.to, to: input.from });
  return same.map((each) => printInput(each).split(' '));
}
