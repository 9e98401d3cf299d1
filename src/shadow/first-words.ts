/**
 * What CLUSTER NODES does not print, from the first words of a node that show it.
 */
import { MIGRATE_TO } from '../protocol/flags';
import type { Epoch, NodeId } from '../protocol/ids';
import type { Capture, CaptureNode } from './capture';

/**
 * Whether `node` first calls `id` a target of replica migration; null if it never says. A node
 * speaks of itself in its headers, of others in gossip.
 */
export function flagsLearnt(capture: Capture, node: CaptureNode, id: NodeId): number | null {
  for (const { from, sent, message } of capture.frames) {
    if (from !== node.number || !sent) continue;
    if (id === node.id) return message.flags & MIGRATE_TO;
    const entry = 'gossip' in message ? message.gossip.find((one) => one.id === id) : undefined;
    if (entry) return entry.flags & MIGRATE_TO;
  }
  return null;
}

/**
 * The configEpoch a replica has of its own, which shows only if it becomes a master without an
 * election, by CLUSTER RESET; 0 if it never does.
 */
export function ownEpochLearnt(capture: Capture, node: CaptureNode): Epoch {
  for (const { from, sent, message } of capture.frames) {
    if (from !== node.number || !sent) continue;
    if (message.type === 'FAILOVER_AUTH_REQUEST') return 0;
    if (message.masterId === null) return message.slots.length > 0 ? 0 : message.configEpoch;
  }
  return 0;
}
