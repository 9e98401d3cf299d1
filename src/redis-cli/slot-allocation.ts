/**
 * How `redis-cli --cluster create` shares out slots and replicas.
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

export interface CreatePlan {
  /** All nodes in the order of the command line. */
  readonly nodes: readonly string[];
  readonly masters: readonly { readonly node: string; readonly slots: SlotRange }[];
  readonly replicas: readonly { readonly node: string; readonly master: string }[];
}

/**
 * Who becomes what for a command line of nodes on one host. Throws the tool's own words when there
 * are too few.
 * Simplified: the shuffle for anti-affinity is left out; on one host it can only exchange equals.
 */
export function planCreate(nodes: readonly string[], replicasPerMaster: number): CreatePlan {
  const masterCount = Math.floor(nodes.length / (replicasPerMaster + 1));
  if (masterCount < MIN_MASTERS) throw new Error(tooFewNodes(nodes.length, replicasPerMaster));
  const ranges = allocateSlots(masterCount);
  const masters = nodes.slice(0, masterCount).map((node, i) => ({ node, slots: ranges[i]! }));
  const rest = nodes.slice(masterCount);
  // The tool turns the list of the rest left by one before it hands them out.
  const waiting = [...rest.slice(1), ...rest.slice(0, 1)];
  const replicas: { node: string; master: string }[] = [];
  for (const { node: master } of masters) {
    for (const node of waiting.splice(0, replicasPerMaster)) replicas.push({ node, master });
  }
  for (const [i, node] of waiting.entries()) {
    replicas.push({ node, master: masters[i % masterCount]!.node });
  }
  return { nodes, masters, replicas };
}

/** The order in which to name nodes so that the replicas end up beside their masters, in order. */
export function createOrder(names: readonly string[], masters: number): string[] {
  const replicas = names.slice(masters);
  return [...names.slice(0, masters), ...replicas.slice(-1), ...replicas.slice(0, -1)];
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
