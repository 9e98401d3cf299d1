/**
 * PFAIL, failure reports, FAIL, and the way back.
 * Source: markNodeAsFailingIfNeeded, clearNodeFailureIfNeeded, clusterNodeAddFailureReport,
 * clusterNodeCleanupFailureReports, src/cluster.c.
 */
import {
  hasFailed,
  hasSlots,
  hasTimedOut,
  isMaster,
  isReplica,
  neededQuorum,
  type ClusterNode,
} from '../cluster-state';
import { FAIL_REPORT_VALIDITY_MULT, FAIL_UNDO_TIME_MULT } from '../config';
import type { NodeId } from '../ids';
import { broadcastFail } from '../messages/send';
import { setFailureFlag } from '../table';
import { isSwitchedOn } from '../teaching-switches';
import type { Turn } from '../turn';

/** Files or refreshes the report of master `by` about `id`. */
export function addFailReport(turn: Turn, id: NodeId, by: NodeId): void {
  const node = turn.edit(id);
  const known = node.failReports.some((report) => report.by === by);
  const others = node.failReports.filter((report) => report.by !== by);
  const report = { by, atMs: turn.nowMs };
  // A refreshed report keeps its place, so that seats do not change places.
  node.failReports = known
    ? node.failReports.map((old) => (old.by === by ? report : old))
    : [...others, report];
  if (known) return;
  turn.log('verbose', `Node ${by} reported node ${id} as not reachable.`);
  turn.note(reportNote(turn, 'report.add', id, by));
}

/** Takes back the report of `by` about `id`, if there is one. */
export function removeFailReport(turn: Turn, id: NodeId, by: NodeId): void {
  const { failReports } = turn.node(id)!;
  if (failReports.length === 0 || !failReports.some((report) => report.by === by)) return;
  turn.edit(id).failReports = failReports.filter((report) => report.by !== by);
  cleanFailReports(turn, id);
  turn.log('verbose', `Node ${by} reported node ${id} is back online.`);
  turn.note(reportNote(turn, 'report.expire', id, by));
}

/** How many reports about `id` are still valid; drops the others, as Redis does when it counts. */
export function countFailReports(turn: Turn, id: NodeId): number {
  return cleanFailReports(turn, id).length;
}

function cleanFailReports(turn: Turn, id: NodeId): ClusterNode['failReports'] {
  const { failReports } = turn.node(id)!;
  if (failReports.length === 0) return failReports;
  const validMs = turn.state.config.nodeTimeoutMs * FAIL_REPORT_VALIDITY_MULT;
  const isOld = (report: { atMs: number }): boolean => turn.nowMs - report.atMs > validMs;
  if (!failReports.some(isOld)) return failReports;
  for (const report of failReports.filter(isOld)) {
    turn.note(reportNote(turn, 'report.expire', id, report.by));
  }
  turn.edit(id).failReports = failReports.filter((report) => !isOld(report));
  return turn.node(id)!.failReports;
}

function reportNote(turn: Turn, event: 'report.add' | 'report.expire', id: NodeId, by: NodeId) {
  return { event, at: turn.state.name, about: turn.nameOf(id), by: turn.nameOf(by) } as const;
}

/** Own suspicion plus a majority of masters: suspicion becomes FAIL, and everyone is told. */
export function markNodeAsFailingIfNeeded(turn: Turn, id: NodeId): void {
  const node = turn.node(id)!;
  if (!hasTimedOut(node) || hasFailed(node)) return;
  // A master counts itself as one of the voters; a replica must collect every vote from masters.
  const failures = countFailReports(turn, id) + (isMaster(turn.me) ? 1 : 0);
  if (failures < neededQuorum(turn.state)) return;
  turn.log('notice', `Marking node ${id} as failing (quorum reached).`);
  setFailureFlag(turn, id, 'fail');
  turn.edit(id).failMs = turn.nowMs;
  // Not real Redis if switched on: the verdict is kept to oneself.
  if (!isSwitchedOn(turn.state.config, 'no-fail-broadcast')) broadcastFail(turn, id);
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
}

/** A FAIL message is obeyed from any node we know; who sent it and why is not asked. */
export function obeyFail(
  turn: Turn,
  senderId: NodeId | null,
  headerSender: NodeId,
  about: NodeId,
): void {
  if (!senderId) {
    turn.log('notice', `Ignoring FAIL message from unknown node ${headerSender} about ${about}`);
    return;
  }
  const node = turn.node(about);
  if (!node || hasFailed(node) || about === turn.state.myId) return;
  turn.log('notice', `FAIL message received from ${headerSender} about ${about}`);
  setFailureFlag(turn, about, 'fail');
  turn.edit(about).failMs = turn.nowMs;
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/** A PONG came over our own link from a node we hold FAIL. */
export function clearNodeFailureIfNeeded(turn: Turn, id: NodeId): void {
  const node = turn.node(id)!;
  if (isReplica(node) || !hasSlots(node)) {
    const who = isReplica(node) ? 'replica' : 'master without slots';
    turn.log('notice', `Clear FAIL state for node ${id}: ${who} is reachable again.`);
    clearFail(turn, id);
    return;
  }
  const undoMs = turn.state.config.nodeTimeoutMs * FAIL_UNDO_TIME_MULT;
  if (turn.nowMs - node.failMs > undoMs) {
    turn.log(
      'notice',
      `Clear FAIL state for node ${id}: is reachable again and nobody is serving its slots after some time.`,
    );
    clearFail(turn, id);
  }
}

function clearFail(turn: Turn, id: NodeId): void {
  setFailureFlag(turn, id, null);
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
}
