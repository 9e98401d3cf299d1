/** The picture of real nodes at one moment: what our machines beside them believe. */
import { viewOf } from '../kernel/node-view';
import { inShards } from '../kernel/shard-hues';
import type { ClusterFrame, FrameFault, FrameNode } from '../protocol/cluster-frame';
import { isReplica, myself, type ClusterState } from '../protocol/cluster-state';
import { PEER_IP } from '../protocol/ip-address';
import type { NodeName } from '../protocol/ids';
import { processOf } from '../protocol/node.machine';
import type { LiveFault } from '../shadow/live-events';
import type { CaptureHistory, Snapshots } from './capture-history';
import { partingsByNode } from './capture-partings';
import type { CaptureMessages } from './capture-messages';

/** Masters of the first hour, then their replicas, and the shard each began in. */
export interface FirstOrder {
  readonly names: readonly NodeName[];
  readonly shards: ReadonlyMap<NodeName, number>;
  readonly masters: number;
}

/** The order of nodes, by what each held of itself when it was first seen. */
export function firstOrder(history: CaptureHistory, snapshots: Snapshots): FirstOrder {
  const known = history.names.map((name, i) => ({ name, state: snapshots[i]?.context ?? null }));
  const firstSlot = (state: ClusterState | null): number =>
    (state && myself(state).slots[0]?.[0]) ?? Infinity;
  const masters = known
    .filter(({ state }) => state && !isReplica(myself(state)))
    .sort((a, b) => compare(firstSlot(a.state), firstSlot(b.state)) || byName(a.name, b.name));
  const shards = new Map(masters.map(({ name }, shard) => [name, shard]));
  const shardOf = (state: ClusterState): number => {
    const { masterId } = myself(state);
    const master = masterId === null ? undefined : history.nameById.get(masterId);
    return (master === undefined ? undefined : shards.get(master)) ?? 0;
  };
  const others = known
    .filter(({ name }) => !shards.has(name))
    .map(({ name, state }) => ({ name, shard: state ? shardOf(state) : shards.size }))
    .sort((a, b) => a.shard - b.shard || byName(a.name, b.name));
  for (const { name, shard } of others) shards.set(name, shard);
  const names = [...masters, ...others].map(({ name }) => name);
  return { names, shards, masters: masters.length };
}

const byName = (a: NodeName, b: NodeName): number => Number(a) - Number(b);
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The picture after a step, at a time. Nodes of which nothing is known yet are not in it. */
export function captureFrame(
  history: CaptureHistory,
  messages: CaptureMessages,
  order: FirstOrder,
  place: { readonly step: number; readonly atMs: number },
): ClusterFrame {
  const { step, atMs } = place;
  const snapshots = history.snapshotsAt(step);
  const partings = partingsByNode(history, atMs);
  const nodes = order.names.flatMap((name) => {
    const node = nodeOf(history, snapshots, order, name, step);
    const parted = partings.get(name);
    return node ? [parted ? { ...node, partings: parted } : node] : [];
  });
  const frozen = nodes.filter((node) => node.process === 'frozen').map(({ name }) => name);
  return {
    atMs,
    nodeTimeoutMs: history.run.start.nodeTimeoutMs,
    nodes: inShards(nodes, Math.max(1, order.masters)),
    messages: messages.at(atMs, new Set(frozen)),
    faults: history.faults.valueAt(step).flatMap((fault) => faultsOf(history, fault)),
    clients: [],
    elections: history.elections.valueAt(step),
    writes: { acknowledged: 0, lost: [] },
  };
}

function nodeOf(
  history: CaptureHistory,
  snapshots: Snapshots,
  { shards }: FirstOrder,
  name: NodeName,
  step: number,
): FrameNode | null {
  const snapshot = snapshots[history.names.indexOf(name)];
  if (!snapshot) return null;
  const { context } = snapshot;
  return {
    name,
    id: context.myId,
    ip: myself(context).ip || PEER_IP,
    port: context.port,
    busPort: context.busPort,
    shard: shards.get(name) ?? 0,
    process: processOf(snapshot),
    processSinceMs: history.processes.valueAt(step).get(name) ?? history.run.start.knownFromMs,
    view: viewOf(snapshot, history.nameById),
  };
}

function faultsOf(history: CaptureHistory, fault: LiveFault): FrameFault[] {
  const { mode, ways, addMs, atMs } = fault;
  if (mode === 'reset') return [];
  return ways.map(([from, to]) => ({
    ...{ type: mode, addMs: mode === 'delay' ? addMs : 0, sinceMs: mode === 'cut' ? atMs : 0 },
    ...{ from: history.nameOf(from), to: history.nameOf(to) },
  }));
}
