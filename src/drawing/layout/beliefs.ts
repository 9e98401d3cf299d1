/**
 * What the chosen viewpoint believes of each node, and what the matrix, the seats and the notes
 * say of it.
 */
import type { ClusterFrame, FrameNode, FrameReport, FrameRow } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { voters } from './table';

export type Belief = 'ok' | 'pfail' | 'fail';

/** What one row says. */
export function beliefOfRow(row: FrameRow | undefined): Belief {
  if (row?.flags.includes('fail')) return 'fail';
  return row?.flags.includes('pfail') ? 'pfail' : 'ok';
}

/** What `observer` holds about `subject`. */
export function beliefOf(observer: FrameNode, subject: NodeName): Belief {
  return beliefOfRow(rowOf(observer, subject));
}

/** The row about `subject` in a node's table. */
export function rowOf(observer: FrameNode, subject: NodeName): FrameRow | undefined {
  return observer.view.rows.find((row) => row.name === subject);
}

/**
 * The belief drawn as halo: the viewpoint's own, or, from above, that of more than half of the
 * others.
 */
export function beliefs(
  frame: ClusterFrame,
  viewpoint: NodeName | null,
): ReadonlyMap<NodeName, Belief> {
  const viewer = frame.nodes.find((node) => node.name === viewpoint);
  const counted = viewer ? null : countDoubts(voters(frame));
  return new Map(
    frame.nodes.map(({ name }) => [
      name,
      viewer ? beliefOf(viewer, name) : majorityBelief(name, counted!),
    ]),
  );
}

interface Doubts {
  readonly observers: readonly FrameNode[];
  readonly failing: Map<NodeName, number>;
  /** Those who say FAIL too. */
  readonly suspecting: Map<NodeName, number>;
}

/** How many say what of whom; each table is read once, for a crowd's are long. */
function countDoubts(observers: readonly FrameNode[]): Doubts {
  const doubts: Doubts = { observers, failing: new Map(), suspecting: new Map() };
  const count = (counts: Map<NodeName, number>, name: NodeName) =>
    counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const observer of observers) {
    for (const row of observer.view.rows) {
      const belief = beliefOfRow(row);
      if (belief === 'ok' || row.name === observer.name) continue;
      count(doubts.suspecting, row.name);
      if (belief === 'fail') count(doubts.failing, row.name);
    }
  }
  return doubts;
}

function majorityBelief(subject: NodeName, { observers, failing, suspecting }: Doubts): Belief {
  const suspects = suspecting.get(subject) ?? 0;
  if (suspects === 0) return 'ok';
  const others = observers.filter(({ name }) => name !== subject).length;
  if ((failing.get(subject) ?? 0) * 2 > others) return 'fail';
  return suspects * 2 > others ? 'pfail' : 'ok';
}

/**
 * Whom the picture is about when nobody says: the gravest belief of the viewpoint, in ring
 * order.
 */
export function likelySubject(frame: ClusterFrame, viewpoint: NodeName | null): NodeName | null {
  const held = beliefs(frame, viewpoint);
  const named = (belief: Belief) =>
    frame.nodes.find((node) => held.get(node.name) === belief)?.name;
  const rumoured = () =>
    frame.nodes.find((node) => voters(frame).some((v) => beliefOf(v, node.name) !== 'ok'))?.name;
  return named('fail') ?? named('pfail') ?? (viewpoint === null ? rumoured() : undefined) ?? null;
}

export interface ReportsPicture {
  readonly subject: NodeName;
  readonly keeper: NodeName;
  readonly reports: readonly (FrameReport & { readonly left: number; readonly leftMs: number })[];
  /** The keeper's own suspicion: a master's counts, a replica's does not. */
  readonly own: 'none' | 'counts' | 'not-counted';
  /** How many count towards the majority now. */
  readonly count: number;
  readonly needed: number;
  readonly size: number;
  /** One seat a master with slots: who fills it, in order of arrival, the rest empty. */
  readonly seats: readonly (NodeName | null)[];
  readonly verdict: Belief;
}

/** The reports on `subject`, kept by the viewpoint, or, from above, by whoever holds the most. */
export function reportsOn(
  subject: NodeName,
  frame: ClusterFrame,
  viewpoint: NodeName | null,
): ReportsPicture | null {
  const keeper = frame.nodes.find((n) => n.name === viewpoint) ?? fullestKeeper(frame, subject);
  if (!keeper || keeper.name === subject) return null;
  const row = rowOf(keeper, subject);
  const verdict = beliefOfRow(row);
  const reports = (row?.failReports ?? [])
    .filter((report) => report.expiresAtMs > frame.atMs)
    .map((report) => ({ ...report, ...timeLeft(report, frame) }));
  const isMaster = keeper.view.role === 'master';
  const own = verdict === 'ok' ? 'none' : isMaster ? 'counts' : 'not-counted';
  // Of a verdict in a log it is not known whether its writer had doubts of its own.
  if (reports.length === 0 && (own === 'none' || frame.onlyOf !== undefined)) return null;
  const { size } = keeper.view;
  const filled = own === 'counts' ? [keeper.name] : [];
  for (const report of [...reports].sort((a, b) => a.atMs - b.atMs)) filled.push(report.by);
  const seats = Array.from({ length: Math.max(size, filled.length) }, (_, i) => filled[i] ?? null);
  const needed = Math.floor(size / 2) + 1;
  const count = filled.length;
  return { subject, keeper: keeper.name, reports, own, count, needed, size, seats, verdict };
}

/** The same with rings that drain in steps of a second, for people who asked for less motion. */
export function drainedBySeconds(picture: ReportsPicture): ReportsPicture {
  const reports = picture.reports.map((report) => {
    const lifeMs = report.expiresAtMs - report.atMs || 1;
    return { ...report, left: Math.min(1, (Math.ceil(report.leftMs / 1000) * 1000) / lifeMs) };
  });
  return { ...picture, reports };
}

function fullestKeeper(frame: ClusterFrame, subject: NodeName): FrameNode | undefined {
  let best: FrameNode | undefined;
  let most = 0;
  const weight = (node: FrameNode) => {
    const row = rowOf(node, subject);
    const counts = node.view.role === 'master' && beliefOfRow(row) !== 'ok' ? 1 : 0;
    return (row?.failReports.length ?? 0) + counts;
  };
  for (const node of voters(frame)) {
    const kept = node.name === subject ? 0 : weight(node);
    if (kept > most) [best, most] = [node, kept];
  }
  return best;
}

/** A report drains over twice the node timeout. */
function timeLeft(report: FrameReport, frame: ClusterFrame): { left: number; leftMs: number } {
  const leftMs = Math.max(0, report.expiresAtMs - frame.atMs);
  return { leftMs, left: Math.min(1, leftMs / (report.expiresAtMs - report.atMs || 1)) };
}
