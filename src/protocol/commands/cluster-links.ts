/**
 * What CLUSTER LINKS answers: every connection of the bus whose other end is known.
 * Source: addReplyClusterLinksDescription, addReplyClusterLinkDescription, src/cluster.c.
 * Simplified: what is written to a link that is up leaves at once, so that its buffer is empty.
 */
import type { ClusterNode, ClusterState, InboundLink, OutboundLink } from '../cluster-state';
import { CLOCK_ORIGIN_MS } from '../config';
import type { Reply } from '../reply';
import { EMPTY_BUFFER, type SendBuffer } from '../messages/send-buffer';
import { array, bulk, flatMap, integer } from './subcommand';

/** One map a link: first my own to a node, then the one it opened to me. */
export function clusterLinks(state: ClusterState): Reply {
  return array(state.nodes.flatMap((node) => linksOf(node)));
}

function linksOf(node: ClusterNode): Reply[] {
  const { link, inbound } = node;
  return [
    ...(link ? [describe(node, 'to', { ...link, events: eventsOf(link) })] : []),
    ...(inbound ? [describe(node, 'from', { ...inbound, events: 'r', buffer: EMPTY_BUFFER })] : []),
  ];
}

/** Which events of the socket redis-server waits for. */
function eventsOf({ connected, buffer }: OutboundLink): string {
  if (connected) return 'r';
  return buffer.usedBytes > 0 ? 'w' : '';
}

function describe(
  node: ClusterNode,
  direction: 'to' | 'from',
  link: InboundLink & { readonly events: string; readonly buffer: SendBuffer },
): Reply {
  return flatMap([
    ['direction', bulk(direction)],
    ['node', bulk(node.id)],
    ['create-time', integer(CLOCK_ORIGIN_MS + link.createdMs)],
    ['events', bulk(link.events)],
    ['send-buffer-allocated', integer(link.buffer.allocatedBytes)],
    ['send-buffer-used', integer(link.buffer.usedBytes)],
  ]);
}
