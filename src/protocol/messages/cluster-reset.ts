/**
 * A node leaves its cluster: it knows nobody any more, and serves nothing.
 * Source: clusterReset, src/cluster.c.
 */
import { dropFromMemory } from '../slots/append-only-file';
import { isReplica } from '../cluster-state';
import { PURPOSE, drawHex } from '../draw';
import { nodeId } from '../ids';
import { NO_KEYS } from '../keyspace';
import { resetManualFailover } from '../failover/manual-failover';
import { unsetReplicationMaster } from '../replication/replication';
import { ALL_SLOTS } from '../slot-ranges';
import { deleteNode, setNodeAsMaster, unbindSlots } from '../table';
import type { Turn } from '../turn';

/** `soft` keeps id and epochs; `hard` makes a node nobody has ever seen. */
export function resetCluster(turn: Turn, mode: 'soft' | 'hard'): void {
  const { state } = turn;
  if (isReplica(turn.me)) {
    setNodeAsMaster(turn, state.myId);
    unsetReplicationMaster(turn);
    dropFromMemory(turn, NO_KEYS);
  }
  state.migratingTo = {};
  state.importingFrom = {};
  resetManualFailover(turn);
  unbindSlots(turn, ALL_SLOTS);
  for (const { id } of [...state.nodes]) if (id !== state.myId) deleteNode(turn, id);
  if (mode === 'hard') becomeSomeoneElse(turn);
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

function becomeSomeoneElse(turn: Turn): void {
  const { state } = turn;
  state.currentEpoch = 0;
  state.lastVoteEpoch = 0;
  turn.edit(state.myId).configEpoch = 0;
  turn.log('warning', 'configEpoch set to 0 via CLUSTER RESET HARD');
  const id = nodeId(drawHex(40, state.seed, PURPOSE.nodeId, state.port, turn.nowMs));
  turn.renameNode(state.myId, id);
  state.myId = id;
  turn.log('notice', `Node hard reset, now I'm ${id}`);
}
