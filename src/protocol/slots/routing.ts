/**
 * Whether this node serves a command, or which error sends the client elsewhere.
 * Source: getNodeByQuery, clusterRedirectClient, getPreferredEndpoint, src/cluster.c.
 * Simplified: no command waits for a key to appear (BLPOP), so nobody who waits is redirected.
 */
import {
  isReplica,
  myself,
  slotOwner,
  type ClusterNode,
  type ClusterState,
} from '../cluster-state';
import { hasKey } from './database';
import type { Slot } from '../ids';
import { keySlot } from '../key-slot';
import type { Reply } from '../reply';

export interface Query {
  /** Of the command, or of everything an EXEC would run; shard channels count as keys. */
  readonly keys: readonly string[];
  /** The command has the WRITE flag. EXEC has not, whatever it runs. */
  readonly isWrite: boolean;
  /** The command writes, or is an EXEC of something that does. */
  readonly writes: boolean;
  /** The client has sent ASKING, or the command needs none: RESTORE-ASKING. */
  readonly asking: boolean;
  readonly readonlyClient: boolean;
  /** SSUBSCRIBE, SUNSUBSCRIBE or SPUBLISH. */
  readonly isShardChannel: boolean;
  readonly isMigrate: boolean;
  readonly nowMs: number;
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
  const down = downReply(state, query);
  if (down) return down;
  const open = openSlotReply(state, { slot, isMine: owner.id === state.myId }, query);
  if (open !== 'closed') return open;
  if (owner.id === state.myId || servesAsReplica(state, owner, query)) return null;
  return redirect(state, 'MOVED', slot, owner);
}

/** What a node answers about keys while it believes the cluster to be down. */
function downReply({ state, config }: ClusterState, query: Query): Reply | null {
  const down = 'CLUSTERDOWN The cluster is down';
  if (state === 'ok') return null;
  if (query.isShardChannel) {
    return config.allowPubsubShardWhenDown ? null : { type: 'error', text: down };
  }
  if (!config.allowReadsWhenDown) return { type: 'error', text: down };
  return query.isWrite ? { type: 'error', text: `${down} and only accepts read commands` } : null;
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
  if (query.isMigrate) return null;
  const missing = query.isShardChannel
    ? 0
    : query.keys.filter((key) => !hasKey(state, key, query.nowMs)).length;
  const tryAgain: Reply = {
    type: 'error',
    text: 'TRYAGAIN Multiple keys request during rehashing of slot',
  };
  if (targetId !== undefined) {
    if (missing === 0) return 'closed';
    if (missing < query.keys.length) return tryAgain;
    const target = state.nodes.find((node) => node.id === targetId);
    return target ? redirect(state, 'ASK', slot, target) : 'closed';
  }
  if (!query.asking) return 'closed';
  return new Set(query.keys).size > 1 && missing > 0 ? tryAgain : null;
}

/** A replica reads for who has said READONLY, and speaks on its master's shard channels. */
function servesAsReplica(state: ClusterState, owner: ClusterNode, query: Query): boolean {
  const me = myself(state);
  if (!isReplica(me) || me.masterId !== owner.id || query.writes) return false;
  return query.readonlyClient || query.isShardChannel;
}

function redirect(state: ClusterState, kind: 'MOVED' | 'ASK', slot: Slot, to: ClusterNode): Reply {
  return { type: 'error', text: `${kind} ${slot} ${preferredEndpoint(state, to)}:${to.port}` };
}

/** Where clients are told to find a node; `?` for a hostname nobody knows. */
export function preferredEndpoint({ config }: ClusterState, node: ClusterNode): string {
  switch (config.preferredEndpointType) {
    case 'ip':
      return node.ip;
    case 'hostname':
      return node.hostname || '?';
    case 'unknown-endpoint':
      return '';
  }
}
