/**
 * The events of a failover, found in the logs of either world: debug lines included, so that a
 * node's own suspicion can be seen.
 */
import type { LogLine } from './log-lines';

interface EventPattern {
  readonly event: string;
  readonly pattern: RegExp;
}

const EVENTS: readonly EventPattern[] = [
  { event: 'first PFAIL', pattern: /^\*\*\* NODE <\w+> possibly failing/ },
  { event: 'first report', pattern: /reported node <\w+> as not reachable/ },
  { event: 'FAIL', pattern: /^Marking node <\w+> as failing/ },
  {
    event: 'manual failover asked for',
    pattern: /^(Manual|Forced) failover user request|^Taking over/,
  },
  { event: 'election scheduled', pattern: /^Start of election delayed/ },
  { event: 'votes requested', pattern: /^Starting a failover election/ },
  { event: 'first vote', pattern: /^Failover auth granted/ },
  { event: 'won', pattern: /^Failover election won/ },
  { event: 'FAIL cleared', pattern: /^Clear FAIL state/ },
  { event: 'demoted', pattern: /^Configuration change detected\./ },
];

export interface KeyEvent {
  readonly event: string;
  readonly atMs: number;
}

/** The first of each kind of event, in the order of time. */
export function firstEvents(lines: readonly LogLine[]): KeyEvent[] {
  const found: KeyEvent[] = [];
  for (const { event, pattern } of EVENTS) {
    const line = lines.find(({ text }) => pattern.test(text));
    if (line) found.push({ event, atMs: line.atMs });
  }
  // Within a millisecond the order of the list above stands: it is the order of causes.
  return found.sort((a, b) => a.atMs - b.atMs);
}

/** The names of the events, in order. */
export const keyEvents = (lines: readonly LogLine[]): string[] =>
  firstEvents(lines).map(({ event }) => event);
