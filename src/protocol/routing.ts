/**
 * Whether this node serves a command, or which error sends the client elsewhere.
 * Source: getNodeByQuery, clusterRedirectClient, src/cluster.c.
 */
import { myself, slotOwner, type ClusterState } from './cluster-state';
import { isReplica } from './cluster-state';
import type { Slot } from './ids';
import { keySlot } from './key-slot';
import { findKey } from './keyspace';
import type { Reply } from './reply';

export interface Query {
  readonly keys: readonly string[];
  readonly isWrite: boolean;
  readonly asking: boolean;
  readonly readonlyClient: boolean;
}

/**
 * Null when this node serves the query; else the error it answers. The order of checks is Redis's.
 */
export function redirectFor(state: ClusterState, query: Query): Reply | null {
  const [firstKey] = query.keys;
  if (firstKey === undefined) return null;
  const slot = keySlot(firstKey);
  const owner = slotOwner(state, slot);
  if (!owner) return { type: 'error', text: 'CLUSTERDOWN Hash slot not served' };
  if (query.keys.some((key) => keySlot(key) !== slot)) {
    return { type: 'error', text: "CROSSSLOT Keys in request don't hash to the same slot" };
  }
  if (state.state === 'fail') return { type: 'error', text: 'CLUSTERDOWN The cluster is down' };
  const open = openSlotReply(state, { slot, isMine: owner.id === state.myId }, query);
  if (open !== 'closed') return open;
  const me = myself(state);
  const servedAsReplica =
    isReplica(me) && owner.id === me.masterId && query.readonlyClient && !query.isWrite;
  if (owner.id === me.id || servedAsReplica) return null;
  return { type: 'error', text: `MOVED ${slot} ${owner.ip}:${owner.port}` };
}

/** A slot on the move: served here, asked for over there, or tried again. */
function openSlotReply(
  state: ClusterState,
  { slot, isMine }: { readonly slot: Slot; readonly isMine: boolean },
  query: Query,
): Reply | null | 'closed' {
  const targetId = isMine ? state.migratingTo[slot] : undefined;
  const isImporting = state.importingFrom[slot] !== undefined;
  if (targetId === undefined && !isImporting) return 'closed';
  const missing = query.keys.filter((key) => !findKey(state.keys, key)).length;
  const tryAgain: Reply = {
    type: 'error',
    text: 'TRYAGAIN Multiple keys request during rehashing of slot',
  };
  if (targetId !== undefined) {
    if (missing === 0) return null;
    if (missing < query.keys.length) return tryAgain;
    const target = state.nodes.find((node) => node.id === targetId);
    return target ? { type: 'error', text: `ASK ${slot} ${target.ip}:${target.port}` } : null;
  }
  if (!query.asking) return 'closed';
  return new Set(query.keys).size > 1 && missing > 0 ? tryAgain : null;
}
