/**
 * Containers behind one host: who answers at an address, and from where the call seems to come.
 * Source: none in redis-server; the default bridge of Docker with its userland proxy. A container
 * reaches the addresses of the bridge; everybody reaches the host, where a proxy hands on what is
 * published, and calls the container from the address of the bridge.
 */
import { CLUSTER_PORT_INCR } from '../config';
import type { BusState } from '../bus-state';
import type { ConnectionId } from '../effects';
import type { NodeName } from '../ids';

export interface HostNetwork {
  readonly hostIp: string;
  /** The host as containers see it, and from where its proxy calls them. */
  readonly bridgeIp: string;
  readonly containerIps: Readonly<Record<NodeName, string>>;
  /** Ports of the host that lead to the same port of the container that listens there. */
  readonly publishedPorts: readonly number[];
  /** Clients on other machines; all others run on the host, as redis-cli does. */
  readonly outside: readonly string[];
  /** The addresses of both ends of each connection, as the other end sees them. */
  readonly sockets: Readonly<Record<ConnectionId, Socket>>;
}

/** What a connection was dialled to, and from where the other end thinks that it comes. */
export interface Socket {
  readonly dialledIp: string;
  readonly seenFromIp: string;
}

export type Reached =
  | { readonly node: NodeName; readonly seenFromIp: string }
  /** A host is there and nobody listens, or no packet comes back at all. */
  | 'refused'
  | 'silence';

const LOOPBACK_IP = '127.0.0.1';

/** Who answers when `from`, a node or a client, dials an address. */
export function reach(network: HostNetwork, from: string, ip: string, port: number): Reached {
  const { containerIps, hostIp, bridgeIp, publishedPorts } = network;
  const isOutside = network.outside.includes(from);
  const own = containerIps[from];
  if (ip === hostIp || (!isOutside && ip === bridgeIp) || (!own && ip === LOOPBACK_IP)) {
    const node = publishedPorts.includes(port) ? listener(network, port) : null;
    return node === null ? 'refused' : { node, seenFromIp: bridgeIp };
  }
  const [name] = Object.entries(containerIps).find(([, at]) => at === ip) ?? [from];
  if (isOutside || (containerIps[name] !== ip && ip !== LOOPBACK_IP)) return 'silence';
  if (listener(network, port) !== name) return 'refused';
  return { node: name, seenFromIp: ip === LOOPBACK_IP ? ip : (own ?? bridgeIp) };
}

/** Each container listens on ports of its own. */
function listener({ containerIps }: HostNetwork, port: number): NodeName | null {
  const names = [String(port), String(port - CLUSTER_PORT_INCR)];
  return names.find((name) => Object.hasOwn(containerIps, name)) ?? null;
}

/** Where a person connects who names a node and no address. */
export const usualIp = (network: HostNetwork, client: string, node: NodeName): string =>
  network.outside.includes(client) ? network.hostIp : (network.containerIps[node] ?? LOOPBACK_IP);

/** The network with one more connection, or one less. */
export function withSocket(
  network: HostNetwork,
  id: ConnectionId,
  socket: Socket | null,
): HostNetwork {
  const sockets = { ...network.sockets };
  delete sockets[id];
  if (socket) sockets[id] = socket;
  return { ...network, sockets };
}

/** The other end's address, as a process sees it on a connection. */
export function peerIpOf(
  { connections, network }: BusState,
  id: ConnectionId,
  at: NodeName,
): string | undefined {
  const socket = network?.sockets[id];
  if (!socket) return undefined;
  return connections.get(id)?.dialer === at ? socket.dialledIp : socket.seenFromIp;
}
