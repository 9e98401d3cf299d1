/**
 * Both sides of an election: when a replica stands, and what a voter asks before it votes.
 * Source: clusterHandleSlaveFailover, clusterGetSlaveRank, clusterLogCantFailover,
 * clusterSendFailoverAuthIfNeeded, clusterFailoverReplaceYourMaster, src/cluster.c.
 */
import type { BusMessage } from '../bus-message';
import {
  hasFailed,
  hasSlots,
  isMaster,
  isReplica,
  neededQuorum,
  replicasOf,
  slotOwner,
} from '../cluster-state';
import { type CantFailoverReason } from '../failover-state';
import {
  CANT_FAILOVER_RELOG_MS,
  ELECTION_FIXED_DELAY_MS,
  ELECTION_RANDOM_DELAY_MS,
  ELECTION_RANK_DELAY_MS,
  MIN_AUTH_TIMEOUT_MS,
} from '../config';
import { PURPOSE, drawInt } from '../draw';
import { NOFAILOVER } from '../flags';
import type { NodeId } from '../ids';
import { dataAgeMs, masterHasSlots, unsetReplicationMaster } from '../replication/replication';
import { manualPhase, resetManualFailover } from './manual-failover';
import { broadcastPong, requestVotes, sendVote } from '../messages/send';
import { updateClusterState } from '../slots/service-state';
import { commonSlots, withoutSlots } from '../slot-ranges';
import { bindSlots, setNodeAsMaster } from '../table';
import type { Turn } from '../turn';

/** What a replica should do about its master at this moment. */
export type FailoverVerdict =
  | 'not-needed'
  | 'data-too-old'
  | 'schedule'
  | 'wait-delay'
  | 'expired'
  | 'request-votes'
  | 'won'
  | 'wait-votes';

/** The decision, in Redis's order of checks. Reads only. */
export function failoverVerdict(turn: Turn): FailoverVerdict {
  const { failover, config } = turn.state;
  const authAgeMs = turn.nowMs - failover.authTimeMs;
  const authTimeoutMs = Math.max(config.nodeTimeoutMs * 2, MIN_AUTH_TIMEOUT_MS);
  if (!failoverIsNeeded(turn)) return 'not-needed';
  if (!dataIsRecent(turn)) return 'data-too-old';
  if (authAgeMs > authTimeoutMs * 2) return 'schedule';
  if (turn.nowMs < dueMs(turn)) return 'wait-delay';
  if (authAgeMs > authTimeoutMs) return 'expired';
  if (!failover.sent) return 'request-votes';
  return failover.voteCount >= neededQuorum(turn.state) ? 'won' : 'wait-votes';
}

function failoverIsNeeded(turn: Turn): boolean {
  const me = turn.me;
  const master = me.masterId ? turn.node(me.masterId) : null;
  if (isMaster(me) || !master || !masterHasSlots(turn)) return false;
  if (mayStandAtOnce(turn)) return true;
  return hasFailed(master) && !turn.state.config.replicaNoFailover;
}

/** A manual failover has got so far that neither a living master nor old data stands in its way. */
const mayStandAtOnce = ({ state }: Turn): boolean => manualPhase(state) === 'ready';

const isManual = ({ state }: Turn): boolean => manualPhase(state) !== 'none';

function dataIsRecent(turn: Turn): boolean {
  const { nodeTimeoutMs, replicaValidityFactor, replPingPeriodMs } = turn.state.config;
  if (replicaValidityFactor === 0 || mayStandAtOnce(turn)) return true;
  const ageMs = dataAgeMs(turn);
  const beyondTimeoutMs = ageMs > nodeTimeoutMs ? ageMs - nodeTimeoutMs : ageMs;
  return beyondTimeoutMs <= replPingPeriodMs + nodeTimeoutMs * replicaValidityFactor;
}

/** When the request is due, counting the second added for each rank lost since it was scheduled. */
function dueMs(turn: Turn): number {
  return turn.state.failover.authTimeMs + addedRankDelayMs(turn);
}

function addedRankDelayMs(turn: Turn): number {
  const { failover } = turn.state;
  if (failover.sent || isManual(turn)) return 0;
  return Math.max(0, replicaRank(turn) - failover.rank) * ELECTION_RANK_DELAY_MS;
}

/** How many replicas of the same master have seen more data. */
export function replicaRank(turn: Turn): number {
  const { masterId } = turn.me;
  if (!masterId) return 0;
  const offsetBytes = turn.state.replication.offsetBytes;
  return replicasOf(turn.state, masterId).filter(
    ({ id, flags }) =>
      id !== turn.state.myId && !(flags & NOFAILOVER) && turn.vitals(id).offsetBytes > offsetBytes,
  ).length;
}

/** Milliseconds a replica of `rank` waits before it asks for votes; `jitterMs` is 0 to 499. */
export function electionDelayMs(rank: number, jitterMs: number): number {
  // The fixed part lets the FAIL message reach the voters first.
  return ELECTION_FIXED_DELAY_MS + jitterMs + rank * ELECTION_RANK_DELAY_MS;
}

function drawJitterMs({ state, nowMs }: Turn): number {
  const { seed, port } = state;
  return drawInt(ELECTION_RANDOM_DELAY_MS, seed, PURPOSE.electionJitter, port, nowMs);
}

/**
 * Sets the hour of the election, and lets the siblings know this replica's offset. In a manual
 * failover, even one that still waits for its master's offset, the hour is now.
 */
export function scheduleElection(turn: Turn): void {
  const { state } = turn;
  const atOnce = isManual(turn);
  const rank = atOnce ? 0 : replicaRank(turn);
  const delayMs = atOnce ? 0 : electionDelayMs(rank, drawJitterMs(turn));
  if (atOnce) turn.doBeforeSleep({ handleFailover: true });
  const authTimeMs = turn.nowMs + delayMs;
  state.failover = { ...state.failover, authTimeMs, delayMs, rank, voteCount: 0, sent: false };
  const { offsetBytes } = state.replication;
  turn.log(
    'warning',
    `Start of election delayed for ${delayMs} milliseconds (rank #${rank}, offset ${offsetBytes}).`,
  );
  broadcastPong(turn, 'local-replicas');
}

/** A sibling turned out to have more data: wait a second more for each. The rank never falls. */
export function addRankDelay(turn: Turn): void {
  const { state } = turn;
  const addedMs = addedRankDelayMs(turn);
  if (addedMs > 0) {
    const rank = replicaRank(turn);
    const { authTimeMs, delayMs } = state.failover;
    state.failover = {
      ...state.failover,
      rank,
      authTimeMs: authTimeMs + addedMs,
      delayMs: delayMs + addedMs,
    };
    turn.log(
      'warning',
      `Replica rank updated to #${rank}, added ${addedMs} milliseconds of delay.`,
    );
  }
}

/** A new epoch, and a request for votes to everyone. */
export function startElection(turn: Turn): void {
  const { state } = turn;
  addRankDelay(turn);
  state.currentEpoch++;
  const epoch = state.currentEpoch;
  const { rank, delayMs } = state.failover;
  turn.log('warning', `Starting a failover election for epoch ${epoch}.`);
  turn.note({ event: 'election.start', node: state.name, epoch, rank, delayMs });
  state.failover = { ...state.failover, epoch, sent: true };
  requestVotes(turn);
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/** A majority has voted: the old master's slots are mine, under the epoch I was elected in. */
export function winElection(turn: Turn): void {
  const { state } = turn;
  const { epoch } = state.failover;
  turn.log('warning', "Failover election won: I'm the new master.");
  if (turn.me.configEpoch < epoch) {
    turn.edit(state.myId).configEpoch = epoch;
    turn.log('warning', `configEpoch set to ${epoch} after successful failover`);
  }
  replaceMaster(turn);
}

/** Takes the master's place, in an epoch that is ours already, and tells everyone. */
export function replaceMaster(turn: Turn): void {
  const { state } = turn;
  const oldMaster = turn.node(turn.me.masterId!)!;
  setNodeAsMaster(turn, state.myId);
  unsetReplicationMaster(turn);
  bindSlots(turn, state.myId, oldMaster.slots);
  turn.note({ event: 'promote', node: state.name, epoch: turn.me.configEpoch });
  updateClusterState(turn);
  turn.doBeforeSleep({ saveConfig: true });
  broadcastPong(turn, 'all');
  resetManualFailover(turn);
}

const CANT_FAILOVER_TEXT: Readonly<Record<Exclude<CantFailoverReason, 'none'>, string>> = {
  'data-age':
    'Disconnected from master for longer than allowed. ' +
    "Please check the 'cluster-replica-validity-factor' configuration option.",
  'waiting-delay': 'Waiting the delay before I can start a new failover.',
  expired: 'Failover attempt expired.',
  'waiting-votes': 'Waiting for votes, but majority still not reached.',
};

/**
 * Says why no failover happens: not again and again, and not before the failure is a little old.
 */
export function logCantFailover(turn: Turn, reason: CantFailoverReason): void {
  const { state } = turn;
  const { failover } = state;
  const recently = wholeSecondMs(turn.nowMs - failover.cantLoggedMs) < CANT_FAILOVER_RELOG_MS;
  if (reason === failover.cantReason && (reason === 'none' || recently)) return;
  if (reason === 'expired' && failover.cantReason !== 'expired') {
    turn.note({ event: 'election.expire', node: state.name, epoch: failover.epoch });
  }
  state.failover = { ...failover, cantReason: reason };
  if (reason === 'none') return;
  const master = turn.me.masterId ? turn.node(turn.me.masterId) : null;
  const quietMs = state.config.nodeTimeoutMs + 5_000;
  if (master && hasFailed(master) && turn.nowMs - master.failMs < quietMs) return;
  state.failover = { ...state.failover, cantLoggedMs: wholeSecondMs(turn.nowMs) };
  turn.log('warning', `Currently unable to failover: ${CANT_FAILOVER_TEXT[reason]}`);
}

/** Redis reads this one clock in seconds. */
const wholeSecondMs = (ms: number): number => Math.floor(ms / 1_000) * 1_000;

/** A vote arrived. Redis checks neither who has voted before nor for which epoch the vote was. */
export function countVote(turn: Turn, senderId: NodeId, senderCurrentEpoch: number): void {
  const sender = turn.node(senderId)!;
  const { failover } = turn.state;
  if (!isMaster(sender) || !hasSlots(sender) || senderCurrentEpoch < failover.epoch) return;
  turn.state.failover = { ...failover, voteCount: failover.voteCount + 1 };
  turn.doBeforeSleep({ handleFailover: true });
}

type VoteRequest = Extract<
  BusMessage,
  { type: 'FAILOVER_AUTH_REQUEST' | 'FAILOVER_AUTH_ACK' | 'MFSTART' }
>;

/** A replica asks for a vote: the checks in Redis's order, then one vote, one epoch. */
export function voteIfAllowed(turn: Turn, candidateId: NodeId, request: VoteRequest): void {
  const { state } = turn;
  const me = turn.me;
  // Not a master with slots: no right to vote, and not a word about it.
  if (isReplica(me) || !hasSlots(me)) return;
  const reason = denialReason(turn, candidateId, request);
  const epoch = state.currentEpoch;
  const names = { by: state.name, to: turn.nameOf(candidateId), epoch };
  if (reason !== null) {
    turn.log('warning', `Failover auth denied to ${candidateId}: ${reason}`);
    turn.note({ event: 'vote.deny', ...names, reason });
    return;
  }
  state.lastVoteEpoch = epoch;
  turn.edit(turn.node(candidateId)!.masterId!).votedMs = turn.nowMs;
  turn.doBeforeSleep({ saveConfig: true });
  sendVote(turn, candidateId);
  turn.log('warning', `Failover auth granted to ${candidateId} for epoch ${epoch}`);
  turn.note({ event: 'vote.grant', ...names });
}

/** Why a vote is refused, in redis-server's own words, or null. */
export function denialReason(turn: Turn, candidateId: NodeId, request: VoteRequest): string | null {
  const { state } = turn;
  const candidate = turn.node(candidateId)!;
  const master = candidate.masterId ? turn.node(candidate.masterId) : null;
  if (request.currentEpoch < state.currentEpoch) {
    return `reqEpoch (${request.currentEpoch}) < curEpoch(${state.currentEpoch})`;
  }
  if (state.lastVoteEpoch === state.currentEpoch) {
    return `already voted for epoch ${state.currentEpoch}`;
  }
  if (isMaster(candidate)) return 'it is a master node';
  if (!master) return "I don't know its master";
  if (!hasFailed(master) && !request.forceAck) return 'its master is up';
  const sinceVoteMs = turn.nowMs - master.votedMs;
  const pauseMs = state.config.nodeTimeoutMs * 2;
  if (master.votedMs !== 0 && sinceVoteMs < pauseMs) {
    return `can't vote about this master before ${pauseMs - sinceVoteMs} milliseconds`;
  }
  return newerOwnerReason(turn, request);
}

function newerOwnerReason(turn: Turn, request: VoteRequest): string | null {
  let first = Number.POSITIVE_INFINITY;
  for (const owner of turn.state.nodes) {
    if (owner.configEpoch <= request.configEpoch) continue;
    const newer = withoutSlots(commonSlots(owner.slots, request.slots), turn.state.notClaiming);
    if (newer.length > 0) first = Math.min(first, newer[0]![0]);
  }
  if (!Number.isFinite(first)) return null;
  const epoch = slotOwner(turn.state, first)!.configEpoch;
  return `slot ${first} epoch (${epoch}) > reqEpoch (${request.configEpoch})`;
}
