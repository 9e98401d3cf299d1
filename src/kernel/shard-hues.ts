/**
 * Which hue a node has: that of the shard whose slots it serves or copies. Worked out from one
 * instant alone, so that a moment looks the same from whichever side one comes to it.
 */
import type { FrameNode } from '../protocol/cluster-frame';
import { SLOT_COUNT, type NodeName } from '../protocol/ids';
import type { SlotRanges } from '../protocol/slot-ranges';

/**
 * A replica has the hue of its master. Where two masters began in one shard, as after a replica
 * moved to another shard and was elected there, their slots say which is which; and so they do for
 * whoever has the hue that one of them gets.
 */
export function inShards(nodes: readonly FrameNode[], masterCount: number): readonly FrameNode[] {
  const hues = huesBySlots(nodes, masterCount);
  const hueOf = (node: FrameNode) => hues.get(node.name) ?? node.shard;
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.map((node) => {
    const master = node.view.master === null ? undefined : byName.get(node.view.master);
    const shard = hueOf(master ?? node);
    return shard === node.shard ? node : { ...node, shard };
  });
}

function huesBySlots(nodes: readonly FrameNode[], masterCount: number): Map<NodeName, number> {
  const hues = new Map<NodeName, number>();
  let next = rivalsByHome(nodes).flat();
  while (next.length > 0) {
    for (const node of next) hues.set(node.name, shardOfSlots(node, masterCount));
    const taken = new Set(hues.values());
    next = nodes.filter(
      (node) => servesSlots(node) && !hues.has(node.name) && taken.has(node.shard),
    );
  }
  return hues;
}

const servesSlots = (node: FrameNode): boolean =>
  node.view.master === null && slotsOf(node).length > 0;

/** Masters with slots that began in the same shard, two or more at a time. */
function rivalsByHome(nodes: readonly FrameNode[]): FrameNode[][] {
  const byHome = new Map<number, FrameNode[]>();
  for (const node of nodes) {
    if (node.view.master !== null) continue;
    byHome.set(node.shard, [...(byHome.get(node.shard) ?? []), node]);
  }
  const contested = [...byHome.values()].filter((masters) => masters.length > 1);
  return contested
    .map((masters) => masters.filter((node) => slotsOf(node).length > 0))
    .filter((masters) => masters.length > 1);
}

/** The shard that most of its slots were made for. */
function shardOfSlots(node: FrameNode, masterCount: number): number {
  const counts = new Array<number>(masterCount).fill(0);
  for (const [first, last] of slotsOf(node)) {
    for (let shard = homeOf(first, masterCount); shard <= homeOf(last, masterCount); shard += 1) {
      const [from, to] = rangeOf(shard, masterCount);
      counts[shard]! += Math.min(last, to) - Math.max(first, from) + 1;
    }
  }
  return counts.indexOf(Math.max(...counts));
}

const homeOf = (slot: number, masterCount: number): number =>
  Math.floor((slot * masterCount) / SLOT_COUNT);

function rangeOf(shard: number, masterCount: number): [number, number] {
  const edge = (of: number) => Math.ceil((of * SLOT_COUNT) / masterCount);
  return [edge(shard), edge(shard + 1) - 1];
}

/** What it holds to be its own. */
function slotsOf(node: FrameNode): SlotRanges {
  return node.view.rows.find((row) => row.name === node.name)?.slots ?? [];
}
