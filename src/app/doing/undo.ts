/** Takes back one thing that was done: a future in which it never happened, at the same time. */
import type { Session } from '../session.svelte';

/** Goes over to the run without number `index` of its inputs; the other is kept. */
export function undo(session: Session, index: number): void {
  session.pause();
  const { source } = session;
  const { atMs } = source.cursor;
  const id = source.without(index);
  session.switchBranch(id);
  session.seekTime(atMs);
}
