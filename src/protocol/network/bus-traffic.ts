/**
 * Connections and what travels on them.
 * Source: connect, accept, write, close as redis-server uses them; clusterWriteHandler,
 * src/cluster.c.
 */
import { arrivalEvent } from './arrival-event';
import { mustWaitUnread } from './bus-blocking';
import { refuse } from './bus-clients';
import type { BusDraft } from './bus-draft';
import { afterLeaving, keepBack, scheduleAck, waitsForAck } from './bus-nagle';
import { forgetLate, isKeptBack, isOvertaken, losesMarked } from './bus-one-message';
import {
  direction,
  isEmpty,
  type Arrival,
  type BusEvent,
  type Connection,
  type Envelope,
  type SocketEvent,
} from '../bus-state';
import { copyOfConnection } from '../copies';
import { peerIpOf, withSocket } from './host-network';
import { MESSAGE_TYPE_CODE } from '../bus-message';
import type { Payload } from '../effects';
import type { NodeName } from '../ids';

type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;

/** How long a lost message stays in the picture. */
const LOST_VISIBLE_MS = 400;

/** A node dials another. One round trip later the connection is up, or refused. */
export function open(draft: BusDraft, event: EventOf<'OPEN'>): void {
  const { connection: id, dialer, acceptor, channel } = event;
  draft.putConnection({
    id,
    channel,
    dialer,
    acceptor,
    phase: 'connecting',
    blocked: false,
    lostFrame: false,
    closedBy: null,
    lastToAcceptorMs: 0,
    lastToDialerMs: 0,
    pending: [],
    ackedAtMs: 0,
    joinableMs: 0,
  });
  const { network } = draft.state;
  if (network && event.socket) draft.own.network = withSocket(network, id, event.socket);
  tryConnect(draft, draft.connection(id)!);
}

/** Sends the first packet of a connect; on a cut link it gets nowhere until the link heals. */
export function tryConnect(draft: BusDraft, connection: Connection): void {
  const { dialer, acceptor, id } = connection;
  const blocked = draft.isCut(dialer, acceptor) || draft.isCut(acceptor, dialer);
  draft.putConnection({ ...connection, blocked });
  if (blocked) return;
  const roundTripMs = draft.hopMs(dialer, acceptor, 101) + draft.hopMs(acceptor, dialer, 102);
  draft.schedule({ type: 'CONNECTED', nowMs: draft.nowMs + roundTripMs, connection: id });
}

/** The round trip is over. */
export function connected(draft: BusDraft, { connection: id }: EventOf<'CONNECTED'>): void {
  const connection = draft.connection(id);
  if (connection?.phase !== 'connecting') return;
  const { dialer, acceptor, channel } = connection;
  if (draft.isCut(dialer, acceptor) || draft.isCut(acceptor, dialer)) {
    draft.putConnection({ ...connection, blocked: true });
  } else if (!(acceptor in draft.state.hosts) || draft.state.hosts[acceptor] === 'killed') {
    draft.removeConnection(connection);
    arriveSocket(draft, dialer, { type: 'LINK_CLOSED', connection: id, refused: true });
  } else {
    arriveSocket(draft, acceptor, { type: 'LINK_ACCEPTED', connection: id, channel });
    sendPending(draft, { ...connection, phase: 'open' });
    arriveSocket(draft, dialer, { type: 'LINK_CONNECTED', connection: id });
  }
}

/** Everything the dialer sent has arrived: what it wrote since then leaves together. */
export function acked(draft: BusDraft, { connection: id }: EventOf<'ACKED'>): void {
  const connection = draft.connection(id);
  if (connection?.phase !== 'open' || draft.nowMs < connection.ackedAtMs) return;
  sendPending(draft, connection);
}

function sendPending(draft: BusDraft, connection: Connection): void {
  draft.putConnection({ ...connection, pending: [] });
  for (const payload of connection.pending) {
    transmit(draft, connection.id, connection.dialer, payload);
  }
}

/** One end writes; what is written before the connection is up waits for it. */
export function send(draft: BusDraft, event: EventOf<'SEND'>): void {
  const connection = draft.connection(event.connection);
  if (!connection || connection.phase === 'closing') return;
  if (connection.phase === 'connecting') {
    draft.putConnection({ ...connection, pending: [...connection.pending, event.payload] });
  } else if (event.from === connection.dialer && waitsForAck(connection, draft.nowMs)) {
    keepBack(draft, connection, event.payload);
  } else {
    transmitOn(draft, connection, event.from, event.payload);
  }
}

/** One message sets off now. */
export function transmit(draft: BusDraft, id: string, from: NodeName, payload: Payload): void {
  transmitOn(draft, draft.connection(id)!, from, payload);
}

function transmitOn(draft: BusDraft, connection: Connection, from: NodeName, payload: Payload) {
  const toAcceptor = from === connection.dialer;
  const to = toAcceptor ? connection.acceptor : connection.dialer;
  const typeCode = payload.channel === 'bus' ? MESSAGE_TYPE_CODE[payload.message.type] : 50;
  const lastMs = toAcceptor ? connection.lastToAcceptorMs : connection.lastToDialerMs;
  const deliverAtMs = Math.max(lastMs, draft.nowMs + draft.hopMs(from, to, typeCode));
  const envelope: Envelope = {
    id: draft.own.nextMessage++,
    connection: connection.id,
    from,
    to,
    payload,
    sentAtMs: draft.nowMs,
    deliverAtMs,
  };
  const { ackedAtMs, joinableMs } = afterLeaving(draft, connection, envelope);
  const after = copyOfConnection(connection);
  after.ackedAtMs = ackedAtMs;
  after.joinableMs = joinableMs;
  if (toAcceptor) after.lastToAcceptorMs = deliverAtMs;
  else after.lastToDialerMs = deliverAtMs;
  draft.putConnection(after);
  if (after.pending.length > 0 && ackedAtMs < connection.ackedAtMs) scheduleAck(draft, after);
  noteMessage(draft, 'sent', envelope);
  const arrival: Arrival = { type: 'envelope', envelope, inSocket: false };
  draft.schedule({ type: 'ARRIVE', nowMs: deliverAtMs, to, arrival });
}

function noteMessage(
  draft: BusDraft,
  event: 'sent' | 'received' | 'lost',
  envelope: Envelope,
): void {
  const { payload, from, to, id } = envelope;
  if (payload.channel !== 'bus') return;
  draft.note({ event, type: payload.message.type, from, to, message: id });
}

/** One end closes; what it wrote before still arrives, then the other end learns of it. */
export function close(draft: BusDraft, event: EventOf<'CLOSE'>): void {
  const connection = draft.connection(event.connection);
  if (!connection || connection.phase === 'closing') return;
  if (connection.phase === 'connecting') {
    draft.removeConnection(connection);
    return;
  }
  const byDialer = event.by === connection.dialer;
  if (byDialer && connection.pending.length > 0) {
    sendPending(draft, connection);
    return close(draft, event);
  }
  const to = byDialer ? connection.acceptor : connection.dialer;
  const lastMs = byDialer ? connection.lastToAcceptorMs : connection.lastToDialerMs;
  draft.putConnection({ ...connection, phase: 'closing', closedBy: event.by });
  const atMs = Math.max(lastMs, draft.nowMs + draft.hopMs(event.by, to, 103));
  draft.schedule({
    type: 'PEER_CLOSED',
    nowMs: atMs,
    connection: connection.id,
    to,
    refused: false,
  });
}

/** The news of a close reaches the other end. */
export function peerClosed(draft: BusDraft, event: EventOf<'PEER_CLOSED'>): void {
  const connection = draft.connection(event.connection);
  if (!connection) return;
  const from = event.to === connection.dialer ? connection.acceptor : connection.dialer;
  if (draft.isCut(from, event.to)) {
    // Nobody tells the other end: its half of the connection stays until the link heals.
    draft.putConnection({ ...connection, lostFrame: true });
    return;
  }
  draft.removeConnection(connection);
  const { refused } = event;
  arriveSocket(draft, event.to, { type: 'LINK_CLOSED', connection: connection.id, refused });
}

/** Breaks a connection at both ends, now. */
export function reset(draft: BusDraft, connection: Connection): void {
  draft.removeConnection(connection);
  for (const end of [connection.dialer, connection.acceptor]) {
    if (end === connection.closedBy) continue;
    arriveSocket(draft, end, { type: 'LINK_CLOSED', connection: connection.id, refused: false });
  }
}

function arriveSocket(draft: BusDraft, to: NodeName, event: SocketEvent): void {
  arrive(draft, { type: 'ARRIVE', nowMs: draft.nowMs, to, arrival: { type: 'socket', event } });
}

/** Something reaches a host: it is read, waits unread, is held back, or is lost. */
export function arrive(draft: BusDraft, { to, arrival }: EventOf<'ARRIVE'>): void {
  if (arrival.type === 'envelope') {
    if (isOvertaken(draft.state, arrival.envelope)) return;
    forgetLate(draft, arrival.envelope);
    if (!canBeRead(draft, arrival)) return;
  }
  const process = draft.state.hosts[to];
  if (process === 'frozen' || mustWaitUnread(draft, to, arrival)) {
    const { unread } = draft.state;
    const waiting = arrival.type === 'envelope' ? { ...arrival, inSocket: true } : arrival;
    draft.own.unread = { ...unread, [to]: [...(unread[to] ?? []), waiting] };
  } else if (process === 'running') {
    handOver(draft, to, arrival);
  } else if (arrival.type === 'command') {
    refuse(draft, arrival);
  } else if (arrival.type === 'envelope') {
    lose(draft, arrival.envelope);
  }
}

/** What has reached a socket can be read even if the other end has closed since. */
function canBeRead(
  draft: BusDraft,
  { envelope, inSocket }: Extract<Arrival, { type: 'envelope' }>,
): boolean {
  if (!inSocket) return comesThrough(draft, envelope);
  if (draft.connection(envelope.connection)?.closedBy !== envelope.to) return true;
  lose(draft, envelope);
  return false;
}

function comesThrough(draft: BusDraft, envelope: Envelope): boolean {
  const { from, to } = envelope;
  const connection = draft.connection(envelope.connection);
  if (!connection || connection.closedBy === to) {
    lose(draft, envelope);
    return false;
  }
  const { held } = draft.state;
  if ((held.length > 0 && held.includes(direction(from, to))) || isKeptBack(draft, envelope)) {
    draft.own.heldBack = [...draft.state.heldBack, envelope];
    return false;
  }
  if (draft.isCut(from, to)) {
    draft.putConnection({ ...connection, lostFrame: true });
    lose(draft, envelope);
    return false;
  }
  return !losesMarked(draft, envelope) && !isDropped(draft, envelope, connection);
}

/** A dropped frame takes its connection with it: TCP never loses one frame and lives. */
function isDropped(draft: BusDraft, envelope: Envelope, connection: Connection): boolean {
  if (isEmpty(draft.state.drops)) return false;
  const path = direction(envelope.from, envelope.to);
  const drop = draft.state.drops[path];
  if (!drop || envelope.payload.channel !== 'bus') return false;
  if (drop.messageType && drop.messageType !== envelope.payload.message.type) return false;
  const drops = { ...draft.state.drops };
  delete drops[path];
  if (drop.count > 1) drops[path] = { ...drop, count: drop.count - 1 };
  draft.own.drops = drops;
  lose(draft, envelope);
  reset(draft, connection);
  return true;
}

/** A message is lost; the eye sees it a moment longer. */
export function lose(draft: BusDraft, envelope: Envelope): void {
  noteMessage(draft, 'lost', envelope);
  if (envelope.payload.channel !== 'bus') return;
  draft.own.lost = [...draft.state.lost, envelope];
  draft.schedule({
    type: 'FORGET_LOST',
    nowMs: draft.nowMs + LOST_VISIBLE_MS,
    message: envelope.id,
  });
}

/** A lost message has been seen long enough. */
export function forgetLost(draft: BusDraft, { message }: EventOf<'FORGET_LOST'>): void {
  draft.own.lost = draft.state.lost.filter((envelope) => envelope.id !== message);
}

function handOver(draft: BusDraft, to: NodeName, arrival: Arrival): void {
  if (arrival.type === 'envelope') noteMessage(draft, 'received', arrival.envelope);
  const event = arrivalEvent(draft.nowMs, arrival);
  const peerIp = 'connection' in event ? peerIpOf(draft.state, event.connection, to) : undefined;
  draft.ask({ type: 'deliver', to, event: peerIp ? { ...event, peerIp } : event });
}
