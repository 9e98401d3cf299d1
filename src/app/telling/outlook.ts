/**
 * Can the cluster still decide anything? Counts, as an all-seeing observer, the masters with slots
 * that run and hear each other. Derived from the frame alone.
 */
import type { ClusterFrame, FrameLostWrite, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';

/** A loss is told for so long; then the sandbox keeps count. */
const LOSS_TOLD_MS = 5_000;

export type Outlook =
  | { readonly kind: 'fine' }
  | {
      /** Writes that clients were told are done have gone lost a moment ago, for one reason. */
      readonly kind: 'loss';
      readonly lost: readonly FrameLostWrite[];
    }
  | {
      /** No group of masters reaches a majority: nobody decides anything. */
      readonly kind: 'no-majority';
      readonly size: number;
      readonly needed: number;
      /** The masters that could still decide, were they enough. */
      readonly able: readonly NodeName[];
    }
  | {
      /** One side of a cut has the majority, this one has not. */
      readonly kind: 'minority';
      readonly size: number;
      readonly needed: number;
      readonly side: readonly NodeName[];
      /** The masters on that side, counted for the quorum. */
      readonly able: readonly NodeName[];
    };

/**
 * Source: size and quorum as in clusterUpdateState and markNodeAsFailingIfNeeded, src/cluster.c.
 */
export function outlookOf(frame: ClusterFrame): Outlook {
  const lost = newestLoss(frame);
  if (lost.length > 0) return { kind: 'loss', lost };
  const masters = mastersWithSlots(frame);
  const size = masters.length;
  if (size === 0) return { kind: 'fine' };
  const needed = Math.floor(size / 2) + 1;
  const sides = sidesOf(frame).map((side) => ({
    side,
    able: masters.filter((master) => side.includes(master)),
  }));
  const best = sides.toSorted((a, b) => b.able.length - a.able.length)[0];
  if (best === undefined || best.able.length < needed) {
    return { kind: 'no-majority', size, needed, able: best?.able ?? [] };
  }
  const lesser = sides.find((s) => s !== best && s.able.length > 0);
  if (lesser === undefined) return { kind: 'fine' };
  return { kind: 'minority', size, needed, ...lesser };
}

/** What was lost last, all that one node had acknowledged. */
function newestLoss({ writes, atMs }: ClusterFrame): FrameLostWrite[] {
  const last = writes.lost.at(-1);
  if (!last || atMs - last.lostAtMs > LOSS_TOLD_MS) return [];
  return writes.lost.filter(
    ({ by, window, lostAtMs }) =>
      by === last.by && window === last.window && atMs - lostAtMs <= LOSS_TOLD_MS,
  );
}

/** The masters that own slots in the table of the running node with the newest epoch. */
function mastersWithSlots(frame: ClusterFrame): NodeName[] {
  const running = frame.nodes.filter((node) => node.process === 'running');
  const witness = (running.length > 0 ? running : frame.nodes).reduce<FrameNode | null>(
    (best, node) =>
      best === null || node.view.currentEpoch > best.view.currentEpoch ? node : best,
    null,
  );
  const rows = witness?.view.rows ?? [];
  return rows
    .filter((row) => row.flags.includes('master') && row.slots.length > 0)
    .map((r) => r.name);
}

/** Groups of running nodes that can hear each other, both ways, directly or by way of others. */
function sidesOf(frame: ClusterFrame): NodeName[][] {
  const running = frame.nodes.filter((n) => n.process === 'running').map((n) => n.name);
  const cuts = new Set(
    frame.faults.filter((f) => f.type === 'cut').map((f) => `${f.from}>${f.to}`),
  );
  const hears = (a: NodeName, b: NodeName) => !cuts.has(`${a}>${b}`) && !cuts.has(`${b}>${a}`);
  const sides: NodeName[][] = [];
  const left = new Set(running);
  for (const first of running) {
    if (!left.delete(first)) continue;
    const side = [first];
    for (const member of side) {
      for (const other of [...left]) {
        if (hears(member, other) && left.delete(other)) side.push(other);
      }
    }
    sides.push(side);
  }
  return sides;
}
