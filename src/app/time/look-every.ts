/** How often the page looks at all there is while time runs. */
import { MOST_TIGHT } from '../../drawing/layout/scale';

/** A millisecond a node; so few that a look costs little are looked at in every frame. */
export function lookEveryMs(nodeCount: number): number {
  return nodeCount > MOST_TIGHT ? Math.min(nodeCount, MOST_MS) : 0;
}
const MOST_MS = 150;
