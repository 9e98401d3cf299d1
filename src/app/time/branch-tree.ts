import type { BranchInfo } from '../../timeline/cluster-source';

export interface BranchRow {
  readonly branch: BranchInfo;
  /** How many forks lie between it and the first future. */
  readonly depth: number;
}

/** Deeper than this it does not move to the right any more: the panel is narrow. */
const DEEPEST = 4;

/** The futures as a tree, each under the one it left, in the order of their forks. */
export function treeOf(branches: readonly BranchInfo[]): BranchRow[] {
  const below = (parent: number | null, depth: number): BranchRow[] =>
    branches
      .filter((branch) => branch.parent === parent)
      .toSorted((a, b) => a.forkedAtMs - b.forkedAtMs || a.id - b.id)
      .flatMap((branch) => [
        { branch, depth: Math.min(depth, DEEPEST) },
        ...below(branch.id, depth + 1),
      ]);
  return below(null, 0);
}
