/**
 * Copies of what changes all the time, field by field. An engine copies by `{ ...spread }` several
 * times more slowly what was itself made so, and copying is half of a simulation's work.
 * Source: none; redis-server writes in place.
 */
import type { BusState, Connection } from './bus-state';
import type { ClusterNode, ClusterState, MessageCounts, ReplicationState } from './cluster-state';
import type { Mutable } from './turn';

/** A node's state, to be written to. */
export function copyOfState(state: ClusterState): Mutable<ClusterState> {
  return {
    name: state.name,
    port: state.port,
    busPort: state.busPort,
    seed: state.seed,
    config: state.config,
    configFile: state.configFile,
    myId: state.myId,
    nodes: state.nodes,
    vitals: state.vitals,
    currentEpoch: state.currentEpoch,
    lastVoteEpoch: state.lastVoteEpoch,
    state: state.state,
    size: state.size,
    notClaiming: state.notClaiming,
    migratingTo: state.migratingTo,
    importingFrom: state.importingFrom,
    blacklist: state.blacklist,
    failover: state.failover,
    manualFailover: state.manualFailover,
    pausedUntilMs: state.pausedUntilMs,
    waiting: state.waiting,
    pfailNodes: state.pfailNodes,
    minorityMs: state.minorityMs,
    firstUpdateMs: state.firstUpdateMs,
    cronIteration: state.cronIteration,
    quietUntilMs: state.quietUntilMs,
    quietBlocksMs: state.quietBlocksMs,
    nextConnection: state.nextConnection,
    nextHandshake: state.nextHandshake,
    nextReplica: state.nextReplica,
    strangers: state.strangers,
    todo: state.todo,
    replication: state.replication,
    keys: state.keys,
    onlyInFile: state.onlyInFile,
    migration: state.migration,
    migrateSockets: state.migrateSockets,
    sessions: state.sessions,
    saved: state.saved,
    sentCounts: state.sentCounts,
    receivedCounts: state.receivedCounts,
    linksOverLimit: state.linksOverLimit,
  };
}

/** Counts of messages, to be written to. */
export function copyOfCounts(counts: MessageCounts): Mutable<MessageCounts> {
  return {
    PING: counts.PING,
    PONG: counts.PONG,
    MEET: counts.MEET,
    FAIL: counts.FAIL,
    PUBLISH: counts.PUBLISH,
    FAILOVER_AUTH_REQUEST: counts.FAILOVER_AUTH_REQUEST,
    FAILOVER_AUTH_ACK: counts.FAILOVER_AUTH_ACK,
    UPDATE: counts.UPDATE,
    MFSTART: counts.MFSTART,
    MODULE: counts.MODULE,
    PUBLISHSHARD: counts.PUBLISHSHARD,
  };
}

/** One entry of a table, to be written to. */
export function copyOfNode(node: ClusterNode): Mutable<ClusterNode> {
  return {
    id: node.id,
    createdMs: node.createdMs,
    flags: node.flags,
    configEpoch: node.configEpoch,
    slots: node.slots,
    masterId: node.masterId,
    replicaOrder: node.replicaOrder,
    failMs: node.failMs,
    votedMs: node.votedMs,
    ip: node.ip,
    port: node.port,
    busPort: node.busPort,
    hostname: node.hostname,
    orphanedMs: node.orphanedMs,
    link: node.link,
    inbound: node.inbound,
    failReports: node.failReports,
  };
}

/** What a node remembers of replication, to be written to. */
export function copyOfReplication(replication: ReplicationState): Mutable<ReplicationState> {
  return {
    link: replication.link,
    awaiting: replication.awaiting,
    connection: replication.connection,
    linkSinceMs: replication.linkSinceMs,
    masterPort: replication.masterPort,
    masterIp: replication.masterIp,
    lastInteractionMs: replication.lastInteractionMs,
    transferIoMs: replication.transferIoMs,
    downSinceMs: replication.downSinceMs,
    offsetBytes: replication.offsetBytes,
    id: replication.id,
    id2: replication.id2,
    secondOffsetBytes: replication.secondOffsetBytes,
    cachedMaster: replication.cachedMaster,
    promised: replication.promised,
    lastSync: replication.lastSync,
    backlog: replication.backlog,
    selected: replication.selected,
    replicas: replication.replicas,
    greeted: replication.greeted,
    goodReplicas: replication.goodReplicas,
    noReplicasSinceMs: replication.noReplicasSinceMs,
    copyUnderWay: replication.copyUnderWay,
    waits: replication.waits,
    ackWanted: replication.ackWanted,
    syncs: replication.syncs,
  };
}

/** The network, to be written to. */
export function copyOfBus(bus: BusState): Mutable<BusState> {
  return {
    seed: bus.seed,
    latencyMs: bus.latencyMs,
    nextMessage: bus.nextMessage,
    hosts: bus.hosts,
    connections: bus.connections,
    unread: bus.unread,
    blocked: bus.blocked,
    alarms: bus.alarms,
    cut: bus.cut,
    held: bus.held,
    heldBack: bus.heldBack,
    slow: bus.slow,
    drops: bus.drops,
    marks: bus.marks,
    late: bus.late,
    lost: bus.lost,
    lastClientMs: bus.lastClientMs,
    network: bus.network,
  };
}

/** A connection, to be written to. */
export function copyOfConnection(connection: Connection): Mutable<Connection> {
  return {
    id: connection.id,
    channel: connection.channel,
    dialer: connection.dialer,
    acceptor: connection.acceptor,
    phase: connection.phase,
    blocked: connection.blocked,
    lostFrame: connection.lostFrame,
    closedBy: connection.closedBy,
    lastToAcceptorMs: connection.lastToAcceptorMs,
    lastToDialerMs: connection.lastToDialerMs,
    pending: connection.pending,
    ackedAtMs: connection.ackedAtMs,
    joinableMs: connection.joinableMs,
  };
}
