/**
 * A PING that a person asks for, where nodes send none of their own accord. No real Redis knows
 * this command; only nodes with the switch `no-automatic-pings` do.
 * Source: none; what it sends is clusterSendPing, src/cluster.c.
 */
import { sendPing } from '../messages/send';
import { isSwitchedOn } from '../teaching-switches';
import type { Turn } from '../turn';

/** Who gives the order, and what it is called. */
export const BY_HAND = 'ping-by-hand';

/** Whether it was such an order; a node that does not know the other, or has no link, cannot. */
export function obeyHandPing(turn: Turn, client: string, argv: readonly string[]): boolean {
  if (client !== BY_HAND) return false;
  const { nodes, config, myId } = turn.state;
  if (!isSwitchedOn(config, 'no-automatic-pings')) return true;
  const peer = nodes.find(({ port, id }) => String(port) === argv[1] && id !== myId);
  if (peer?.link?.connected) sendPing(turn, peer.id);
  return true;
}
