/**
 * The events of a failover, found in the logs of either world: debug lines included, so that a
 * node's own suspicion can be seen.
 */
import type { NodeName } from '../protocol/ids';
import type { LogLevel } from '../protocol/notes';

/** Of redis-server's own file, or of a simulated node. */
export interface LoggedLine {
  readonly atMs: number;
  readonly node: NodeName;
  readonly level: LogLevel;
  readonly text: string;
}

export type EventName = (typeof EVENTS)[number]['event'] | 'state ok';

interface EventPattern {
  readonly event: string;
  readonly pattern: RegExp;
}

const EVENTS = [
  { event: 'first PFAIL', pattern: /^\*\*\* NODE <?\w+>? possibly failing/ },
  { event: 'first report', pattern: /reported node <?\w+>? as not reachable/ },
  { event: 'FAIL', pattern: /^Marking node <?\w+>? as failing/ },
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
] as const satisfies readonly EventPattern[];

export interface KeyEvent {
  readonly event: EventName;
  readonly atMs: number;
  /** Who logged it. */
  readonly node: NodeName;
}

/** The first of each kind of event, in the order of time. */
export function firstEvents(lines: readonly Omit<LoggedLine, 'level'>[]): KeyEvent[] {
  const found: KeyEvent[] = [];
  for (const { event, pattern } of EVENTS) {
    const line = lines.find(({ text }) => pattern.test(text));
    if (line) found.push({ event, atMs: line.atMs, node: line.node });
  }
  return inOrder(found);
}

/** Within a millisecond the order of the list above stands: it is the order of causes. */
const inOrder = (events: readonly KeyEvent[]): KeyEvent[] =>
  [...events].sort((a, b) => a.atMs - b.atMs);

/**
 * A node that wakes and those that hear from it again go different ways from one moment: no cause
 * leads from one to the other, and who logs first is luck. Here its own line comes first.
 */
export function withoutRace(events: readonly KeyEvent[]): KeyEvent[] {
  const order = [...events];
  const cleared = order.findIndex(({ event }) => event === 'FAIL cleared');
  const next = order[cleared + 1];
  if (cleared >= 0 && next?.event === 'demoted') {
    order.splice(cleared, 2, next, order[cleared]!);
  }
  return order;
}

/** The names of the events, in order. */
export const keyEvents = (lines: readonly Omit<LoggedLine, 'level'>[]): string[] =>
  firstEvents(lines).map(({ event }) => event);

const STATE = /^Cluster state changed: (ok|fail)$/;

/**
 * The same, and the moment when the last of those who said fail says ok again. Who was `struck`
 * himself is not asked.
 */
export function eventsOfRun(
  lines: readonly LoggedLine[],
  struck: ReadonlySet<NodeName>,
): KeyEvent[] {
  const failed = new Set<NodeName>();
  const recovered = new Map<NodeName, number>();
  for (const { node, text, atMs } of lines) {
    const state = struck.has(node) ? undefined : STATE.exec(text)?.[1];
    if (state === 'fail') failed.add(node);
    if (state === 'ok' && failed.has(node) && !recovered.has(node)) recovered.set(node, atMs);
  }
  const events = firstEvents(lines);
  if (failed.size === 0 || recovered.size < failed.size) return events;
  const [node, atMs] = [...recovered].reduce((last, one) => (one[1] > last[1] ? one : last));
  return inOrder([...events, { event: 'state ok', atMs, node }]);
}
