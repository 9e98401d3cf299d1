/**
 * What can be done to one message on its way. TCP keeps the order of a connection, so what is kept
 * back or late keeps back all that follows it there, and what is lost breaks the connection.
 * Source: none in redis-server; RFC 9293 for what a connection may do to a frame.
 * Simplified: a message can be sent twice, which TCP never does; so one can see what the rules of
 * the bus make of a second copy.
 */
import type { BusDraft } from './bus-draft';
import { scheduleAck } from './bus-nagle';
import { direction, type BusEvent, type BusState, type Envelope } from '../bus-state';
import { lose, reset, transmit } from './bus-traffic';

type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;

/** Marks a message to be lost; one that is kept back is lost now. */
export function dropMessage(draft: BusDraft, { envelope }: EventOf<'DROP_MESSAGE'>): void {
  const { heldBack } = draft.state;
  if (!heldBack.some(({ id }) => id === envelope.id)) return mark(draft, envelope, 'drop');
  draft.own.heldBack = heldBack.filter(({ id }) => id !== envelope.id);
  loseWithConnection(draft, envelope);
}

/** Marks a message to be kept back when it arrives. */
export function holdMessage(draft: BusDraft, { envelope }: EventOf<'HOLD_MESSAGE'>): void {
  mark(draft, envelope, 'hold');
}

/** Lets a message through, and what waits behind it on its connection. */
export function releaseMessage(draft: BusDraft, { envelope }: EventOf<'RELEASE_MESSAGE'>): void {
  unmark(draft, envelope);
  const { heldBack, held } = draft.state;
  const isWaiting = heldBack.some(({ id }) => id === envelope.id);
  if (!isWaiting || held.includes(direction(envelope.from, envelope.to))) return;
  const behind = heldBack.filter((other) => isBehind(other, envelope));
  const nextKept = behind.findIndex(({ id }) => draft.state.marks[id]?.deed === 'hold');
  const free = [envelope, ...(nextKept === -1 ? behind : behind.slice(0, nextKept))];
  const ids = new Set(free.map(({ id }) => id));
  draft.own.heldBack = heldBack.filter(({ id }) => !ids.has(id));
  for (const one of free) {
    draft.arriveFirst(one.to, { type: 'envelope', envelope: one, inSocket: false });
  }
}

/** Sends what a message says once more, now, on the same connection. */
export function duplicateMessage(
  draft: BusDraft,
  { envelope }: EventOf<'DUPLICATE_MESSAGE'>,
): void {
  const { connection: id, from, payload } = envelope;
  if (draft.connection(id)?.phase === 'open') transmit(draft, id, from, payload);
}

/** Makes a message late, and with it those that follow it on its connection. */
export function delayMessage(draft: BusDraft, event: EventOf<'DELAY_MESSAGE'>): void {
  const [first] = event.envelopes;
  const connection = first && draft.connection(first.connection);
  if (!first || !connection) return;
  let deliverAtMs = first.deliverAtMs + event.addMs;
  for (const before of event.envelopes) {
    deliverAtMs = Math.max(deliverAtMs, before.deliverAtMs);
    const envelope = { ...before, deliverAtMs };
    draft.own.late = { ...draft.state.late, [envelope.id]: deliverAtMs };
    const arrival = { type: 'envelope', envelope, inSocket: false } as const;
    draft.schedule({ type: 'ARRIVE', nowMs: deliverAtMs, to: envelope.to, arrival });
  }
  if (first.from !== connection.dialer) {
    draft.putConnection({ ...connection, lastToDialerMs: deliverAtMs });
    return;
  }
  const laterMs = deliverAtMs - connection.lastToAcceptorMs;
  const ackedAtMs = connection.ackedAtMs + Math.max(0, laterMs);
  const after = { ...connection, lastToAcceptorMs: deliverAtMs, ackedAtMs };
  draft.putConnection(after);
  if (after.pending.length > 0) scheduleAck(draft, after);
}

/** Whether this arrival is that of a message that was made late since: it comes another time. */
export const isOvertaken = ({ late }: BusState, { id, deliverAtMs }: Envelope): boolean =>
  late[id] !== undefined && late[id] !== deliverAtMs;

/** A late message has come. */
export function forgetLate(draft: BusDraft, { id }: Envelope): void {
  if (draft.state.late[id] === undefined) return;
  draft.own.late = withoutKey(draft.state.late, id);
}

/** Whether a message, or one before it on its connection, is kept back by itself. */
export function isKeptBack({ state }: BusDraft, envelope: Envelope): boolean {
  if (state.marks[envelope.id]?.deed === 'hold') return true;
  const { heldBack } = state;
  return heldBack.length > 0 && heldBack.some((other) => isBehind(envelope, other));
}

/** Loses a message that is marked to be lost, and its connection. */
export function losesMarked(draft: BusDraft, envelope: Envelope): boolean {
  if (draft.state.marks[envelope.id]?.deed !== 'drop') return false;
  loseWithConnection(draft, envelope);
  return true;
}

function loseWithConnection(draft: BusDraft, envelope: Envelope): void {
  unmark(draft, envelope);
  lose(draft, envelope);
  const connection = draft.connection(envelope.connection);
  if (connection) reset(draft, connection);
}

const isBehind = (a: Envelope, b: Envelope): boolean =>
  a.connection === b.connection && a.from === b.from && a.id > b.id;

function mark(draft: BusDraft, { id, from, to }: Envelope, deed: 'drop' | 'hold'): void {
  const path = direction(from, to);
  draft.own.marks = { ...draft.state.marks, [id]: { deed, path } };
}

function unmark(draft: BusDraft, { id }: Envelope): void {
  draft.own.marks = withoutKey(draft.state.marks, id);
}

function withoutKey<T>(record: Readonly<Record<number, T>>, key: number): Record<number, T> {
  const rest = { ...record };
  delete rest[key];
  return rest;
}
