/**
 * Containers behind one host, as one node sees the way to each: what the host publishes, where this
 * node's table says the others are, and who gets there from where.
 */
import type { Scene } from '../../kernel/scene';
import type { TimedInput } from '../../kernel/inputs';
import { reach, type HostNetwork } from '../../protocol/network/host-network';
import type { ClusterFrame, FrameNode, FrameRow } from '../../protocol/cluster-frame';

/** What comes of dialling: the node itself answers, somebody else, nobody, or silence. */
export type Way = 'reaches' | 'other' | 'refused' | 'silence' | 'unknown';

export interface PortRow {
  readonly node: string;
  readonly container: string;
  readonly data: { readonly port: number; readonly isPublished: boolean };
  readonly bus: { readonly port: number; readonly isPublished: boolean };
  /** Where the observer would dial it; null where it does not know it, or not where. */
  readonly told: string | null;
  /** From the observer to its bus port there. */
  readonly peerWay: Way;
  /** From a client elsewhere to where a redirect of the observer would send it. */
  readonly clientWay: Way;
}

export interface PortMap {
  readonly hostIp: string;
  readonly bridgeIp: string;
  /** A client on another machine; null where there is none. */
  readonly outsider: string | null;
  readonly rows: readonly PortRow[];
}

/** Null where the scene has no network of its own. */
export function portMapOf(
  scene: Scene,
  { nodes, atMs }: Pick<ClusterFrame, 'nodes' | 'atMs'>,
  inputs: readonly TimedInput[],
  observer: FrameNode,
): PortMap | null {
  if (!scene.network) return null;
  const network = networkAt(scene.network, nodes, inputs, atMs);
  const [outsider = null] = network.outside;
  const rows = nodes.map((node) => {
    const row = observer.view.rows.find(({ name }) => name === node.name);
    return rowOf(network, node, row, { observer: observer.name, outsider });
  });
  const { hostIp, bridgeIp } = network;
  return { hostIp, bridgeIp, outsider, rows };
}

/** With what was published by then. */
function networkAt(
  network: NonNullable<Scene['network']>,
  nodes: readonly FrameNode[],
  inputs: readonly TimedInput[],
  untilMs: number,
): HostNetwork {
  const opened = inputs.flatMap(({ atMs, input }) =>
    input.type === 'open' && atMs <= untilMs ? portsBetween(input.first, input.last) : [],
  );
  return {
    hostIp: network.hostIp,
    bridgeIp: network.bridgeIp,
    outside: network.outside,
    publishedPorts: [...network.publishedPorts, ...opened],
    containerIps: Object.fromEntries(nodes.map(({ name, ip }) => [name, ip])),
    sockets: {},
  };
}

const portsBetween = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

function rowOf(
  network: HostNetwork,
  { name, ip, port, busPort }: FrameNode,
  row: FrameRow | undefined,
  { observer, outsider }: { readonly observer: string; readonly outsider: string | null },
): PortRow {
  const isPublished = (one: number): boolean => network.publishedPorts.includes(one);
  const address = row?.address?.ip ? row.address : null;
  const way = (from: string | null, at: number | undefined): Way => {
    if (from === null || address === null || at === undefined) return 'unknown';
    const reached = reach(network, from, address.ip, at);
    if (typeof reached === 'string') return reached;
    return reached.node === name ? 'reaches' : 'other';
  };
  return {
    node: name,
    container: ip,
    data: { port, isPublished: isPublished(port) },
    bus: { port: busPort, isPublished: isPublished(busPort) },
    told: address && `${address.ip}:${address.port}@${address.busPort}`,
    peerWay: observer === name ? 'unknown' : way(observer, address?.busPort),
    clientWay: way(outsider, address?.port),
  };
}
