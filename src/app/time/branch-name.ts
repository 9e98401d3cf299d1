import type { BranchInfo } from '../../timeline/cluster-source';
import type { futures } from '../../words/en/futures';

/** The reader's own name for a future, else the sentence of the deed that made it. */
export function branchName(branch: BranchInfo | undefined, words: typeof futures): string {
  if (branch === undefined) return '';
  return branch.name ?? (branch.cause || words.tree.first);
}
