/**
 * How `redis-cli --cluster create` shares out the slots.
 * Source: clusterManagerCommandCreate, src/redis-cli.c.
 */
import { SLOT_COUNT } from '../protocol/ids';
import type { SlotRange } from '../protocol/slot-ranges';

/** redis-cli wants three masters; redis-server does not. */
export const MIN_MASTERS = 3;

/** The ranges of `masters` masters, in order. Single-precision arithmetic, as in the tool. */
export function allocateSlots(masters: number): SlotRange[] {
  const perNode = Math.fround(SLOT_COUNT / masters);
  const ranges: SlotRange[] = [];
  let first = 0;
  let cursor = Math.fround(0);
  for (let i = 0; i < masters; i++) {
    const exact = Math.fround(Math.fround(cursor + perNode) - 1);
    let last = Math.floor(exact + 0.5);
    if (last > SLOT_COUNT || i === masters - 1) last = SLOT_COUNT - 1;
    if (last < first) last = first;
    ranges.push([first, last]);
    first = last + 1;
    cursor = Math.fround(cursor + perNode);
  }
  return ranges;
}

/** The refusal of redis-cli, line by line. */
export function tooFewNodes(nodes: number, replicasPerMaster: number): string {
  return [
    '*** ERROR: Invalid configuration for cluster creation.',
    '*** Redis Cluster requires at least 3 master nodes.',
    `*** This is not possible with ${nodes} nodes and ${replicasPerMaster} replicas per node.`,
    `*** At least ${MIN_MASTERS * (replicasPerMaster + 1)} nodes are required.`,
  ].join('\n');
}
