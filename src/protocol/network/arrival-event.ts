/**
 * What comes up a socket, as the event a node gets.
 * Source: the read handlers of redis-server: clusterReadHandler, src/cluster.c;
 * readQueryFromClient, src/networking.c.
 */
import type { Arrival, SocketEvent } from '../bus-state';
import type { NodeEvent } from '../effects';

/** The event of an arrival that is read at `nowMs`. */
export function arrivalEvent(nowMs: number, arrival: Arrival): NodeEvent {
  if (arrival.type === 'socket') return atMoment(nowMs, arrival.event);
  if (arrival.type === 'hangup') return { type: 'CLIENT_GONE', nowMs, client: arrival.client };
  if (arrival.type === 'command') {
    const { id, client, argv } = arrival.command;
    return { type: 'CLIENT_COMMAND', nowMs, client, command: id, argv };
  }
  const { connection, payload } = arrival.envelope;
  switch (payload.channel) {
    case 'bus':
      return { type: 'BUS_MESSAGE', nowMs, connection, message: payload.message };
    case 'replication':
      return { type: 'REPLICATION_MESSAGE', nowMs, connection, message: payload.message };
    case 'command':
      return { type: 'COMMAND_MESSAGE', nowMs, connection, message: payload.message };
  }
}

/** Field by field, for the reason given in `copies.ts`. */
function atMoment(nowMs: number, event: SocketEvent): NodeEvent {
  const { type, connection } = event;
  if (type === 'LINK_ACCEPTED') return { type, nowMs, connection, channel: event.channel };
  if (type === 'LINK_CLOSED') return { type, nowMs, connection, refused: event.refused };
  return { type, nowMs, connection };
}
