/**
 * The log of one node, kept as it was written, and what has to be known beside it to read it: who
 * the others are, and what the rules prove where no line is printed.
 */
import type { Epoch, NodeId, NodeName } from '../protocol/ids';

/** Plain data: part of a scene, so that a lesson can open it like any other. */
export interface NodeLog {
  /** Whose log it is. */
  readonly node: NodeName;
  readonly members: Readonly<Record<NodeName, LogMember>>;
  /** As redis-server wrote them, oldest first. */
  readonly lines: readonly string[];
  readonly conclusions: readonly Conclusion[];
}

export interface LogMember {
  readonly id: NodeId;
  readonly ip: string;
}

/** What follows from a line, though the log does not say it. */
export type Conclusion = { readonly line: number } &
  /** From here on it knows all members, as they were created. */
  (
    | { readonly type: 'knows-all' }
    /** It holds these to be possibly failing; at level notice nothing is printed. */
    | { readonly type: 'suspects' | 'trusts'; readonly nodes: readonly NodeName[] }
    /** The verdict of this line came with a packet of `by`, a master that suspects the same node. */
    | { readonly type: 'reporter'; readonly by: NodeName }
    /** `owner` has the slots of `former` now, who copies it. */
    | {
        readonly type: 'owner';
        readonly owner: NodeName;
        readonly former: NodeName;
        readonly epoch: Epoch;
      }
  );
