/**
 * Keeping replicas away from the host of their master, and from each other's.
 * Source: clusterManagerGetAntiAffinityScore, clusterManagerOptimizeAntiAffinity, src/redis-cli.c.
 */
import { PURPOSE, drawInt } from '../protocol/draw';
import type { Assignment, CreatePlan, Host } from './create-plan';

/** What a replica on the host of its master costs. */
const SAME_AS_MASTER = 10_000;
/** How often the tool tries an exchange, for each node. */
const TRIES_PER_NODE = 500;

/** 0: nobody shares a host with its master or with another replica of it. */
export function affinityScore(nodes: readonly Host[], plan: CreatePlan): number {
  return groupsOf(nodes, plan).reduce((sum, { cost }) => sum + cost, 0);
}

interface Group {
  readonly cost: number;
  /** One replica of the group, by its place. */
  readonly offender: number | undefined;
}

/** Nodes of one master on one host. */
function groupsOf(nodes: readonly Host[], { masters, replicas }: CreatePlan): Group[] {
  const groups = new Map<string, { hasMaster: boolean; replicas: number[] }>();
  const groupOf = (place: number, master: number) => {
    const key = `${nodes[place]!.ip} ${master}`;
    const group = groups.get(key) ?? { hasMaster: false, replicas: [] };
    groups.set(key, group);
    return group;
  };
  for (const master of masters) groupOf(master, master).hasMaster = true;
  for (const { replica, master } of replicas) groupOf(replica, master).replicas.push(replica);
  return [...groups.values()].flatMap(({ hasMaster, replicas: members }) => {
    const size = members.length + (hasMaster ? 1 : 0);
    if (size < 2) return [];
    const cost = hasMaster ? SAME_AS_MASTER * members.length : size;
    return [{ cost, offender: Math.min(...members) }];
  });
}

export interface Optimized {
  readonly replicas: readonly Assignment[];
  readonly score: number;
}

/**
 * The plan after exchanges of masters between replicas that share a host and others: an exchange
 * stays unless it makes things worse.
 * Simplified: on one host every exchange is between equals, and the dice of the tool (the second on
 * the clock) leave any order at all; here they always leave that of the command line.
 */
export function optimizeAffinity(
  nodes: readonly Host[],
  plan: CreatePlan,
  seed: number,
): Optimized {
  const score = affinityScore(nodes, plan);
  const isOneHost = nodes.every(({ ip }) => ip === nodes[0]!.ip);
  if (score === 0) return { replicas: plan.replicas, score };
  if (isOneHost) return { replicas: inOrder(plan), score };
  const replicas = exchange(nodes, plan, seed);
  return { replicas, score: affinityScore(nodes, { ...plan, replicas }) };
}

/** Replicas in the order of the command line, each master with as many as before. */
function inOrder({ masters, replicas }: CreatePlan): Assignment[] {
  const places = replicas.map(({ replica }) => replica).sort((a, b) => a - b);
  const takers = masters.flatMap((master) => replicas.filter((one) => one.master === master));
  return places.map((replica, i) => ({ replica, master: takers[i]!.master }));
}

function exchange(nodes: readonly Host[], plan: CreatePlan, seed: number): readonly Assignment[] {
  let { replicas } = plan;
  for (let tries = 0; tries < nodes.length * TRIES_PER_NODE; tries++) {
    const groups = groupsOf(nodes, { ...plan, replicas });
    if (groups.length === 0) return replicas;
    const roll = (bound: number, which: number): number =>
      drawInt(bound, seed, PURPOSE.replicaExchange, tries, which);
    const first = groups[roll(groups.length, 0)]!.offender;
    const others = replicas.filter(({ replica }) => replica !== first);
    const second = others[roll(others.length, 1)]?.replica;
    if (second === undefined) return replicas;
    const exchanged = exchanging(replicas, first!, second);
    const before = groups.reduce((sum, { cost }) => sum + cost, 0);
    const isWorse = affinityScore(nodes, { ...plan, replicas: exchanged }) > before;
    if (!isWorse) replicas = exchanged;
  }
  return replicas;
}

function exchanging(replicas: readonly Assignment[], a: number, b: number): Assignment[] {
  const masterOf = (place: number): number =>
    replicas.find(({ replica }) => replica === place)!.master;
  return replicas.map((one) => {
    if (one.replica === a) return { ...one, master: masterOf(b) };
    return one.replica === b ? { ...one, master: masterOf(a) } : one;
  });
}
