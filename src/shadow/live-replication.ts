/**
 * What does not travel on the bus, taken as given while nodes run: how far a node's data has come,
 * and whether it hears its master. A poll may have said it; else whether the master's process runs.
 */
import { isReplica, lookupNode, myself, type ReplicationState } from '../protocol/cluster-state';
import type { CaptureNode, NodeNumber } from './capture';
import type { LiveNode } from './live-node';

/** What became of a process, and when. */
export interface ProcessNews {
  readonly atMs: number;
  readonly event: 'kill' | 'start' | 'stop' | 'continue';
}

/** A replica hears its master at least so often. */
const HEARD_MS = 1_000;

/** Puts the replication link of a shadow where the real one must be: up while the master runs. */
export function giveLiveReplication(
  ours: LiveNode,
  nodes: readonly CaptureNode[],
  lastOf: (node: NodeNumber) => ProcessNews | null,
  atMs: number,
): void {
  const { state } = ours;
  const me = myself(state);
  const master = me.masterId === null ? null : lookupNode(state, me.masterId);
  if (!isReplica(me) || !master) return;
  const number = nodes.find(({ id }) => id === master.id)?.number;
  const last = number === undefined ? null : lastOf(number);
  const { replication } = state;
  const change = changeOf(last, master.port, Math.floor(atMs));
  const isSame = (Object.keys(change) as (keyof ReplicationState)[]).every((key) =>
    key === 'lastInteractionMs'
      ? Math.abs(replication[key] - change[key]!) < HEARD_MS
      : replication[key] === change[key],
  );
  if (!isSame) ours.adopt(atMs, { replication: { ...replication, ...change } });
}

function changeOf(
  last: ProcessNews | null,
  masterPort: number,
  nowMs: number,
): Partial<ReplicationState> {
  const up = { link: 'up', connection: 'given', masterPort } as const;
  if (last?.event === 'kill') {
    return { link: 'down', connection: null, downSinceMs: Math.floor(last.atMs), masterPort };
  }
  const isStopped = last?.event === 'stop';
  return { ...up, lastInteractionMs: isStopped ? Math.floor(last.atMs) : nowMs };
}
