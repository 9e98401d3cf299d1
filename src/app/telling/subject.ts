import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';

/**
 * The node in trouble, which the stage's callout and the lanes are about; null when all is well.
 * Most talked about first: FAIL, then PFAIL and reports, then what only the simulator knows.
 */
export function subjectOf(frame: ClusterFrame): NodeName | null {
  let subject: NodeName | null = null;
  let gravest = 0;
  const talk = talkOf(frame);
  for (const { name, process, view } of frame.nodes) {
    const known = (process === 'running' ? 0 : 1) + (talk.get(name) ?? 0);
    // A master's trouble concerns its slots, and so everyone.
    const gravity = view.role === 'master' ? known * MASTERS_FIRST : known;
    if (gravity > gravest) [subject, gravest] = [name, gravity];
  }
  return subject;
}

/** What replicas are held to be never outweighs a master in trouble. */
const MASTERS_FIRST = 1_000_000;

/** How gravely those that run speak of each node. */
function talkOf({ nodes }: ClusterFrame): ReadonlyMap<NodeName, number> {
  const talk = new Map<NodeName, number>();
  for (const { name: observer, process, view } of nodes) {
    if (process !== 'running') continue;
    for (const { name, flags, failReports } of view.rows) {
      const verdict = flags.includes('fail') ? 100 : flags.includes('pfail') ? 10 : 0;
      const gravity = verdict + failReports.length;
      if (gravity > 0 && name !== observer) talk.set(name, (talk.get(name) ?? 0) + gravity);
    }
  }
  return talk;
}
