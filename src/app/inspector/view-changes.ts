/** What differs between two moments of one node's belief, row by row and value by value. */
import type { FrameRow, NodeView } from '../../protocol/cluster-frame';
import { printSlots } from '../../protocol/slot-ranges';
import { redisFlags } from '../panels/node-values';

export interface ViewChange {
  /** The row it stands in; null for a value of the node itself. */
  readonly about: string | null;
  /** As CLUSTER NODES and CLUSTER INFO call it. */
  readonly field: string;
  /** Empty: there was nothing. */
  readonly was: string;
  readonly now: string;
}

/** Everything that has changed but the times of contacts and the replication offset. */
export function viewChanges(before: NodeView, after: NodeView): ViewChange[] {
  return [...ownChanges(before, after), ...rowChanges(before, after)];
}

const OWN: readonly (readonly [field: string, print: (view: NodeView) => string])[] = [
  ['role', (view) => (view.role === 'replica' ? `slave ${view.master ?? ''}`.trim() : 'master')],
  ['cluster_state', (view) => view.clusterState],
  ['cluster_size', (view) => String(view.size)],
  ['currentEpoch', (view) => String(view.currentEpoch)],
  ['lastVoteEpoch', (view) => String(view.lastVoteEpoch ?? '–')],
  ['votes', (view) => String(view.failover.voteCount)],
];

function ownChanges(before: NodeView, after: NodeView): ViewChange[] {
  return OWN.flatMap(([field, print]) => {
    const [was, now] = [print(before), print(after)];
    return was === now ? [] : [{ about: null, field, was, now }];
  });
}

const OF_ROW: readonly (readonly [field: string, print: (row: FrameRow) => string])[] = [
  ['flags', (row) => redisFlags(row.flags)],
  ['slots', (row) => printSlots(row.slots)],
  ['configEpoch', (row) => String(row.configEpoch)],
  ['master', (row) => row.master ?? ''],
  ['fail_reports', (row) => row.failReports.map(reportText).join(', ')],
];

/** With the moment until which it is good: a report that is renewed is news. */
const reportText = ({ by, expiresAtMs }: FrameRow['failReports'][number]): string =>
  `${by} (${(expiresAtMs / 1000).toFixed(1)} s)`;

function rowChanges(before: NodeView, after: NodeView): ViewChange[] {
  const earlier = new Map(before.rows.map((row) => [row.id, row]));
  const gone = before.rows.filter(({ id }) => !after.rows.some((row) => row.id === id));
  const lost = gone.map(({ name }) => ({ about: name, field: 'node', was: name, now: '' }));
  const changed = after.rows.flatMap((row) => {
    const old = earlier.get(row.id);
    return OF_ROW.flatMap(([field, print]) => {
      const [was, now] = [old ? print(old) : '', print(row)];
      return was === now ? [] : [{ about: row.name, field, was, now }];
    });
  });
  return [...lost, ...changed];
}
