/**
 * The ten ticks a second: reconnect, ping, suspect, tidy up.
 * Source: serverCron, src/server.c; clusterCron, clusterNodeCronHandleReconnect, src/cluster.c.
 */
import { updateMyHostname } from '../messages/announce';
import {
  hasFailed,
  hasNoAddress,
  hasTimedOut,
  isInHandshake,
  isMaster,
  type ClusterNode,
} from '../cluster-state';
import { MIN_HANDSHAKE_TIMEOUT_MS, TICKS_PER_SECOND } from '../config';
import { activeExpireCycle } from '../slots/database';
import { PURPOSE, drawInt } from '../draw';
import type { NodeId } from '../ids';
import { dialNode, dropLink, freeLinkOverLimit } from '../messages/links';
import { giveUpManualFailover } from '../failover/manual-failover';
import { closeIdleSockets } from '../slots/migration';
import { TRAIT, traitsOf } from '../places';
import { forEachPlaceToLookAt, placeDueMs } from './quiet-ticks';
import { followMasterAgain, replicationCron, replicationTick } from '../replication/replication';
import { sendOwnPing, sendPing } from '../messages/send';
import { deleteNode, setFailureFlag } from '../table';
import type { Turn } from '../turn';
import { endElapsedPause } from '../failover/write-pause';

const RANDOM_PING_CANDIDATES = 5;

/** One tick, up to the point where clusterCron turns to failover. */
export function clusterCron(turn: Turn): void {
  const { state } = turn;
  endElapsedPause(turn);
  activeExpireCycle(turn);
  replicationTick(turn);
  // serverCron runs replicationCron first, in the first tick and in every tenth after it.
  if (state.cronIteration % TICKS_PER_SECOND === 0) replicationCron(turn);
  state.cronIteration++;
  updateMyHostname(turn);
  state.pfailNodes = 0;
  const { restless, due } = whoToLookAfter(turn);
  for (const id of restless) keepConnected(turn, id);
  if (state.cronIteration % TICKS_PER_SECOND === 0) pingStalestOfFive(turn);
  for (const id of due) checkNode(turn, id);
  if (state.cronIteration % TICKS_PER_SECOND === 0) closeIdleSockets(turn);
  followMasterAgain(turn);
  giveUpManualFailover(turn);
  if (state.state === 'fail') turn.doBeforeSleep({ updateState: true });
}

interface Care {
  /** Whom to connect to, or to count as failing; most have a link and are well. */
  readonly restless: readonly NodeId[];
  /** Who has been silent for so long, or has to be told so much, that a tick minds. */
  readonly due: readonly NodeId[];
}

/** By their ids: places shift when an entry goes. */
function whoToLookAfter(turn: Turn): Care {
  const { state, nowMs } = turn;
  const { nodes, config, manualFailover } = state;
  const traits = turn.glance?.traits ?? null;
  const isLimited = config.linkSendbufLimitBytes !== 0;
  const { replicaId } = manualFailover;
  const replicaPlace = replicaId === null ? -1 : turn.placeOf(replicaId);
  const [restless, due]: [NodeId[], NodeId[]] = [[], []];
  forEachPlaceToLookAt(turn, (place) => {
    const its = traits ? traits[place]! : traitsOf(nodes[place]!, state.myId);
    if (isLimited || its & TRAIT.RESTLESS) restless.push(nodes[place]!.id);
    const isDue = nowMs >= placeDueMs(state, place, traits) || place === replicaPlace;
    if (isDue) due.push(nodes[place]!.id);
  });
  return { restless, due };
}

function keepConnected(turn: Turn, id: NodeId): void {
  const { state } = turn;
  freeLinkOverLimit(turn, id);
  const node = turn.node(id)!;
  if (id === state.myId || hasNoAddress(node)) return;
  if (hasTimedOut(node)) state.pfailNodes++;
  const handshakeMs = Math.max(state.config.nodeTimeoutMs, MIN_HANDSHAKE_TIMEOUT_MS);
  if (isInHandshake(node) && turn.nowMs - node.createdMs > handshakeMs) {
    deleteNode(turn, id);
    return;
  }
  if (!node.link) dialNode(turn, id);
}

/** Five random nodes; the one with the oldest PONG is pinged. */
function pingStalestOfFive(turn: Turn): void {
  const { state } = turn;
  let stalest: ClusterNode | null = null;
  let oldestMs = 0;
  for (let i = 0; i < RANDOM_PING_CANDIDATES; i++) {
    const index = drawInt(
      state.nodes.length,
      state.seed,
      PURPOSE.pingCandidate,
      state.port,
      turn.nowMs,
      i,
    );
    const node = state.nodes[index]!;
    if (!node.link || node.id === state.myId || isInHandshake(node)) continue;
    if (state.vitals.pingSentMs(index) !== 0) continue;
    const pongReceivedMs = state.vitals.pongReceivedMs(index);
    if (stalest && pongReceivedMs >= oldestMs) continue;
    stalest = node;
    oldestMs = pongReceivedMs;
  }
  if (!stalest) return;
  turn.log('debug', `Pinging node ${stalest.id}`);
  sendOwnPing(turn, stalest.id);
}

function checkNode(turn: Turn, id: NodeId): void {
  const { state, nowMs } = turn;
  const before = turn.node(id);
  if (!before || id === state.myId || hasNoAddress(before) || isInHandshake(before)) return;
  const timeoutMs = state.config.nodeTimeoutMs;
  const halfMs = Math.floor(timeoutMs / 2);
  if (linkIsStale(turn, before, halfMs)) dropLink(turn, id);
  const node = turn.node(id)!;
  const { pingSentMs, pongReceivedMs, dataReceivedMs } = turn.vitals(id);
  if (node.link && pingSentMs === 0 && nowMs - pongReceivedMs > halfMs) {
    sendOwnPing(turn, id);
    return;
  }
  // A master that paused for this replica tells it its offset ten times a second.
  if (node.link && isMaster(turn.me) && state.manualFailover.replicaId === id) {
    sendPing(turn, id);
    return;
  }
  if (pingSentMs === 0) return;
  // Any data counts as a sign of life, not only the PONG.
  const silentMs = Math.min(nowMs - pingSentMs, nowMs - dataReceivedMs);
  if (silentMs > timeoutMs && !hasTimedOut(node) && !hasFailed(node)) {
    turn.log('debug', `*** NODE ${id} possibly failing`);
    setFailureFlag(turn, id, 'pfail');
    turn.doBeforeSleep({ updateState: true });
  }
}

function linkIsStale(turn: Turn, { id, link }: ClusterNode, halfMs: number): boolean {
  const { nowMs, state } = turn;
  const { pingSentMs, dataReceivedMs } = turn.vitals(id);
  return (
    link !== null &&
    nowMs - link.createdMs > state.config.nodeTimeoutMs &&
    pingSentMs !== 0 &&
    nowMs - pingSentMs > halfMs &&
    nowMs - dataReceivedMs > halfMs
  );
}
