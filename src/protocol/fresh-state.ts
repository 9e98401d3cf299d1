/**
 * The state of a process on its first start.
 * Source: clusterInit, clusterLoadConfig, src/cluster.c.
 */
import { CLUSTER_PORT_INCR } from './config';
import { announcedPorts } from './messages/announce';
import {
  NOTHING_TO_DO,
  blankNode,
  type ClusterNode,
  type ClusterState,
  type SavedConfig,
} from './cluster-state';
import { LONG_AGO_MS, NO_ELECTION, NO_MANUAL_FAILOVER } from './failover-state';
import type { NodeConfig } from './config';
import { PURPOSE, drawHex } from './draw';
import { MASTER, MYSELF, NOFAILOVER } from './flags';
import { nodeId, type NodeName } from './ids';
import { NO_KEYS } from './keyspace';
import { NO_SIGNS, Vitals } from './vitals';
import { noReplication } from './replication-state';
import { NO_SLOTS } from './slot-ranges';
import { ticksBefore } from './time/tick-times';

export interface NodeInput {
  readonly name: NodeName;
  readonly seed: number;
  readonly config: NodeConfig;
  /** Whose nodes.conf lay there before the first start: an id, and nobody else. Default none. */
  readonly copyOf?: NodeName;
}

/**
 * A process on its first start: a random id, no peers, no slots. Source: clusterInit,
 * clusterLoadConfig. Made in one go, field by field, as `copies.ts` makes its copies.
 */
export function freshState({ name, seed, config, copyOf = name }: NodeInput): ClusterState {
  const [port, busPort] = [Number(name), Number(name) + CLUSTER_PORT_INCR];
  const myId = nodeId(drawHex(40, seed, PURPOSE.nodeId, Number(copyOf)));
  const saved = firstFile(ownEntry({ myId, port, busPort, config }));
  return {
    name,
    port,
    busPort,
    seed,
    config,
    configFile: config,
    myId,
    nodes: saved.nodes,
    vitals: saved.vitals,
    currentEpoch: 0,
    lastVoteEpoch: 0,
    state: 'fail',
    size: 1,
    notClaiming: NO_SLOTS,
    migratingTo: {},
    importingFrom: {},
    blacklist: {},
    failover: NO_ELECTION,
    manualFailover: NO_MANUAL_FAILOVER,
    pausedUntilMs: 0,
    waiting: [],
    pfailNodes: 0,
    minorityMs: LONG_AGO_MS,
    firstUpdateMs: null,
    cronIteration: ticksBefore(seed, port),
    quietUntilMs: 0,
    quietBlocksMs: [],
    nextConnection: 1,
    nextHandshake: 1,
    nextReplica: 1,
    strangers: [],
    todo: NOTHING_TO_DO,
    replication: noReplication(drawHex(40, seed, PURPOSE.replicationId, port, 0)),
    keys: NO_KEYS,
    onlyInFile: NO_KEYS,
    migration: null,
    migrateSockets: {},
    sessions: {},
    saved,
    sentCounts: {},
    receivedCounts: {},
    linksOverLimit: 0,
  };
}

/** nodes.conf as it is written first: it names nobody else. */
const firstFile = (me: ClusterNode): SavedConfig => ({
  nodes: [me],
  vitals: Vitals.of([NO_SIGNS]),
  currentEpoch: 0,
  lastVoteEpoch: 0,
  migratingTo: {},
  importingFrom: {},
});

function ownEntry({
  myId,
  port,
  busPort,
  config,
}: Pick<ClusterState, 'myId' | 'port' | 'busPort' | 'config'>): ClusterNode {
  const flags = MYSELF | MASTER | (config.replicaNoFailover ? NOFAILOVER : 0);
  const announced = announcedPorts({ config, port, busPort });
  return {
    ...blankNode({ id: myId, flags, createdMs: 0, ip: config.announceIp, ...announced }),
    hostname: config.announceHostname,
  };
}
