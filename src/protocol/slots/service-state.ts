/**
 * Whether this node believes that the cluster can serve: cluster_state.
 * Source: clusterUpdateState, src/cluster.c.
 */
import { hasFailed, hasSlots, isMaster, neededQuorum } from '../cluster-state';
import { MAX_REJOIN_DELAY_MS, MIN_REJOIN_DELAY_MS, WRITABLE_DELAY_MS } from '../config';
import { FAIL, PFAIL } from '../flags';
import { SLOT_COUNT } from '../ids';
import { slotCount } from '../slot-ranges';
import type { Turn } from '../turn';

/** Recomputes size and state. A master that comes back waits before it serves again. */
export function updateClusterState(turn: Turn): void {
  const { state } = turn;
  state.firstUpdateMs ??= turn.nowMs;
  const iAmMaster = isMaster(turn.me);
  const justStarted = turn.nowMs - state.firstUpdateMs < WRITABLE_DELAY_MS;
  // Nothing at all is recomputed in these two seconds, not even the size.
  if (iAmMaster && state.state === 'fail' && justStarted) return;

  const voters = state.nodes.filter((node) => isMaster(node) && hasSlots(node));
  state.size = voters.length;
  const reachable = voters.filter((node) => !(node.flags & (FAIL | PFAIL))).length;
  const inMinority = reachable < neededQuorum(state);
  if (inMinority) state.minorityMs = turn.nowMs;
  const covered = !state.config.requireFullCoverage || everySlotIsServed(turn);
  const next = covered && !inMinority ? 'ok' : 'fail';
  if (next === state.state) return;
  if (next === 'ok' && iAmMaster && turn.nowMs - state.minorityMs < rejoinDelayMs(turn)) return;
  state.state = next;
  turn.log('warning', `Cluster state changed: ${next}`);
  turn.note({ event: 'state', node: state.name, state: next });
}

/** Every slot has an owner that is not FAIL; a PFAIL owner still counts. */
function everySlotIsServed(turn: Turn): boolean {
  let covered = 0;
  for (const node of turn.state.nodes) if (!hasFailed(node)) covered += slotCount(node.slots);
  return covered === SLOT_COUNT;
}

function rejoinDelayMs(turn: Turn): number {
  const { nodeTimeoutMs } = turn.state.config;
  return Math.min(MAX_REJOIN_DELAY_MS, Math.max(MIN_REJOIN_DELAY_MS, nodeTimeoutMs));
}
