/**
 * A process that reads one connection only: what comes to it on others waits in their sockets.
 * Source: connBlockingConnect, connSyncReadLine, src/connection.c, as migrateCommand uses them.
 */
import type { BusDraft } from './bus-draft';
import type { Arrival, BusEvent } from '../bus-state';
import type { NodeName } from '../ids';

type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;

/** From now on `node` reads nothing but `connection`; it is told when `untilMs` has come. */
export function block(draft: BusDraft, { node, connection, untilMs }: EventOf<'BLOCK'>): void {
  draft.own.blocked = { ...draft.state.blocked, [node]: { connection, untilMs } };
  const alarmMs = draft.state.alarms[node];
  // One alarm is enough: if it comes early, it is set again.
  if (alarmMs === undefined || alarmMs > untilMs) setAlarm(draft, node, untilMs);
}

function setAlarm(draft: BusDraft, node: NodeName, atMs: number): void {
  draft.own.alarms = { ...draft.state.alarms, [node]: atMs };
  draft.schedule({ type: 'ALARM', nowMs: atMs, node });
}

/** The process reads everything again; what has waited comes first. */
export function resume(draft: BusDraft, { node }: EventOf<'RESUME'>): void {
  forgetBlock(draft, node);
  if (draft.state.hosts[node] !== 'running') return;
  const waiting = draft.state.unread[node] ?? [];
  const unread = { ...draft.state.unread };
  delete unread[node];
  draft.own.unread = unread;
  for (const arrival of waiting) draft.arriveFirst(node, arrival);
}

/** A process that is gone waits for nothing. */
export function forgetBlock(draft: BusDraft, node: NodeName): void {
  if (!(node in draft.state.blocked)) return;
  const blocked = { ...draft.state.blocked };
  delete blocked[node];
  draft.own.blocked = blocked;
}

/** Time may be up for a blocked process. */
export function alarm(draft: BusDraft, { node }: EventOf<'ALARM'>): void {
  if (draft.state.alarms[node] !== draft.nowMs) return;
  const alarms = { ...draft.state.alarms };
  delete alarms[node];
  draft.own.alarms = alarms;
  const wait = draft.state.blocked[node];
  if (!wait) return;
  if (wait.untilMs > draft.nowMs) return setAlarm(draft, node, wait.untilMs);
  const event = { type: 'LINK_TIMEOUT', connection: wait.connection } as const;
  draft.arriveFirst(node, { type: 'socket', event });
}

/** Whether `to` is blocked, and not on this. */
export function mustWaitUnread(draft: BusDraft, to: NodeName, arrival: Arrival): boolean {
  const wait = draft.state.blocked[to];
  if (!wait) return false;
  if (arrival.type === 'envelope') return arrival.envelope.connection !== wait.connection;
  return arrival.type !== 'socket' || arrival.event.connection !== wait.connection;
}
