/** The key for What if: the picked message, lost; both futures side by side. */
import { words } from '../../words/words.svelte';
import type { Bench } from '../bench.svelte';
import type { Session } from '../session.svelte';
import { mayBeChanged, traceOf, whatIf } from './what-if';

export function dropPicked(session: Session, bench: Bench): void {
  const { selected } = session;
  if (selected?.type !== 'message' || bench.compared !== null) return;
  const trace = traceOf(session, selected.message);
  if (session.isGated) bench.tell(words.app.lesson.answerFirst);
  else if (trace !== null && mayBeChanged(trace)) bench.compared = whatIf(session, trace, 'lost');
}
