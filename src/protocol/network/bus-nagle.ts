/**
 * What a dialled bus connection keeps back. redis-server switches Nagle's algorithm off on the bus
 * connections it accepts, not on those it dials, and every message is smaller than a segment of the
 * loopback: so a message waits until the one before it is acknowledged. A PONG acknowledges its
 * PING at once. What nobody answers on the same connection is acknowledged 40 ms later: that is why
 * a winner's PONG, written a moment after its request for votes, takes 40 ms to get there.
 * Source: clusterAcceptHandler, clusterNodeCronHandleReconnect, src/cluster.c; RFC 896, RFC 1122
 * 4.2.3.2; TCP_ATO_MIN, net/tcp.h of Linux; measured.
 * Simplified: every acknowledgement is delayed alike, and the size of a segment is no matter.
 */
import type { BusDraft } from './bus-draft';
import type { Connection, Envelope } from '../bus-state';
import type { Payload } from '../effects';
import type { MessageType } from '../notes';

/** How long a receiver that has nothing to say waits before it acknowledges. */
export const DELAYED_ACK_MS = 40;

/**
 * What follows these on the same connection is written in a later turn, if in the same millisecond:
 * a replica answers its paused master's PING in one turn, and asks for votes in the next.
 */
const ALONE: readonly MessageType[] = ['FAILOVER_AUTH_REQUEST', 'MFSTART', 'PONG'];

/** Whether what the dialer writes now has to wait for an acknowledgement. */
export function waitsForAck(connection: Connection, nowMs: number): boolean {
  if (connection.channel !== 'bus') return false;
  if (connection.pending.length > 0) return true;
  // What is written in one turn leaves together; a turn takes no time here.
  return nowMs < connection.ackedAtMs && nowMs !== connection.joinableMs;
}

/** Keeps a payload back until everything before it is acknowledged. */
export function keepBack(draft: BusDraft, connection: Connection, payload: Payload): void {
  const isFirst = connection.pending.length === 0;
  draft.putConnection({ ...connection, pending: [...connection.pending, payload] });
  if (isFirst) scheduleAck(draft, connection);
}

/** After this envelope has left: what is not acknowledged yet, and until when. */
export function afterLeaving(
  draft: BusDraft,
  before: Connection,
  envelope: Envelope,
): Pick<Connection, 'ackedAtMs' | 'joinableMs'> {
  const { from, to, deliverAtMs, payload } = envelope;
  if (payload.channel !== 'bus') return before;
  if (from === before.dialer) {
    const backMs = draft.hopMs(to, from, 105);
    const isAlone = ALONE.includes(payload.message.type);
    const joinableMs = isAlone ? 0 : draft.nowMs;
    return { ackedAtMs: deliverAtMs + DELAYED_ACK_MS + backMs, joinableMs };
  }
  // An answer carries the acknowledgement of all that has arrived before it left.
  if (draft.nowMs < before.lastToAcceptorMs || deliverAtMs >= before.ackedAtMs) return before;
  return { ackedAtMs: deliverAtMs, joinableMs: before.joinableMs };
}

/** The acknowledgement may come earlier than was thought: whoever waits for it is told. */
export function scheduleAck(draft: BusDraft, { id, ackedAtMs }: Connection): void {
  draft.schedule({ type: 'ACKED', nowMs: ackedAtMs, connection: id });
}
