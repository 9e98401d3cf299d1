/** How entries of a table, and connections, are put away: `packed-world.test.ts` knows every field. */
import type { Connection } from '../protocol/bus-state';
import type { ClusterNode } from '../protocol/cluster-state';
import { copyOfConnection, copyOfNode } from '../protocol/copies';
import { sameSlots } from '../protocol/slot-ranges';
import { NO_SIGNS } from '../protocol/vitals';

/** How rows of a kind are put away. */
export interface Packing<T extends object> {
  /** All fields that do not change all the time. */
  readonly others: readonly (keyof T)[];
  /** Whether those are the same. */
  readonly isSame: (a: T, b: T) => boolean;
  readonly copy: (row: T) => T;
  /** So many numbers stand in a column for each row, and rows may move; 0: rows stay. */
  readonly columns: number;
}

/** Null: a place that nobody has. */
export type Row<T> = T | null;

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || a.length + b.length === 0;

/** An entry of a table, or of nodes.conf; its vital signs are put away apart. */
export const ENTRIES: Packing<ClusterNode> = {
  columns: Object.keys(NO_SIGNS).length,
  others: [
    'id',
    'createdMs',
    'flags',
    'configEpoch',
    'slots',
    'masterId',
    'replicaOrder',
    'failMs',
    'votedMs',
    'ip',
    'port',
    'busPort',
    'hostname',
    'orphanedMs',
    'link',
    'inbound',
    'failReports',
  ],
  copy: copyOfNode,
  isSame: (a, b) =>
    a.id === b.id &&
    a.createdMs === b.createdMs &&
    a.flags === b.flags &&
    a.configEpoch === b.configEpoch &&
    (a.slots === b.slots || sameSlots(a.slots, b.slots)) &&
    a.masterId === b.masterId &&
    a.replicaOrder === b.replicaOrder &&
    a.failMs === b.failMs &&
    a.votedMs === b.votedMs &&
    a.ip === b.ip &&
    a.port === b.port &&
    a.busPort === b.busPort &&
    a.hostname === b.hostname &&
    a.orphanedMs === b.orphanedMs &&
    a.link === b.link &&
    a.inbound === b.inbound &&
    sameList(a.failReports, b.failReports),
};

/** A connection. */
export const CONNECTIONS: Packing<Connection> = {
  columns: 0,
  others: [
    'id',
    'channel',
    'dialer',
    'acceptor',
    'phase',
    'blocked',
    'lostFrame',
    'closedBy',
    'pending',
  ],
  copy: copyOfConnection,
  isSame: (a, b) =>
    a.id === b.id &&
    a.channel === b.channel &&
    a.dialer === b.dialer &&
    a.acceptor === b.acceptor &&
    a.phase === b.phase &&
    a.blocked === b.blocked &&
    a.lostFrame === b.lostFrame &&
    a.closedBy === b.closedBy &&
    sameList(a.pending, b.pending),
};

/** So many numbers a connection has that change all the time. */
export const CONNECTION_NUMBERS = 4;

/** Writes them from a place on. */
export function writeNumbers(row: Row<Connection>, numbers: Float64Array, at: number): void {
  numbers[at] = row?.lastToAcceptorMs ?? 0;
  numbers[at + 1] = row?.lastToDialerMs ?? 0;
  numbers[at + 2] = row?.ackedAtMs ?? 0;
  numbers[at + 3] = row?.joinableMs ?? 0;
}

/** The connection with other numbers, from a place on. */
export function withNumbers(row: Connection, numbers: Float64Array, at: number): Connection {
  const copy = copyOfConnection(row);
  copy.lastToAcceptorMs = small(numbers[at]!);
  copy.lastToDialerMs = small(numbers[at + 1]!);
  copy.ackedAtMs = small(numbers[at + 2]!);
  copy.joinableMs = small(numbers[at + 3]!);
  return copy;
}

/**
 * The same number. What comes out of a row of floating-point numbers is one to the engine even if
 * it is whole, and all connections with such a field would be of another kind to it.
 */
function small(value: number): number {
  const whole = value | 0;
  return Object.is(whole, value) ? whole : value;
}
