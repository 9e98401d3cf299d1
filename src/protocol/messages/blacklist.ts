/**
 * Nodes that gossip may not bring back: those forgotten less than a minute ago.
 * Source: clusterBlacklistAddNode, clusterBlacklistCleanup, clusterBlacklistExists, src/cluster.c.
 */
import { BLACKLIST_TTL_MS } from '../config';
import type { NodeId } from '../ids';
import type { Turn } from '../turn';

/** Bans an id for a minute, counted in whole seconds. MEET minds no ban. */
export function ban(turn: Turn, id: NodeId): void {
  dropElapsedBans(turn);
  const untilMs = thisSecondMs(turn) + BLACKLIST_TTL_MS;
  turn.state.blacklist = { ...turn.state.blacklist, [id]: untilMs };
}

/** Whether gossip about `id` is to be ignored. */
export function isBlacklisted(turn: Turn, id: NodeId): boolean {
  dropElapsedBans(turn);
  return id in turn.state.blacklist;
}

function dropElapsedBans(turn: Turn): void {
  const bans = Object.entries(turn.state.blacklist) as [NodeId, number][];
  const left = bans.filter(([, untilMs]) => untilMs >= thisSecondMs(turn));
  if (left.length < bans.length) turn.state.blacklist = Object.fromEntries(left);
}

/** The clock that counts here ticks in seconds. */
const thisSecondMs = ({ nowMs }: Turn): number => Math.floor(nowMs / 1_000) * 1_000;
