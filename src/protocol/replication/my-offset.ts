/**
 * How far this node's own data goes.
 * Source: replicationGetSlaveOffset, src/replication.c; clusterBuildMessageHdr, src/cluster.c.
 */
import { isReplica, myself, type ClusterState } from '../cluster-state';

/** What headers and views say, bytes; 0 for a replica that has nothing of its master yet. */
export function myOffsetBytes(state: ClusterState): number {
  const { offsetBytes, masterPort, link, cachedMaster } = state.replication;
  if (!isReplica(myself(state))) return offsetBytes;
  const hasMastersData = masterPort !== 0 && (link === 'up' || cachedMaster !== null);
  return hasMastersData ? offsetBytes : 0;
}
