/** Whether there is nothing to tell: a cluster as it should be. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { SLOT_COUNT } from '../../protocol/ids';
import { slotCount } from '../../protocol/slot-ranges';

/** All run, all know each other, each slot is served by one, and nobody suspects anybody. */
export function isCalm({ nodes }: ClusterFrame): boolean {
  // Two masters may call one slot their own, and both say ok.
  const own = nodes.flatMap(({ name, view }) => view.rows.filter((row) => row.name === name));
  if (own.reduce((sum, { slots }) => sum + slotCount(slots), 0) !== SLOT_COUNT) return false;
  return nodes.every(
    ({ process, view }) =>
      process === 'running' &&
      view.clusterState === 'ok' &&
      view.rows.length >= nodes.length &&
      view.rows.every(({ flags }) => !flags.includes('pfail') && !flags.includes('fail')),
  );
}
