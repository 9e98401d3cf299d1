/** How entries of a table, and connections, are put away: `packed-world.test.ts` knows every field. */
import type { Connection } from '../protocol/bus-state';
import type { ClusterNode } from '../protocol/cluster-state';
import { copyOfConnection, copyOfNode } from '../protocol/copies';
import { sameSlots } from '../protocol/slot-ranges';
import type { Packing } from './packed-rows';

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || a.length + b.length === 0;

/** An entry of a table, or of nodes.conf; its vital signs are put away apart. */
export const ENTRIES: Packing<ClusterNode> = {
  numbers: [],
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
  withNumbers: (row) => row,
};

/** A connection. */
export const CONNECTIONS: Packing<Connection> = {
  numbers: ['lastToAcceptorMs', 'lastToDialerMs', 'ackedAtMs', 'joinableMs'],
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
  withNumbers: (row, values, at) => {
    if (
      row.lastToAcceptorMs === values[at] &&
      row.lastToDialerMs === values[at + 1] &&
      row.ackedAtMs === values[at + 2] &&
      row.joinableMs === values[at + 3]
    ) {
      return row;
    }
    const copy = copyOfConnection(row);
    copy.lastToAcceptorMs = values[at]!;
    copy.lastToDialerMs = values[at + 1]!;
    copy.ackedAtMs = values[at + 2]!;
    copy.joinableMs = values[at + 3]!;
    return copy;
  },
};
