/**
 * How long each message is on the wire.
 * Source: the expected lengths of clusterProcessPacket, getHostnamePingExtSize, src/cluster.c.
 */
import type { BusMessage, PingExtension } from '../bus-message';
import { bytesOf } from '../byte-text';
import { hostnameBytes } from '../wire/encode-frame';
import {
  EXTENSION_HEADER_BYTES,
  GOSSIP_BYTES,
  HEADER_BYTES,
  MODULE_HEADER_BYTES,
  NAME_BYTES,
  PUBLISH_HEADER_BYTES,
  UPDATE_BYTES,
} from '../wire/layout';

/** The `totlen` of a message, bytes. */
export function messageBytes(message: BusMessage): number {
  return HEADER_BYTES + payloadBytes(message);
}

function payloadBytes(message: BusMessage): number {
  switch (message.type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return (
        message.gossip.length * GOSSIP_BYTES +
        message.extensions.reduce((total, extension) => total + extensionBytes(extension), 0)
      );
    case 'FAIL':
      return NAME_BYTES;
    case 'UPDATE':
      return UPDATE_BYTES;
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return PUBLISH_HEADER_BYTES + textBytes(message.channel) + textBytes(message.message);
    case 'MODULE':
      return MODULE_HEADER_BYTES + message.data.length / 2;
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
    case 'MFSTART':
      return 0;
  }
}

const extensionBytes = (extension: PingExtension): number =>
  EXTENSION_HEADER_BYTES +
  (extension.type === 'HOSTNAME' ? hostnameBytes(extension.hostname) : extension.data.length / 2);

const textBytes = (text: string): number => bytesOf(text).length;
