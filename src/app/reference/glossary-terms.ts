/**
 * The words of the glossary: what redis-server calls each, where that differs, and where it is
 * seen: a thing of the course's sightings, or `lesson/step`.
 */
import type { glossary } from '../../words/en/glossary';

export interface GlossaryTerm {
  readonly inRedis?: string;
  readonly seen: string;
}

export const GLOSSARY_TERMS: Readonly<Record<keyof typeof glossary, GlossaryTerm>> = {
  cluster: { seen: 'slots/ring' },
  nodeId: { inRedis: 'clusterNode.name', seen: 'log freshId' },
  table: { inRedis: 'clusterState.nodes', seen: 'command CLUSTER NODES' },
  slot: { seen: 'slots/where' },
  hashTag: { seen: 'slots/tag' },
  master: { seen: 'create/six' },
  replica: { inRedis: 'slave', seen: 'event demote' },
  shard: { seen: 'command CLUSTER SHARDS' },
  bus: { seen: 'gossip/mesh' },
  heartbeat: { inRedis: 'clusterSendPing', seen: 'message PING' },
  gossip: { inRedis: 'clusterMsgDataGossip', seen: 'gossip/rumour' },
  handshake: { inRedis: 'CLUSTER_NODE_HANDSHAKE', seen: 'message MEET' },
  link: { inRedis: 'clusterLink', seen: 'gossip/mesh' },
  announced: { inRedis: 'cluster-announce-ip', seen: 'meet/announce' },
  nodesConf: { inRedis: 'cluster-config-file', seen: 'create/six' },
  clusterCron: { inRedis: 'clusterCron', seen: 'gossip/crank' },
  nodeTimeout: { inRedis: 'cluster-node-timeout', seen: 'pfail/ping' },
  pfail: { inRedis: 'fail?', seen: 'event pfail.set' },
  report: { inRedis: 'fail_reports, clusterNodeFailReport', seen: 'event report.add' },
  quorum: { inRedis: 'size / 2 + 1', seen: 'reports/own-plus' },
  size: { inRedis: 'cluster_size', seen: 'reports/five' },
  fail: { inRedis: 'fail', seen: 'event fail.set' },
  state: { inRedis: 'cluster_state', seen: 'event state.fail' },
  currentEpoch: { inRedis: 'currentEpoch', seen: 'election/epoch' },
  configEpoch: { inRedis: 'configEpoch', seen: 'takeover/claim' },
  lastVote: { inRedis: 'lastVoteEpoch', seen: 'election/votes' },
  election: { inRedis: 'clusterHandleSlaveFailover', seen: 'log electionStarts' },
  rank: { inRedis: 'failover_auth_rank', seen: 'log electionDelayed' },
  vote: { inRedis: 'FAILOVER_AUTH_ACK', seen: 'event vote.grant' },
  denial: { seen: 'log deniedMasterUp' },
  dataAge: { inRedis: 'cluster-replica-validity-factor', seen: 'log cantDataAge' },
  failover: { seen: 'event promote' },
  manual: { inRedis: 'mf_end, mf_slave', seen: 'event manual.agreed' },
  takeover: { inRedis: 'CLUSTER FAILOVER TAKEOVER', seen: 'event manual.takeover' },
  claim: { inRedis: 'myslots', seen: 'event slot.owner' },
  collision: { inRedis: 'clusterHandleConfigEpochCollision', seen: 'repairs/own-epochs' },
  orphan: { inRedis: 'orphaned_time', seen: 'event migrate' },
  partition: { seen: 'partition/rooms' },
  offset: { inRedis: 'master_repl_offset', seen: 'replicate/delay' },
  history: { inRedis: 'replid, replid2', seen: 'event tail.refused' },
  backlog: { inRedis: 'repl-backlog', seen: 'event sync.partial' },
  fullCopy: { inRedis: 'SYNC', seen: 'event sync.full' },
  lostWrite: { seen: 'event acknowledged.lost' },
  redirect: { seen: 'error MOVED' },
  ask: { seen: 'error ASK' },
  slotTable: { seen: 'cache/table' },
  openSlot: { inRedis: 'migrating_slots_to, importing_slots_from', seen: 'event slot.importing' },
  resharding: { seen: 'event key.move' },
  shardChannel: { seen: 'message PUBLISHSHARD' },
  forgetting: { inRedis: 'nodes_black_list', seen: 'command CLUSTER FORGET' },
};
