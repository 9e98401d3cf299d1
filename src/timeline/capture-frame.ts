/** The picture of real nodes at one moment: what our machines beside them believe. */
import { viewOf } from '../kernel/node-view';
import { inShards } from '../kernel/shard-hues';
import type { ClusterFrame, FrameFault, FrameNode, NodeView } from '../protocol/cluster-frame';
import { myself } from '../protocol/cluster-state';
import { PEER_IP } from '../protocol/ip-address';
import type { NodeName } from '../protocol/ids';
import { processOf } from '../protocol/node.machine';
import type { LiveFault } from '../shadow/live-events';
import type { CaptureHistory, Snapshots } from './capture-history';
import { partingsByNode } from './capture-partings';
import type { CaptureMessages } from './capture-messages';
import type { FirstOrder } from './first-order';

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
    nodes: inShards(nodes, order.masters),
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
    view: asKnown(viewOf(snapshot, history.nameById), {
      saysNothing: (history.firstSaid.get(name) ?? Infinity) > step,
      isSeenFromStart: history.seenFromStart.has(name),
    }),
  };
}

const [speaking, silent] = [new WeakMap<NodeView, NodeView>(), new WeakMap<NodeView, NodeView>()];

interface Knowledge {
  /** Each message tells how far its sender's data goes. */
  readonly saysNothing: boolean;
  /** Else it may have voted before. */
  readonly isSeenFromStart: boolean;
}

/** A view without what nobody knows of a real process; keys do not travel on the bus at all. */
function asKnown(view: NodeView, { saysNothing, isSeenFromStart }: Knowledge): NodeView {
  const made = saysNothing ? silent : speaking;
  let bare = made.get(view);
  if (!bare) {
    const openSlots = view.openSlots.map((open) => ({ ...open, keyCount: null }));
    const offsetBytes = saysNothing ? null : view.offsetBytes;
    const lastVoteEpoch = isSeenFromStart ? view.lastVoteEpoch : view.lastVoteEpoch || null;
    bare = { ...view, openSlots, keyCount: null, offsetBytes, lastVoteEpoch };
    made.set(view, bare);
  }
  return bare;
}

function faultsOf(history: CaptureHistory, fault: LiveFault): FrameFault[] {
  const { mode, ways, addMs, atMs } = fault;
  if (mode === 'reset') return [];
  return ways.map(([from, to]) => ({
    ...{ type: mode, addMs: mode === 'delay' ? addMs : 0, sinceMs: mode === 'cut' ? atMs : 0 },
    ...{ from: history.nameOf(from), to: history.nameOf(to) },
  }));
}
