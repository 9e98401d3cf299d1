/**
 * Ticks in which nothing can happen: whoever runs a process may leave them out, and only count
 * them. When in doubt a tick is not quiet.
 * Source: serverCron, src/server.c; replicationCron, src/replication.c; clusterCron,
 * src/cluster.c: what each of their parts waits for.
 */
import {
  hasNoAddress,
  isInHandshake,
  isReplica,
  type ClusterNode,
  type ClusterState,
} from '../cluster-state';
import { CRON_PERIOD_MS, TICKS_PER_SECOND } from '../config';
import { FAIL, PFAIL } from '../flags';
import type { Vitals } from '../vitals';
import { TRAIT, indexOf, traitsOf } from '../places';
import { migrationIsDue } from '../failover/replica-migration';
import type { Mutable, Turn } from '../turn';

/** No tick will ever find anything to do. */
const NEVER = Number.MAX_SAFE_INTEGER;
/** Every tick has to run. */
const AT_ONCE = 0;
/** In seconds, and a little before repl-timeout, so that rounding does not matter. */
const ROUNDING_MS = 2_000;

/** Entries of a table that are looked at together: what waits for one of them waits for all. */
const BLOCK = 32;
const NO_BLOCKS: readonly number[] = [];

/** The places of the entries a tick has to look at; with all others it would do nothing. */
export function forEachPlaceToLookAt({ state, nowMs }: Turn, visit: (place: number) => void): void {
  const { nodes, quietUntilMs, quietBlocksMs } = state;
  if (nowMs < quietUntilMs) return;
  const count = Math.ceil(nodes.length / BLOCK);
  for (let block = 0; block < count; block++) {
    if (quietUntilMs !== AT_ONCE && nowMs < quietBlocksMs[block]!) continue;
    const end = Math.min(nodes.length, (block + 1) * BLOCK);
    for (let place = block * BLOCK; place < end; place++) visit(place);
  }
}

/** To be called when a tick has run: up to when the next ones have nothing to do. */
export function foreseeQuiet(turn: Turn): void {
  const { state, nowMs } = turn;
  const isKnown = state.quietUntilMs !== AT_ONCE;
  if (isKnown && nowMs < state.quietUntilMs) return;
  if (!isKnown && !isAtRest(turn)) return;
  const count = Math.ceil(state.nodes.length / BLOCK);
  const known = isKnown ? state.quietBlocksMs : NO_BLOCKS;
  const traits = turn.glance?.traits ?? null;
  const blocks = Array.from({ length: count }, (_, block) => {
    const untilMs = known[block] ?? AT_ONCE;
    return nowMs < untilMs ? untilMs : blockUntilMs(state, block, traits);
  });
  state.quietBlocksMs = blocks;
  state.quietUntilMs = blocks.reduce((least, untilMs) => Math.min(least, untilMs), NEVER);
}

/** `traits` of the entries, as far as they are known. */
function blockUntilMs(state: ClusterState, block: number, traits: Uint8Array | null): number {
  let untilMs = NEVER;
  const end = Math.min(state.nodes.length, (block + 1) * BLOCK);
  for (let place = block * BLOCK; place < end; place++) {
    const dueMs = placeDueMs(state, place, traits);
    if (dueMs < untilMs) untilMs = dueMs;
  }
  return untilMs;
}

/** When a tick has to do something with the node at a place; with the node itself, never. */
export function placeDueMs(
  { nodes, vitals, myId, config }: ClusterState,
  place: number,
  traits: Uint8Array | null,
): number {
  const its = traits ? traits[place]! : traitsOf(nodes[place]!, myId);
  if (its & (TRAIT.MYSELF | TRAIT.NO_ADDRESS)) return NEVER;
  if (its & TRAIT.RESTLESS) return AT_ONCE;
  const { nodeTimeoutMs } = config;
  if (vitals.isPinged(place)) {
    return entryDueMs(nodes[place]!, vitals, place, nodeTimeoutMs);
  }
  // What is true of nearly all: no ping is pending. The entry itself is not even looked at.
  return vitals.pongReceivedMs(place) + Math.floor(nodeTimeoutMs / 2) + 1;
}

/** When a tick will ping this node, drop the link to it, or suspect it, if nothing comes before. */
export function entryDueMs(
  node: ClusterNode,
  vitals: Vitals,
  place: number,
  timeoutMs: number,
): number {
  if (hasNoAddress(node)) return NEVER;
  if (node.link === null || node.flags & (FAIL | PFAIL) || isInHandshake(node)) return AT_ONCE;
  const halfMs = Math.floor(timeoutMs / 2);
  const pingSentMs = vitals.pingSentMs(place);
  if (pingSentMs === 0) return vitals.pongReceivedMs(place) + halfMs + 1;
  const heardMs = Math.max(pingSentMs, vitals.dataReceivedMs(place));
  const staleMs = Math.max(node.link.createdMs + timeoutMs, heardMs + halfMs);
  return Math.min(staleMs, heardMs + timeoutMs) + 1;
}

/** Nothing goes on that every tick looks after. */
function isAtRest(turn: Turn): boolean {
  const { state } = turn;
  const { replication, failover, config } = state;
  const { me } = turn;
  if (state.state !== 'ok' || state.pfailNodes !== 0 || state.keys.expiring > 0) return false;
  if (state.waiting.length > 0 || replication.waits.length > 0) return false;
  if (state.pausedUntilMs !== 0 || state.manualFailover.endMs !== 0 || state.migration !== null) {
    return false;
  }
  if (replication.copyUnderWay || replication.ackWanted) return false;
  if (config.linkSendbufLimitBytes !== 0 || config.announceHostname !== me.hostname) return false;
  if (!isReplica(me)) return true;
  if (me.masterId === null || replication.masterPort === 0) return false;
  const master = turn.node(me.masterId);
  const isCalm = master !== null && !(master.flags & FAIL) && failover.cantReason === 'none';
  return isCalm && !migrationIsDue(turn);
}

/**
 * To be called after every turn: only what it changed can bring that time nearer. What is kept is a
 * lower bound, so a tick that looks too early looks again.
 */
export function keepQuiet(before: ClusterState, turn: Turn): void {
  const { state } = turn;
  if (state.quietUntilMs === AT_ONCE) return;
  if (turn.tableIsAnother || !restIsAsBefore(before, state)) {
    state.quietUntilMs = AT_ONCE;
    return;
  }
  // The order of the table is as it was: an entry that was edited is beside what it was.
  for (const place of turn.editedPlaces) {
    const [after, old] = [state.nodes[place]!, turn.before[place]!];
    if (!isSameBond(old, after)) state.quietUntilMs = AT_ONCE;
    else if (after.id !== state.myId) bringNearer(state, place, after);
  }
  for (const place of turn.livelyPlaces) {
    const node = state.nodes[place]!;
    if (node === turn.before[place] && node.id !== state.myId) bringNearer(state, place, node);
  }
}

function bringNearer(state: Mutable<ClusterState>, place: number, node: ClusterNode): void {
  const dueMs = entryDueMs(node, state.vitals, place, state.config.nodeTimeoutMs);
  const block = Math.floor(place / BLOCK);
  if (dueMs < state.quietBlocksMs[block]!) {
    state.quietBlocksMs = state.quietBlocksMs.with(block, dueMs);
  }
  if (dueMs < state.quietUntilMs) state.quietUntilMs = dueMs;
}

/** Who it is, its role, its flags and whether a link leads to it. */
const isSameBond = (old: ClusterNode, after: ClusterNode): boolean =>
  old.id === after.id &&
  old.flags === after.flags &&
  old.masterId === after.masterId &&
  old.slots === after.slots &&
  old.hostname === after.hostname;

function restIsAsBefore(before: ClusterState, after: ClusterState): boolean {
  return (
    after.config === before.config &&
    after.myId === before.myId &&
    after.state === before.state &&
    after.pfailNodes === before.pfailNodes &&
    after.pausedUntilMs === before.pausedUntilMs &&
    after.manualFailover === before.manualFailover &&
    after.migration === before.migration &&
    after.waiting === before.waiting &&
    after.failover === before.failover &&
    after.keys.expiring === before.keys.expiring &&
    (after.replication === before.replication || sameErrands(before, after))
  );
}

function sameErrands(
  { replication: before }: ClusterState,
  { replication: after }: ClusterState,
): boolean {
  return (
    after.masterPort === before.masterPort &&
    after.copyUnderWay === before.copyUnderWay &&
    after.ackWanted === before.ackWanted &&
    after.waits === before.waits
  );
}

/**
 * Whether the tick that comes at `nowMs`, after `passedTicks` that were left out, would do nothing
 * but count. Every tenth pings; the one after it looks after replication.
 */
export function tickIsQuiet(state: ClusterState, nowMs: number, passedTicks: number): boolean {
  if (somethingIsDue(state, nowMs)) return false;
  const behind = state.cronIteration + passedTicks;
  if ((behind + 1) % TICKS_PER_SECOND === 0) return false;
  if (behind % TICKS_PER_SECOND === 0 && !replicationIsQuiet(state, nowMs, behind)) return false;
  return isSettled(state);
}

/** What is kept may be too early: much has come in since. */
function somethingIsDue(state: ClusterState, nowMs: number): boolean {
  const { quietUntilMs, quietBlocksMs } = state;
  if (nowMs < quietUntilMs) return false;
  if (quietUntilMs === AT_ONCE) return true;
  const { traits } = indexOf(state.myId).of(state.nodes);
  for (let block = 0; block < quietBlocksMs.length; block++) {
    if (nowMs >= quietBlocksMs[block]! && nowMs >= blockUntilMs(state, block, traits)) return true;
  }
  return false;
}

/** No replica is pinged, waits for a copy, or has been silent for too long. */
function replicationIsQuiet({ replication, config }: ClusterState, nowMs: number, behind: number) {
  const { masterPort, replicas, backlog } = replication;
  if (masterPort !== 0 || config.minReplicasToWrite > 0) return false;
  if (replicas.length === 0) return backlog === null;
  if ((behind * CRON_PERIOD_MS) % config.replPingPeriodMs === 0) return false;
  return replicas.every(
    ({ state, ackMs }) => state === 'online' && nowMs - ackMs < config.replTimeoutMs - ROUNDING_MS,
  );
}

/** Nothing was left for the end of the turn, and nobody waits. */
export function isSettled({ todo, waiting }: ClusterState): boolean {
  const { handleFailover, handleManualFailover, updateState, saveConfig } = todo;
  const isDue = handleFailover || handleManualFailover || updateState || saveConfig;
  return !isDue && waiting.length === 0;
}
