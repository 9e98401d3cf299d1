/**
 * What one node believes, in facts: the head of its line in the compared views, and what it rests
 * on. The words are made where it is shown.
 */
import type { ClusterFrame, FrameNode, FrameRow } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { SlotRange } from '../../protocol/slot-ranges';
import { beliefOf, beliefOfRow, rowOf, type Belief } from './beliefs';
import { voters } from './table';

export interface Doubt {
  readonly about: NodeName;
  readonly belief: Exclude<Belief, 'ok'>;
}

export type ViewHead =
  | { readonly kind: 'frozen' | 'killed'; readonly sinceMs: number; readonly doubts: Doubt[] }
  | { readonly kind: 'waits' | 'asks'; readonly epoch: number }
  | {
      readonly kind: 'new-owner' | 'old-owner';
      readonly slots: SlotRange;
      readonly owner: NodeName | null;
    }
  | {
      readonly kind: 'fail';
      readonly about: NodeName[];
      /** Reports by others on file for the first of them; `own` makes one more. */
      readonly reports: number;
      readonly own: boolean;
      /** Whether these were enough to say so itself; else somebody told it. */
      readonly isOwnVerdict: boolean;
    }
  | { readonly kind: 'suspects'; readonly about: NodeName[] }
  | { readonly kind: 'is-doubted'; readonly belief: Doubt['belief'] }
  | { readonly kind: 'unnoticed' }
  /** It has others' reports of a node it does not suspect itself. */
  | { readonly kind: 'told'; readonly about: NodeName }
  | { readonly kind: 'knows'; readonly count: number; readonly all: number }
  | { readonly kind: 'calm' };

export type ViewBasis =
  | { readonly kind: 'as-of'; readonly atMs: number }
  | { readonly kind: 'last-table' }
  | { readonly kind: 'votes'; readonly count: number; readonly needed: number }
  | { readonly kind: 'telling' }
  | { readonly kind: 'since'; readonly forMs: number }
  | { readonly kind: 'reports'; readonly count: number }
  | { readonly kind: 'unanswered'; readonly forMs: number }
  | { readonly kind: 'heard'; readonly about: NodeName; readonly agoMs: number }
  | { readonly kind: 'epoch'; readonly epoch: number }
  | { readonly kind: 'refuses' }
  | { readonly kind: 'none' };

export interface ViewSummary {
  readonly head: ViewHead;
  readonly basis: ViewBasis;
}

/** What the nodes of a frame disagree about; worked out once for all of them. */
export interface Disputes {
  /** Whom any running node suspects, in the order of ports. */
  readonly doubted: readonly NodeName[];
  /** The first slots for which running nodes name different owners; the newest is the truest. */
  readonly slots: { readonly range: SlotRange; readonly newest: NodeName | null } | null;
}

/** Where the tables of a frame differ. */
export function disputesOf(frame: ClusterFrame): Disputes {
  const witnesses = voters(frame);
  const doubted = frame.nodes
    .map(({ name }) => name)
    .filter((name) => witnesses.some((node) => beliefOf(node, name) !== 'ok'));
  return { doubted, slots: disputedSlots(witnesses) };
}

/** The line about one node. */
export function viewSummary(
  node: FrameNode,
  { frame, atMs, disputes }: { frame: ClusterFrame; atMs: number; disputes: Disputes },
): ViewSummary {
  if (node.process !== 'running') return stoppedSummary(node);
  const { failover } = node.view;
  if (failover.phase === 'waiting' || failover.phase === 'collecting')
    return candidateSummary(node);
  const owner = ownerSummary(node, disputes);
  if (owner) return owner;
  const rows = node.view.rows;
  const failed = rows.filter((row) => beliefOfRow(row) === 'fail' && row.slots.length > 0);
  if (failed.length > 0) return failSummary(node, failed, { frame, atMs });
  const suspected = rows.filter((row) => beliefOfRow(row) === 'pfail');
  if (suspected.length > 0) return suspectSummary(suspected, atMs);
  return quietSummary(node, { frame, atMs, disputes });
}

function stoppedSummary(node: FrameNode): ViewSummary {
  const doubts = node.view.rows.flatMap((row): Doubt[] => {
    const belief = beliefOfRow(row);
    return belief === 'ok' ? [] : [{ about: row.name, belief }];
  });
  const sinceMs = node.processSinceMs;
  if (node.process === 'killed') {
    return { head: { kind: 'killed', sinceMs, doubts }, basis: { kind: 'last-table' } };
  }
  return { head: { kind: 'frozen', sinceMs, doubts }, basis: { kind: 'as-of', atMs: sinceMs } };
}

function candidateSummary({ view }: FrameNode): ViewSummary {
  const { phase, epoch, voteCount } = view.failover;
  const needed = Math.floor(view.size / 2) + 1;
  return phase === 'waiting'
    ? { head: { kind: 'waits', epoch: view.currentEpoch + 1 }, basis: { kind: 'none' } }
    : { head: { kind: 'asks', epoch }, basis: { kind: 'votes', count: voteCount, needed } };
}

function ownerSummary(node: FrameNode, { slots }: Disputes): ViewSummary | null {
  if (!slots) return null;
  const owner = ownerIn(node, slots.range[0]);
  const kind = owner?.name === slots.newest ? 'new-owner' : 'old-owner';
  return {
    head: { kind, slots: slots.range, owner: owner?.name ?? null },
    basis: owner ? { kind: 'epoch', epoch: owner.configEpoch } : { kind: 'none' },
  };
}

function failSummary(
  node: FrameNode,
  failed: readonly FrameRow[],
  { frame, atMs }: { frame: ClusterFrame; atMs: number },
): ViewSummary {
  const first = failed[0]!;
  const reports = reportsOn(first, atMs);
  const own = node.view.role === 'master';
  const isOwnVerdict = reports + (own ? 1 : 0) >= Math.floor(node.view.size / 2) + 1;
  const tells = frame.messages.some(
    ({ type, from, about, fate }) =>
      type === 'FAIL' && from === node.name && about === first.name && fate === 'flying',
  );
  return {
    head: { kind: 'fail', about: failed.map(({ name }) => name), reports, own, isOwnVerdict },
    basis: tells ? { kind: 'telling' } : { kind: 'since', forMs: atMs - first.failSinceMs },
  };
}

function suspectSummary(suspected: readonly FrameRow[], atMs: number): ViewSummary {
  const count = reportsOn(suspected[0], atMs);
  const about = suspected.map(({ name }) => name);
  return { head: { kind: 'suspects', about }, basis: { kind: 'reports', count } };
}

/** A node that holds everybody to be well, while others may not. */
function quietSummary(
  node: FrameNode,
  { frame, atMs, disputes }: { frame: ClusterFrame; atMs: number; disputes: Disputes },
): ViewSummary {
  const refuses: ViewBasis = { kind: node.view.clusterState === 'fail' ? 'refuses' : 'none' };
  const known = node.view.rows.filter(({ flags }) => !flags.includes('handshake')).length;
  const all = frame.nodes.length;
  if (known < all) return { head: { kind: 'knows', count: known, all }, basis: refuses };
  if (disputes.doubted.includes(node.name)) {
    const others = voters(frame).map((other) => beliefOf(other, node.name));
    const belief = others.includes('fail') ? 'fail' : 'pfail';
    return { head: { kind: 'is-doubted', belief }, basis: refuses };
  }
  const open = disputes.doubted.filter((name) => beliefOf(node, name) === 'ok');
  if (open.length === 0) return { head: { kind: 'calm' }, basis: refuses };
  for (const about of open) {
    const count = reportsOn(rowOf(node, about), atMs);
    if (count > 0) return { head: { kind: 'told', about }, basis: { kind: 'reports', count } };
  }
  return { head: { kind: 'unnoticed' }, basis: contactWith(node, open[0]!, atMs) };
}

/** Reports by others that still count. */
function reportsOn(row: FrameRow | undefined, atMs: number): number {
  return row?.failReports.filter(({ expiresAtMs }) => expiresAtMs > atMs).length ?? 0;
}

function contactWith(node: FrameNode, about: NodeName, atMs: number): ViewBasis {
  const row = rowOf(node, about);
  if (!row) return { kind: 'none' };
  if (row.pingSentMs > 0) return { kind: 'unanswered', forMs: atMs - row.pingSentMs };
  return { kind: 'heard', about, agoMs: Math.max(0, atMs - row.pongReceivedMs) };
}

function ownerIn(node: FrameNode, slot: number): FrameRow | undefined {
  return node.view.rows.find((row) => row.slots.some(([a, b]) => slot >= a && slot <= b));
}

/** The first slots about which two tables differ; cut where any table cuts them. */
function disputedSlots(witnesses: readonly FrameNode[]): Disputes['slots'] {
  const edges = new Set<number>();
  for (const { view } of witnesses) {
    for (const [first, last] of view.rows.flatMap(({ slots }) => slots))
      edges.add(first).add(last + 1);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  for (const [i, first] of sorted.slice(0, -1).entries()) {
    const owners = witnesses.map((node) => ownerIn(node, first));
    if (owners.every((row) => row?.name === owners[0]?.name)) continue;
    const newest = owners.reduce((a, b) =>
      (b?.configEpoch ?? -1) > (a?.configEpoch ?? -1) ? b : a,
    );
    return { range: [first, sorted[i + 1]! - 1], newest: newest?.name ?? null };
  }
  return null;
}
