/**
 * What CLUSTER NODES does not print of a node, from its first words: it is no disagreement that our
 * machine could not know it.
 */
import { isReplica, myself } from '../protocol/cluster-state';
import { MIGRATE_TO } from '../protocol/flags';
import type { BusMessage } from '../protocol/bus-message';
import type { Beside } from './live-beside';

/** Takes over what the first message of a node tells of itself. */
export function introduce(beside: Beside, message: BusMessage, atMs: number): void {
  // It has raised its epoch for this: what it had before does not show.
  if (message.type === 'FAILOVER_AUTH_REQUEST') return;
  beside.isIntroduced = true;
  const { ours } = beside;
  const me = myself(ours.state);
  const { currentEpoch, clusterState, configEpoch } = message;
  ours.adopt(atMs, {
    currentEpoch: Math.max(currentEpoch, ours.state.currentEpoch),
    state: clusterState,
  });
  const migrateTo = message.flags & MIGRATE_TO;
  if ((me.flags & MIGRATE_TO) !== migrateTo) {
    ours.adoptEntry(atMs, me.id, { flags: (me.flags & ~MIGRATE_TO) | migrateTo });
  }
  if (!isReplica(me) && message.masterId === null && me.configEpoch < configEpoch) {
    ours.adoptEntry(atMs, me.id, { configEpoch });
  }
}
