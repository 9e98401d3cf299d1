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
}

/** A key of WATCH. One that was past its time already may be deleted: it was not there. */
export interface WatchedKey {
  readonly key: string;
  readonly wasExpired: boolean;
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
  readonly watched: readonly WatchedKey[];
  /** A watched key has changed: EXEC will do nothing. Redis: CLIENT_DIRTY_CAS. */
  readonly touched: boolean;
  readonly channels: readonly string[];
  readonly patterns: readonly string[];
  readonly shardChannels: readonly string[];
  /** The replication offset after its last command: what WAIT waits for. Redis: woff. */
  readonly offsetBytes: number;
}

export const NEW_SESSION: Session = {
  readonly: false,
  asking: false,
  queued: null,
  spoilt: false,
  watched: [],
  touched: false,
  channels: [],
  patterns: [],
  shardChannels: [],
  offsetBytes: 0,
};

/** The session of a client, a new one if there is nothing to remember. */
export function sessionOf(state: Pick<ClusterState, 'sessions'>, client: string): Session {
  return Object.hasOwn(state.sessions, client) ? state.sessions[client]! : NEW_SESSION;
}

/** Changes what is remembered of a client. */
export function editSession(turn: Turn, client: string, change: Partial<Session>): void {
  const session = { ...sessionOf(turn.state, client), ...change };
  const isNew = Object.entries(NEW_SESSION).every(([field, value]) => {
    const now = session[field as keyof Session];
    return Array.isArray(value) ? Array.isArray(now) && now.length === 0 : now === value;
  });
  if (isNew) dropSession(turn, client);
  else turn.state.sessions = { ...turn.state.sessions, [client]: session };
}

/** Forgets a client and what it is still waiting for. Source: freeClient, src/networking.c. */
export function dropClient(turn: Turn, client: string): void {
  dropSession(turn, client);
  const rest = turn.state.waiting.filter((one) => one.client !== client);
  if (rest.length < turn.state.waiting.length) turn.state.waiting = rest;
  const waits = turn.state.replication.waits.filter((one) => one.client !== client);
  if (waits.length < turn.state.replication.waits.length) turn.editReplication({ waits });
}

/** Nothing is left to remember about a client. */
function dropSession(turn: Turn, client: string): void {
  if (!Object.hasOwn(turn.state.sessions, client)) return;
  const rest = { ...turn.state.sessions };
  delete rest[client];
  turn.state.sessions = rest;
}

/** A transaction is over, run or not. Source: discardTransaction, src/multi.c. */
export function endTransaction(turn: Turn, client: string): void {
  editSession(turn, client, { queued: null, spoilt: false, watched: [], touched: false });
}

/** An error came while commands were queued: EXEC will refuse. Source: flagTransaction. */
export function spoilTransaction(turn: Turn, client: string): void {
  if (sessionOf(turn.state, client).queued !== null) editSession(turn, client, { spoilt: true });
}
