/**
 * Who is dialled, where processes have addresses of their own, and what a client reads that reaches
 * nobody.
 */
import { CLUSTER_PORT_INCR } from '../protocol/config';
import type { BusEffect } from '../protocol/bus-state';
import type { ClientEffect } from '../protocol/client-state';
import type { NodeEffect } from '../protocol/effects';
import { reach, usualIp, type HostNetwork, type Socket } from '../protocol/network/host-network';
import type { NodeName } from '../protocol/ids';
import { PEER_IP } from '../protocol/ip-address';
import { nodeNames, type Scene } from './scene';
import type { CliEffect } from '../redis-cli/cli-state';
import type { World } from './world';

/** Linux sends the first packet seven times, each time after twice as long. */
const SILENCE_MS = 127_000;
const REFUSAL_MS = 1;
/** What listens nowhere. */
const NOBODY = '0';

type Connect = Extract<NodeEffect, { type: 'connect' }>;
type Command = Extract<ClientEffect | CliEffect, { type: 'command' }>;

/** The network of a scene at its beginning; none where all processes share one address. */
export function networkOf(scene: Scene): HostNetwork | undefined {
  const { network } = scene;
  if (!network) return undefined;
  const containerIps = Object.fromEntries(
    nodeNames(scene).map((name, i) => [name, ipAfter(network.firstContainerIp, i)]),
  );
  const { hostIp, bridgeIp, publishedPorts, outside } = network;
  return { hostIp, bridgeIp, publishedPorts, outside, containerIps, sockets: {} };
}

function ipAfter(first: string, count: number): string {
  const [a, b, c, d] = first.split('.').map(Number) as [number, number, number, number];
  return `${a}.${b}.${c}.${d + count}`;
}

/** Who is at the other end of what a node dials. */
export function dialled(
  network: HostNetwork | undefined,
  name: NodeName,
  { channel, port, ip = PEER_IP }: Connect,
): { readonly acceptor: NodeName; readonly socket?: Socket } {
  if (!network) return { acceptor: String(channel === 'bus' ? port - CLUSTER_PORT_INCR : port) };
  const reached = reach(network, name, ip, port);
  if (typeof reached === 'string') return { acceptor: NOBODY };
  const { node: acceptor, seenFromIp } = reached;
  return { acceptor, socket: { dialledIp: ip, seenFromIp } };
}

/** What a client reads that dials where nobody answers, and when; null: somebody does. */
export function noAnswer(
  { bus, nowMs }: World,
  client: string,
  { node, command, ip: given }: Command,
): Extract<BusEffect, { type: 'schedule-reply' }> | null {
  const { network } = bus.context;
  if (!network) return null;
  const ip = given ?? usualIp(network, client, node);
  const reached = reach(network, client, ip, Number(node));
  if (typeof reached !== 'string') return null;
  const isRefused = reached === 'refused';
  const why = isRefused ? 'Connection refused' : 'Connection timed out';
  const reply = {
    type: 'error' as const,
    text: `Could not connect to Redis at ${ip}:${node}: ${why}`,
  };
  const atMs = nowMs + (isRefused ? REFUSAL_MS : SILENCE_MS);
  return { type: 'schedule-reply', atMs, client, node, command, reply };
}
