/**
 * Keys on their way to another process: MIGRATE dials the target as a client, writes one
 * RESTORE-ASKING for each key, and deletes a key when the target has said OK to it. The process
 * reads nothing else meanwhile.
 * Source: migrateCommand, migrateGetSocket, migrateCloseSocket, migrateCloseTimedoutSockets,
 * src/cluster.c.
 * Simplified: a write never blocks, so only connecting and reading can take too long.
 */
import { lookupKey, propagatePending } from './database';
import { dumpPayload } from './dump-payload';
import type { ConnectionId } from '../effects';
import { keySlot } from '../key-slot';
import { withoutKeys } from '../keyspace';
import { dialledPlace } from '../messages/links';
import { OK, type Reply } from '../reply';
import { followedBy } from '../short-lists';
import type { Turn } from '../turn';

/** An idle connection to a target is kept so long. Redis: MIGRATE_SOCKET_CACHE_TTL. */
const SOCKET_TTL_MS = 10_000;

export interface MigrationOrder {
  readonly client: string;
  readonly command: number;
  readonly host: string;
  readonly port: string;
  readonly keys: readonly string[];
  readonly database: number;
  /** For connecting, and for each reply. */
  readonly timeoutMs: number;
  readonly copy: boolean;
  readonly replace: boolean;
}

/** What MIGRATE keeps while its process is blocked. */
export interface Migration extends MigrationOrder {
  readonly connection: ConnectionId;
  readonly phase: 'connecting' | 'reading';
  readonly awaitsSelect: boolean;
  /** What SELECT answered, if that was an error: then no key counts as restored. */
  readonly selectError: string | null;
  /** How many keys the target has answered for. */
  readonly answered: number;
  readonly restored: readonly string[];
  /** The first error of the target. */
  readonly targetError: string | null;
  readonly mayRetry: boolean;
  readonly tickIsOverdue: boolean;
}

/** A connection to a target, kept for the next MIGRATE. */
export interface MigrateSocket {
  readonly connection: ConnectionId;
  /** Null: SELECT has to be sent. */
  readonly database: number | null;
  readonly lastUsedMs: number;
  /** The target has closed it; the next MIGRATE will find out. */
  readonly isBroken: boolean;
}

/** Begins; the client's reply comes when the target has answered for all keys. */
export function startMigration(turn: Turn, order: MigrationOrder): void {
  turn.state.migration = {
    ...order,
    connection: '',
    phase: 'connecting',
    awaitsSelect: false,
    selectError: null,
    answered: 0,
    restored: [],
    targetError: null,
    mayRetry: true,
    tickIsOverdue: false,
  };
  connect(turn);
}

const addressOf = ({ host, port }: MigrationOrder): string => `${host}:${port}`;

/** Over the connection kept from last time, or over a new one. Source: migrateGetSocket. */
function connect(turn: Turn): void {
  const { state } = turn;
  const order = state.migration!;
  const kept = state.migrateSockets[addressOf(order)];
  if (kept) {
    editSocket(turn, order, { ...kept, lastUsedMs: turn.nowMs });
    edit(turn, { connection: kept.connection });
    if (kept.isBroken) failed(turn, 'reading');
    else sendKeys(turn);
    return;
  }
  const connection = `${state.name}#${state.nextConnection++}`;
  const socket = { connection, database: null, lastUsedMs: turn.nowMs, isBroken: false };
  editSocket(turn, order, socket);
  edit(turn, { connection, phase: 'connecting' });
  const to = dialledPlace(turn, order.host, Number(order.port));
  turn.ask({ type: 'connect', connection, ...to, channel: 'command' });
  waitFor(turn);
}

function edit(turn: Turn, change: Partial<Migration>): void {
  turn.state.migration = { ...turn.state.migration!, ...change };
}

function editSocket(turn: Turn, order: MigrationOrder, socket: MigrateSocket | null): void {
  const sockets = { ...turn.state.migrateSockets };
  delete sockets[addressOf(order)];
  if (socket) sockets[addressOf(order)] = socket;
  turn.state.migrateSockets = sockets;
}

/** Reads nothing but this connection. */
function waitFor(turn: Turn): void {
  const { connection, timeoutMs } = turn.state.migration!;
  turn.ask({ type: 'block', connection, untilMs: turn.nowMs + timeoutMs });
}

/** SELECT if need be, then all keys in one go. */
function sendKeys(turn: Turn): void {
  const order = turn.state.migration!;
  const selects = turn.state.migrateSockets[addressOf(order)]?.database !== order.database;
  const commands: (readonly string[])[] = selects ? [['SELECT', String(order.database)]] : [];
  const keys: string[] = [];
  for (const key of order.keys) {
    const stored = lookupKey(turn, key);
    if (!stored) continue;
    const ttl = stored.expiresAtMs ? Math.max(1, stored.expiresAtMs - turn.nowMs) : 0;
    const words = ['RESTORE-ASKING', key, String(ttl), dumpPayload(stored.value)];
    commands.push(order.replace ? [...words, 'REPLACE'] : words);
    keys.push(key);
  }
  for (const argv of commands) turn.sendCommand(order.connection, argv);
  edit(turn, { phase: 'reading', keys, awaitsSelect: selects, answered: 0 });
  if (commands.length === 0) finish(turn, OK);
  else waitFor(turn);
}

/** The target has accepted the connection. Whether it is ours. */
export function migrationConnected(turn: Turn, connection: ConnectionId): boolean {
  const { migration } = turn.state;
  if (migration?.connection !== connection) return false;
  sendKeys(turn);
  return true;
}

/** One reply of the target: to SELECT first, then to each key in order. */
export function hearTarget(turn: Turn, connection: ConnectionId, reply: Reply): void {
  const { migration } = turn.state;
  if (migration?.connection !== connection) return;
  const error = reply.type === 'error' ? reply.text : null;
  if (migration.awaitsSelect) edit(turn, { awaitsSelect: false, selectError: error });
  else keyAnswered(turn, migration, migration.selectError ?? error);
  const { awaitsSelect, answered, keys } = turn.state.migration!;
  if (awaitsSelect || answered < keys.length) waitFor(turn);
  else allAnswered(turn);
}

function keyAnswered(turn: Turn, migration: Migration, error: string | null): void {
  const key = migration.keys[migration.answered]!;
  edit(turn, { answered: migration.answered + 1 });
  if (error !== null) {
    if (migration.targetError === null) edit(turn, { targetError: error });
    return;
  }
  const { name } = turn.state;
  turn.note({ event: 'key.move', node: name, to: migration.port, key, slot: keySlot(key) });
  if (migration.copy) return;
  turn.state.keys = withoutKeys(turn.state.keys, [key]);
  edit(turn, { restored: [...migration.restored, key] });
}

function allAnswered(turn: Turn): void {
  const { targetError } = turn.state.migration!;
  finish(turn, targetError === null ? OK : targetReply(targetError));
}

const targetReply = (error: string): Reply => ({
  type: 'error',
  text: `ERR Target instance replied with error: ${error}`,
});

/**
 * The connection broke, or was refused. Whether it was one of ours. A refused one counts as a
 * failed write: redis-server finds out when it writes.
 */
export function migrationClosed(turn: Turn, connection: ConnectionId): boolean {
  const { migration, migrateSockets } = turn.state;
  if (migration?.connection === connection) {
    failed(turn, migration.phase === 'connecting' ? 'writing' : 'reading');
    return true;
  }
  const kept = Object.entries(migrateSockets).find(([, one]) => one.connection === connection);
  if (!kept) return false;
  const [address, socket] = kept;
  turn.state.migrateSockets = { ...migrateSockets, [address]: { ...socket, isBroken: true } };
  return true;
}

/** The target took too long to accept the connection, or to answer. */
export function migrationTimedOut(turn: Turn, connection: ConnectionId): void {
  const { migration } = turn.state;
  if (migration?.connection !== connection) return;
  if (migration.phase === 'connecting') {
    dropSocket(turn);
    finish(turn, {
      type: 'error',
      text: 'IOERR error or timeout connecting to the client',
    });
  } else giveUp(turn, 'reading');
}

/** One more try, over a new connection, if it is sure that nothing was done. */
function failed(turn: Turn, what: 'reading' | 'writing'): void {
  const { mayRetry, answered, targetError } = turn.state.migration!;
  if (!mayRetry || answered > 0 || targetError !== null) return giveUp(turn, what);
  dropSocket(turn);
  edit(turn, { mayRetry: false, selectError: null });
  connect(turn);
}

function giveUp(turn: Turn, what: 'reading' | 'writing'): void {
  const { targetError } = turn.state.migration!;
  dropSocket(turn);
  const text = `IOERR error or timeout ${what} to target instance`;
  finish(turn, targetError === null ? { type: 'error', text } : targetReply(targetError));
}

/** Source: migrateCloseSocket. */
function dropSocket(turn: Turn): void {
  const order = turn.state.migration!;
  const socket = turn.state.migrateSockets[addressOf(order)];
  if (socket) turn.ask({ type: 'close', connection: socket.connection });
  editSocket(turn, order, null);
}

/** The client is answered, replicas hear of the keys that are gone, and the process reads on. */
function finish(turn: Turn, reply: Reply): void {
  const migration = turn.state.migration!;
  const { client, command, restored, tickIsOverdue } = migration;
  const socket = turn.state.migrateSockets[addressOf(migration)];
  if (socket) {
    const database = reply === OK ? migration.database : null;
    editSocket(turn, migration, { ...socket, database });
  }
  turn.state.migration = null;
  if (restored.length > 0) turn.propagated = followedBy(turn.propagated, ['DEL', ...restored]);
  propagatePending(turn);
  turn.reply(client, command, reply);
  turn.ask({ type: 'resume', tickIsOverdue });
}

/** The process dies: its client's connection breaks, and redis-cli dials in vain. */
export function loseMigration(turn: Turn): void {
  const { name, migration } = turn.state;
  if (!migration) return;
  turn.state.migration = null;
  const text = `Could not connect to Redis at 127.0.0.1:${name}: Connection refused`;
  turn.reply(migration.client, migration.command, { type: 'error', text });
}

/** A tick comes while the process is blocked: it runs late. Whether it does. */
export function tickIsLate(turn: Turn): boolean {
  if (!turn.state.migration) return false;
  edit(turn, { tickIsOverdue: true });
  return true;
}

/** Closes connections to targets that nobody has used for more than ten seconds. */
export function closeIdleSockets(turn: Turn): void {
  const { migrateSockets } = turn.state;
  const second = (ms: number): number => Math.floor(ms / 1_000) * 1_000;
  for (const [address, { connection, lastUsedMs }] of Object.entries(migrateSockets)) {
    if (second(turn.nowMs) - second(lastUsedMs) <= SOCKET_TTL_MS) continue;
    turn.ask({ type: 'close', connection });
    const rest = { ...turn.state.migrateSockets };
    delete rest[address];
    turn.state.migrateSockets = rest;
  }
}
