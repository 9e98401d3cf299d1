/** Kinds of beats at which playing stops, until the reader changes them; kept in this browser. */
import type { BeatKind } from '../../timeline/cluster-source';
import { readStored, writeStored } from '../storage';

/** In the order of a failover's story. */
export const BREAKPOINT_KINDS = [
  ...(['pfail', 'report', 'fail', 'clear', 'election', 'vote', 'denial', 'win', 'state'] as const),
  ...(['process', 'link', 'redirect'] as const),
] satisfies readonly BeatKind[];

export type BreakpointKind = (typeof BREAKPOINT_KINDS)[number];

class Breakpoints {
  kinds = $state.raw<readonly BreakpointKind[]>(kept());

  toggle(kind: BreakpointKind): void {
    const isSet = this.kinds.includes(kind);
    this.kinds = BREAKPOINT_KINDS.filter((one) =>
      one === kind ? !isSet : this.kinds.includes(one),
    );
    writeStored('breakpoints', this.kinds.join(' '));
  }
}

/** Words of another version of the page are passed over. */
function kept(): readonly BreakpointKind[] {
  const words = readStored('breakpoints')?.split(' ') ?? [];
  return BREAKPOINT_KINDS.filter((kind) => words.includes(kind));
}

export const breakpoints = new Breakpoints();
