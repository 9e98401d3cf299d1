/** In what two futures differ, in a sentence. */
import type { Beat } from '../../timeline/cluster-source';
import type { Difference } from '../../timeline/difference';
import type { futures } from '../../words/en/futures';
import type { inspector } from '../../words/en/inspector';
import { eventText } from '../panels/event-texts';
import type { Change } from './compared-pair';

interface Say {
  readonly futures: typeof futures;
  readonly events: (typeof inspector)['events'];
  /** A moment, as `12.3 s`. */
  readonly clock: (ms: number) => string;
  /** A length of time, as `0.4 s`. */
  readonly seconds: (ms: number) => string;
}

/** What happens in a beat, short. */
export function beatText(beat: Beat, say: Say): string {
  return eventText(beat.note, say.events);
}

/** The sentence for one difference; `untilMs` is how far both are known. */
export function differenceText(
  difference: Difference,
  { change, untilMs }: { readonly change: Change; readonly untilMs: number },
  say: Say,
): string {
  const prefix = say.futures.prefix[change];
  if (difference.type === 'moved') {
    const { left, right } = difference;
    const byMs = right.atMs - left.atMs;
    const by = say.seconds(Math.abs(byMs));
    return say.futures.moved(prefix, beatText(right, say), by, byMs > 0);
  }
  const what = beatText(difference.beat, say);
  if (difference.in === 'left') return say.futures.onlyLeft(prefix, what, say.clock(untilMs));
  return say.futures.onlyRight(prefix, what, say.clock(difference.beat.atMs));
}

/** The sentence for the first difference, or that there is none yet. */
export function firstDifferenceText(
  differences: readonly Difference[],
  about: { readonly change: Change; readonly untilMs: number },
  say: Say,
): string {
  const [first] = differences;
  if (first !== undefined) return differenceText(first, about, say);
  return say.futures.same(say.futures.prefix[about.change], say.clock(about.untilMs));
}
