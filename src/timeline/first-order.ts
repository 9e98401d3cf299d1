/**
 * The order in which real nodes stand, and the shard whose hue each has. It follows what lasts: who
 * shares slots with whom, and the ports. So two visits to one cluster look alike, whoever leads a
 * shard now, and whoever is dead.
 */
import { isReplica, myself, type ClusterNode } from '../protocol/cluster-state';
import type { NodeName } from '../protocol/ids';
import type { CaptureHistory, Snapshots } from './capture-history';

/** The node of each shard with the lowest port, then the others, and the shard of each. */
export interface FirstOrder {
  readonly names: readonly NodeName[];
  readonly shards: ReadonlyMap<NodeName, number>;
  /** How many shards there are, at least 1. */
  readonly masters: number;
}

interface Known {
  readonly name: NodeName;
  /** Its line: in its own table, or in another's if it was never asked. */
  readonly line: ClusterNode | null;
}

/**
 * While a cluster is being made, replicas-to-be are masters without slots: of those it counts what
 * became of them.
 */
export function withoutNewcomers(then: Snapshots, now: Snapshots): Snapshots {
  const isBare = (line: ClusterNode): boolean => !isReplica(line) && line.slots.length === 0;
  return then.map((one, i) => (one && isBare(myself(one.context)) ? (now[i] ?? one) : one));
}

/** By what each held of itself at one moment; null: nothing is known of it. */
export function firstOrder(
  history: Pick<CaptureHistory, 'names' | 'nameById'>,
  snapshots: Snapshots,
): FirstOrder {
  const nodes = knownNodes(history, snapshots);
  const owners = ownersOf(nodes);
  const shards = new Map(owners.map(({ name }, shard) => [name, shard]));
  const masters = Math.max(1, owners.length);
  for (const [i, node] of nodes.entries()) {
    if (shards.has(node.name)) continue;
    // Of whom nothing is known has the place in which clusters are made: masters, then replicas.
    shards.set(node.name, shardOf(node, { nodes, owners, history }) ?? i % masters);
  }
  const shardOfName = ({ name }: Known): number => shards.get(name)!;
  const heads = owners.map((_, shard) => nodes.find((node) => shardOfName(node) === shard)!);
  const others = nodes.filter((node) => !heads.includes(node));
  others.sort((a, b) => shardOfName(a) - shardOfName(b) || byName(a.name, b.name));
  const names = [...heads, ...others].map(({ name }) => name);
  return { names, shards, masters };
}

function knownNodes(
  { names, nameById }: Pick<CaptureHistory, 'names' | 'nameById'>,
  snapshots: Snapshots,
): Known[] {
  const tables = snapshots.flatMap((one) => (one ? [one.context] : []));
  const nodes = names.map((name, i): Known => {
    const own = snapshots[i]?.context;
    if (own) return { name, line: myself(own) };
    const lines = tables.flatMap((state) => state.nodes);
    const line = lines.find(({ id }) => nameById.get(id) === name) ?? null;
    // Of a master that has lost its slots nobody knows any more which they were.
    const isBare = line !== null && !isReplica(line) && line.slots.length === 0;
    return { name, line: isBare ? null : line };
  });
  return nodes.sort((a, b) => byName(a.name, b.name));
}

const byName = (a: NodeName, b: NodeName): number => Number(a) - Number(b);

const isLeader = ({ line }: Known): boolean => line !== null && !isReplica(line);
const firstSlot = ({ line }: Known): number => line?.slots[0]?.[0] ?? Infinity;
const epochOf = ({ line }: Known): number => line?.configEpoch ?? 0;

/** Masters in the order of their slots, and of their ports where they have none. */
function ownersOf(nodes: readonly Known[]): Known[] {
  const leaders = nodes.filter(isLeader);
  return leaders
    .filter((node) => rivalOf(node, leaders) === null)
    .sort((a, b) => compare(firstSlot(a), firstSlot(b)) || byName(a.name, b.name));
}

/** Who owns the slots under a newer epoch that a master still calls its own. */
function rivalOf(node: Known, leaders: readonly Known[]): Known | null {
  const slot = firstSlot(node);
  if (slot === Infinity) return null;
  const claims = leaders.filter((one) => holds(one, slot) && epochOf(one) > epochOf(node));
  return claims.sort((a, b) => epochOf(b) - epochOf(a))[0] ?? null;
}

const holds = ({ line }: Known, slot: number): boolean =>
  line!.slots.some(([first, last]) => first <= slot && slot <= last);

const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

interface Around {
  readonly nodes: readonly Known[];
  readonly owners: readonly Known[];
  readonly history: Pick<CaptureHistory, 'nameById'>;
}

/** The shard of a node that owns none: that of its master, or of who took its slots over. */
function shardOf(node: Known, { nodes, owners, history }: Around): number | null {
  const leaders = nodes.filter(isLeader);
  const masterId = node.line?.masterId ?? null;
  const master = masterId === null ? undefined : history.nameById.get(masterId);
  const leader = isLeader(node) ? node : leaders.find(({ name }) => name === master);
  if (leader === undefined) return null;
  const shard = owners.indexOf(rivalOf(leader, leaders) ?? leader);
  return shard === -1 ? null : shard;
}
