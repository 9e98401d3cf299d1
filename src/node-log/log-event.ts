/**
 * What a line of a log says about the cluster. Releases differ by the name of a node in brackets
 * behind its id, which 7.2 added and which is empty unless it was given one.
 * Source: clusterUpdateState, markNodeAsFailingIfNeeded, clearNodeFailureIfNeeded,
 * clusterProcessPacket, clusterSendFailoverAuthIfNeeded, src/cluster.c.
 */
import type { Epoch, NodeId } from '../protocol/ids';

export type LogEvent =
  | { readonly type: 'state'; readonly state: 'ok' | 'fail' }
  /** A majority agreed, by what this node knows. */
  | { readonly type: 'marked'; readonly about: NodeId }
  | { readonly type: 'told'; readonly by: NodeId; readonly about: NodeId }
  | { readonly type: 'cleared'; readonly about: NodeId; readonly why: ClearReason }
  | { readonly type: 'granted'; readonly to: NodeId; readonly epoch: Epoch }
  | { readonly type: 'denied'; readonly to: NodeId; readonly reason: string }
  | { readonly type: 'config-epoch'; readonly epoch: Epoch }
  | { readonly type: 'identity'; readonly id: NodeId };

/** A replica or a master without slots is forgiven at once; else nobody took its slots in time. */
export type ClearReason = 'replica' | 'empty-master' | 'unserved';

const ID = '([0-9a-f]{40})(?: \\([^)]*\\))?';
const PATTERNS: readonly (readonly [RegExp, (words: readonly string[]) => LogEvent])[] = [
  [
    /^Cluster state changed: (ok|fail)$/,
    ([state]) => ({ type: 'state', state: state as 'ok' | 'fail' }),
  ],
  [
    new RegExp(`^Marking node ${ID} as failing \\(quorum reached\\)\\.$`),
    ([about]) => ({ type: 'marked', about: about as NodeId }),
  ],
  [
    new RegExp(`^FAIL message received from ${ID} about ${ID}$`),
    ([by, about]) => ({ type: 'told', by: by as NodeId, about: about as NodeId }),
  ],
  [
    new RegExp(`^Clear FAIL state for node ${ID}: ?(replica|master without slots|is reachable)`),
    ([about, who]) => ({ type: 'cleared', about: about as NodeId, why: REASONS[who!]! }),
  ],
  [
    new RegExp(`^Failover auth granted to ${ID} for epoch (\\d+)$`),
    ([to, epoch]) => ({ type: 'granted', to: to as NodeId, epoch: Number(epoch) }),
  ],
  [
    new RegExp(`^Failover auth denied to ${ID}: (.+)$`),
    ([to, reason]) => ({ type: 'denied', to: to as NodeId, reason: reason! }),
  ],
  [
    /^configEpoch set to (\d+) via CLUSTER SET-CONFIG-EPOCH$/,
    ([epoch]) => ({ type: 'config-epoch', epoch: Number(epoch) }),
  ],
  [
    /^No cluster configuration found, I'm ([0-9a-f]{40})$/,
    ([id]) => ({ type: 'identity', id: id as NodeId }),
  ],
];

const REASONS: Readonly<Record<string, ClearReason>> = {
  replica: 'replica',
  'master without slots': 'empty-master',
  'is reachable': 'unserved',
};

/** Null for a line that says nothing about the cluster. */
export function readLogEvent(text: string): LogEvent | null {
  for (const [pattern, event] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return event(found.slice(1));
  }
  return null;
}
