import type { ClusterFrame, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';

/**
 * The node in trouble, which the stage's callout and the lanes are about; null when all is well.
 * Most talked about first: FAIL, then PFAIL and reports, then what only the simulator knows.
 */
export function subjectOf(frame: ClusterFrame): NodeName | null {
  let subject: NodeName | null = null;
  let gravest = 0;
  for (const node of frame.nodes) {
    const gravity = gravityOf(node, frame);
    if (gravity > gravest) [subject, gravest] = [node.name, gravity];
  }
  return subject;
}

/** What replicas are held to be never outweighs a master in trouble. */
const MASTERS_FIRST = 1_000_000;

function gravityOf(node: FrameNode, frame: ClusterFrame): number {
  let gravity = node.process === 'running' ? 0 : 1;
  for (const observer of frame.nodes) {
    if (observer.name === node.name || observer.process !== 'running') continue;
    const row = observer.view.rows.find((r) => r.name === node.name);
    if (row === undefined) continue;
    if (row.flags.includes('fail')) gravity += 100;
    else if (row.flags.includes('pfail')) gravity += 10;
    gravity += row.failReports.length;
  }
  // A master's trouble concerns its slots, and so everyone.
  return node.view.role === 'master' ? gravity * MASTERS_FIRST : gravity;
}
