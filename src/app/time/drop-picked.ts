/** The key for What if: the picked message, lost; both futures side by side. */
import { words } from '../../words/words.svelte';
import type { MessageTrace } from '../../timeline/cluster-source';
import type { futures } from '../../words/en/futures';
import type { Bench } from '../bench.svelte';
import type { Session } from '../session.svelte';
import { mayBeChanged, traceOf, whatIf } from './what-if';

export function dropPicked(session: Session, bench: Bench): void {
  const { selected } = session;
  const { cannot } = words.futures;
  if (bench.compared !== null) return bench.tell(cannot.twoAlready);
  if (selected?.type !== 'message') return bench.tell(cannot.pickMessage);
  const trace = traceOf(session, selected.message);
  if (session.isGated) bench.tell(words.app.lesson.answerFirst);
  else if (trace !== null && mayBeChanged(trace)) bench.compared = whatIf(session, trace, 'lost');
  else bench.tell(whyNot(trace, words.futures.whatIf));
}

function whyNot(trace: MessageTrace | null, text: (typeof futures)['whatIf']): string {
  if (trace?.fate === 'lost') return text.lostAlready;
  return trace?.fate === 'unread' ? text.unread(trace.to) : text.notYet;
}
