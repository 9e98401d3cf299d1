/**
 * What a node remembers of each client's connection.
 * Source: client, multiState, pubsub_channels, src/server.h.
 */
import type { ClusterState } from './cluster-state';
import type { Turn } from './turn';

/** A command that waits: for the end of a pause, or for another process. */
export interface WaitingCommand {
  readonly client: string;
  readonly command: number;
  readonly argv: readonly string[];
  readonly asking: boolean;
}

/** What a node remembers of one client's connection. Redis: flags and mstate of client. */
export interface Session {
  readonly readonly: boolean;
  /** For the next command, or up to the EXEC of a MULTI. */
  readonly asking: boolean;
  /** Commands since MULTI; null outside a transaction. */
  readonly queued: readonly (readonly string[])[] | null;
  /** Something was wrong with a queued command: EXEC will refuse. */
  readonly spoilt: boolean;
  readonly channels: readonly string[];
  readonly shardChannels: readonly string[];
}

export const NEW_SESSION: Session = {
  readonly: false,
  asking: false,
  queued: null,
  spoilt: false,
  channels: [],
  shardChannels: [],
};

/** The session of a client, a new one if there is nothing to remember. */
export function sessionOf(state: Pick<ClusterState, 'sessions'>, client: string): Session {
  return Object.hasOwn(state.sessions, client) ? state.sessions[client]! : NEW_SESSION;
}

/** Changes what is remembered of a client. */
export function editSession(turn: Turn, client: string, change: Partial<Session>): void {
  const { sessions } = turn.state;
  turn.state.sessions = { ...sessions, [client]: { ...sessionOf(turn.state, client), ...change } };
}
