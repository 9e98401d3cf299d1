/** Where a client that names a node connects: what stands in its prompt. */
import type { Scene } from '../../kernel/scene';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { PEER_IP } from '../../protocol/ip-address';

export type AddressOf = (client: string, node: string) => string;

/** Source: `usualIp` of src/protocol/network/host-network.ts, said of a picture. */
export function usualAddress(
  { network }: Pick<Scene, 'network'>,
  { nodes }: Pick<ClusterFrame, 'nodes'>,
): AddressOf {
  return (client, node) => {
    const isOutside = network?.outside.includes(client) ?? false;
    const ip = isOutside ? network?.hostIp : nodes.find(({ name }) => name === node)?.ip;
    return `${ip ?? PEER_IP}:${node}`;
  };
}

/** All processes on one host. */
export const localAddress: AddressOf = (_, node) => `${PEER_IP}:${node}`;
