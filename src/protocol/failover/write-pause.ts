/**
 * While a master hands over to a replica its clients' writes wait; reads go on.
 * Source: pauseClients, unpauseClients, checkClientPauseTimeoutAndReturnIfPaused,
 * src/networking.c; the pause branch of processCommand, src/server.c; processUnblockedClients,
 * src/blocked.c.
 * Simplified: only a manual failover pauses; CLIENT PAUSE, SHUTDOWN and FAILOVER do not.
 */
import type { ClusterState } from '../cluster-state';
import { MANUAL_FAILOVER_PAUSE_MS } from '../config';
import { isConnection } from '../effects';
import type { Reply } from '../reply';
import type { WaitingCommand } from '../sessions';
import type { Turn } from '../turn';

/** Whether writes wait at this node. Redis: areClientsPaused. */
export const writesWait = ({ pausedUntilMs }: Pick<ClusterState, 'pausedUntilMs'>): boolean =>
  pausedUntilMs !== 0;

/**
 * Whether a master in a manual failover sends its replicas no PING: its offset has to stand still.
 * Source: manual_failover_in_progress of replicationCron, src/replication.c.
 */
export function offsetStandsStill(state: ClusterState): boolean {
  return state.manualFailover.endMs !== 0 && writesWait(state);
}

/** Lets writes wait, for ten seconds at most. */
export function pauseWrites(turn: Turn): void {
  const { state } = turn;
  state.pausedUntilMs = Math.max(state.pausedUntilMs, turn.nowMs + MANUAL_FAILOVER_PAUSE_MS);
}

/** Writes may go on; those that wait do so before the next sleep. */
export function unpauseWrites(turn: Turn): void {
  const { state } = turn;
  if (!writesWait(state)) return;
  state.pausedUntilMs = 0;
  turn.note({ event: 'manual.resume', node: state.name, waiting: state.waiting.length });
}

/** Ends a pause whose ten seconds are over, as in a process that slept through them. */
export function endElapsedPause(turn: Turn): void {
  if (writesWait(turn.state) && turn.state.pausedUntilMs < turn.nowMs) unpauseWrites(turn);
}

/**
 * Whether a command has to wait now. `mayReplicate` is true for writes, for PUBLISH and SPUBLISH
 * (CMD_MAY_REPLICATE), and for an EXEC of any of these. Ask after routing, before queuing for EXEC.
 */
export const mustWait = ({ state }: Turn, mayReplicate: boolean): boolean =>
  mayReplicate && writesWait(state);

/** Whether a command of this client waits: until it has run, nothing more is read from it. */
export const isBlocked = ({ state }: Turn, client: string): boolean =>
  [...state.waiting, ...state.replication.waits].some((one) => one.client === client);

/** Puts a command in line; its reply comes when it has run. Returns null, as a rule does then. */
export function letWait(turn: Turn, { client, command, argv }: WaitingCommand): null {
  turn.state.waiting = [...turn.state.waiting, { client, command, argv }];
  return null;
}

/**
 * Takes the waiting commands up again, oldest first, once nothing is paused. Each is routed anew:
 * a node that is no master any more answers MOVED.
 */
export function resumeWaiting(
  turn: Turn,
  process: (turn: Turn, call: WaitingCommand) => Reply | null,
): void {
  const { waiting } = turn.state;
  if (waiting.length === 0 || writesWait(turn.state)) return;
  turn.state.waiting = [];
  for (const call of clientByClient(waiting)) {
    const reply = process(turn, call);
    const { client, command } = call;
    if (reply) turn.reply(client, command, reply);
  }
}

/** What a client sent behind a command that waited is read at once when that has run. */
function clientByClient(waiting: readonly WaitingCommand[]): WaitingCommand[] {
  const lines = new Map<string, WaitingCommand[]>();
  for (const call of waiting) {
    const line = lines.get(call.client);
    if (line) line.push(call);
    else lines.set(call.client, [call]);
  }
  return [...lines.values()].flat();
}

/**
 * The process dies with commands in line: their connections break, and redis-cli dials in vain.
 * Another process, in the middle of MIGRATE, hears of it by its connection.
 */
export function loseWaiting(turn: Turn): void {
  const { name, waiting, replication } = turn.state;
  const text = `Could not connect to Redis at 127.0.0.1:${name}: Connection refused`;
  for (const { client, command } of [...waiting, ...replication.waits]) {
    if (!isConnection(client)) turn.reply(client, command, { type: 'error', text });
  }
  turn.state.waiting = [];
  if (replication.waits.length > 0) turn.editReplication({ waits: [] });
}
