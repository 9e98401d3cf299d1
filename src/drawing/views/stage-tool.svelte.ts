/** What may be done on the stage, and which tool the pointer holds. */
import type { MenuItem, MenuSubject } from './act-menu';

class StageTool {
  /** The next drag over the stage draws the line, wherever it begins. */
  isCutting = $state(false);
  /** Whether a network may be cut by a line here; a lesson may do without. */
  isOffered = $state(false);
  /** The verbs a lesson allows; null for all. */
  allow = $state.raw<readonly string[] | null>(null);

  /** Items that make no sense here, by their ids, whatever is allowed. */
  without = $state.raw<readonly string[]>([]);
  /** What a menu offers besides; null: nothing. */
  more = $state.raw<((subject: MenuSubject) => readonly MenuItem[]) | null>(null);

  /** As before a page said what it offers. */
  reset(): void {
    this.isCutting = false;
    this.isOffered = false;
    this.allow = null;
    this.without = [];
    this.more = null;
  }
}

export const stageTool = new StageTool();
