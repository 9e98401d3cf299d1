/**
 * The primitive names of the protocol.
 * Source: CLUSTER_NAMELEN, CLUSTER_SLOTS, src/cluster.h.
 */

/** A node's 40 hexadecimal characters, drawn once and kept through every change of address. */
export type NodeId = string & { readonly nodeId: unique symbol };

/** What people call a node here: its client port, as in `127.0.0.1:8901`. Never its role. */
export type NodeName = string;

/** Runs of redis-cli in cluster mode connect under this name: `redis-cli`, `redis-cli#2`, … */
export const OPERATOR = 'redis-cli';

/** Whether a client is redis-cli in cluster mode. A person's clients have no hyphen. */
export const isOperator = (client: string): boolean => client.startsWith(OPERATOR);

/** A hash slot, 0 to 16383. */
export type Slot = number;

/** An epoch: a counter that only grows, shared by gossip. */
export type Epoch = number;

export const SLOT_COUNT = 16_384;

/**
 * Brands `text` as a node id; throws unless it is 40 characters of `[a-z0-9]`, as
 * verifyClusterNodeId asks.
 */
export function nodeId(text: string): NodeId {
  if (!/^[a-z0-9]{40}$/.test(text)) {
    throw new Error(`"${text}" is not a node id: 40 characters of a-z and 0-9 are expected`);
  }
  return text as NodeId;
}
