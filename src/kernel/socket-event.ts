/**
 * What a system call of a node is for the network.
 */
import type { BusEvent, Envelope } from '../protocol/bus-state';
import type { NodeEffect } from '../protocol/effects';
import type { HostNetwork } from '../protocol/network/host-network';
import type { NodeName } from '../protocol/ids';
import { dialled } from './dial';

type SystemCall = Exclude<NodeEffect, { type: 'note' }>;

/** The event for the bus when `name` asks for this at `nowMs` of virtual time. */
export function socketEvent(
  name: NodeName,
  effect: SystemCall,
  { nowMs, network }: { readonly nowMs: number; readonly network: HostNetwork | undefined },
): BusEvent {
  switch (effect.type) {
    case 'connect': {
      const { connection, channel } = effect;
      const at = dialled(network, name, effect);
      return { type: 'OPEN', nowMs, connection, dialer: name, ...at, channel };
    }
    case 'send': {
      const { connection, payload } = effect;
      return { type: 'SEND', nowMs, connection, from: name, payload };
    }
    case 'close':
      return { type: 'CLOSE', nowMs, connection: effect.connection, by: name };
    case 'block': {
      const { connection, untilMs } = effect;
      return { type: 'BLOCK', nowMs, node: name, connection, untilMs };
    }
    case 'resume':
      return { type: 'RESUME', nowMs, node: name };
    case 'reply': {
      const { client, command, reply } = effect;
      return { type: 'CLIENT_REPLY', nowMs, node: name, client, command, reply };
    }
    case 'push': {
      const { client, reply } = effect;
      return { type: 'CLIENT_REPLY', nowMs, node: name, client, command: 0, reply };
    }
  }
}

/** The bus message whose arrival this is, if it is one. */
export function busEnvelopeOf(event: BusEvent): Envelope | null {
  if (event.type !== 'ARRIVE' || event.arrival.type !== 'envelope') return null;
  const { envelope } = event.arrival;
  return envelope.payload.channel === 'bus' ? envelope : null;
}
