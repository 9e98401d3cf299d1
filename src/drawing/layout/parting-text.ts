/** What a real node says and what ours says, in the room of a pill. */
import type { FrameParting } from '../../protocol/cluster-frame';

const MOST_LETTERS = 20;

/** `configEpoch 5 ≠ 4`; where both do not fit, what they differ in. */
export function partingValues({
  field,
  real,
  ours,
}: Pick<FrameParting, 'field' | 'real' | 'ours'>): string {
  const both = `${field} ${real} ≠ ${ours}`;
  return both.length <= MOST_LETTERS ? both : field;
}
