import type { BeatKind } from '../../timeline/cluster-source';
import type { futures } from '../../words/en/futures';

/** What a kind of beat is called; one without a name of its own keeps the code's. */
export function breakpointName(kind: BeatKind, { breakpoints }: typeof futures): string {
  const names: Partial<Record<BeatKind, string>> = breakpoints.kinds;
  return names[kind] ?? kind;
}
