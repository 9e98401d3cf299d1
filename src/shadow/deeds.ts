/**
 * What people did to the nodes, from the recorder's remarks. An event with `node` and `argv` is a
 * command as it was sent; of the others, the sentences below are understood and the rest are kept
 * as remarks.
 */
import type { Deed } from './capture';

interface RecordedEvent {
  readonly t: number;
  readonly what: string;
  readonly node?: number | undefined;
  readonly argv?: readonly string[] | undefined;
}

const PROCESS_DEEDS: readonly (readonly [RegExp, 'kill' | 'start' | 'stop' | 'continue'])[] = [
  [/^SIGKILL node (\d+)/, 'kill'],
  [/^(?:re)?start node (\d+)/, 'start'],
  [/^SIGSTOP node (\d+)/, 'stop'],
  [/^SIGCONT node (\d+)/, 'continue'],
];
const FAILOVER = /^CLUSTER FAILOVER(?: (FORCE|TAKEOVER))? on node (\d+)/;

/** The deeds among the recorder's events, and what is left. */
export function readDeeds({ events }: { readonly events: readonly RecordedEvent[] }): {
  deeds: Deed[];
  remarks: { atMs: number; text: string }[];
} {
  const deeds: Deed[] = [];
  const remarks: { atMs: number; text: string }[] = [];
  for (const event of events) {
    const deed = deedOf(event);
    if (deed) deeds.push(deed);
    else remarks.push({ atMs: event.t, text: event.what });
  }
  return { deeds, remarks };
}

function deedOf({ t, what, node, argv }: RecordedEvent): Deed | null {
  if (node !== undefined && argv) return { atMs: t, node, type: 'command', argv };
  for (const [pattern, type] of PROCESS_DEEDS) {
    const match = pattern.exec(what);
    if (match) return { atMs: t, node: Number(match[1]), type };
  }
  const failover = FAILOVER.exec(what);
  if (!failover) return null;
  const [, option, number] = failover;
  const words = ['CLUSTER', 'FAILOVER', ...(option ? [option] : [])];
  return { atMs: t, node: Number(number), type: 'command', argv: words };
}
