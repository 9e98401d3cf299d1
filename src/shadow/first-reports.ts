/**
 * Failure reports from before the recording. CLUSTER NODES does not print them, but they show: a
 * node that logs that somebody "is back online" had one, and a node with a report about another
 * does not believe what gossip says about that one's PONGs, so it pings it sooner.
 * Source: clusterProcessGossipSection, src/cluster.c.
 */
import type { ClusterState, FailReport } from '../protocol/cluster-state';
import { FAIL_REPORT_VALIDITY_MULT } from '../protocol/config';
import type { NodeId } from '../protocol/ids';
import { wholeEntry } from '../protocol/whole-entries';
import type { Capture, CaptureNode } from './capture';
import { virtualMs } from './capture-time';
import type { ShadowNode } from './shadow-node';

const BACK = /^Node (\S{40}) reported node (\S{40}) is back online\.$/;
const GONE = /^Node (\S{40}) reported node (\S{40}) as not reachable\.$/;

export interface FirstReports {
  readonly nowMs: number;
  readonly about: (id: NodeId) => FailReport[];
}

/**
 * The reports `node` must have had when the recording began: those its log takes back, and one
 * about each node of `reported`, by whom nobody knows: it is put down to the node itself.
 */
export function firstReports(
  capture: Capture,
  node: CaptureNode,
  reported: ReadonlySet<NodeId>,
): FirstReports {
  const nowMs = virtualMs(capture, 0);
  const log = capture.log.filter((line) => line.node === node.number);
  const about = (id: NodeId): FailReport[] => {
    const seen = new Set<string>();
    const reports: FailReport[] = [];
    for (const line of log) {
      const match = BACK.exec(line.text) ?? GONE.exec(line.text);
      const by = match?.[1];
      if (by === undefined || match?.[2] !== id || seen.has(by)) continue;
      seen.add(by);
      if (BACK.test(line.text)) reports.push({ by: by as NodeId, atMs: nowMs });
    }
    return reported.has(id) ? [...reports, { by: node.id, atMs: nowMs }] : reports;
  };
  return { nowMs, about };
}

/**
 * When `id` itself last answered, if our machine has since borrowed a later PONG time from gossip
 * at a time when a report from before the recording may still have been valid; else null. A real
 * node that goes on counting from that answer had such a report.
 */
export function answerBeforeGossip(
  capture: Capture,
  shadow: ShadowNode,
  state: ClusterState,
  id: NodeId,
  atMs: number,
): number | null {
  if (atMs > capture.nodeTimeoutMs * FAIL_REPORT_VALIDITY_MULT) return null;
  const nowMs = virtualMs(capture, atMs);
  const answer = shadow.answers.findLast((one) => one.id === id && one.virtualMs <= nowMs);
  const entry = wholeEntry(state, id);
  if (!entry || !answer || entry.pongReceivedMs <= answer.virtualMs) return null;
  return answer.virtualMs;
}
