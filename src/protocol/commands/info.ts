/**
 * INFO: the sections that say something about a simulated node.
 * Source: genRedisInfoString, src/server.c.
 * Simplified: no clients, memory, persistence, CPU, modules and command statistics.
 */
import type { ClusterState } from '../cluster-state';
import { PEER_IP } from '../ip-address';
import { patternsOf } from '../messages/pubsub';
import { backlogLength } from '../replication/replication-backlog';
import type { AttachedReplica } from '../replication-state';
import type { Turn } from '../turn';
import { noKeys, type CommandSpec } from './command';
import { bulk } from './subcommand';

type Field = readonly [name: string, value: string | number];

/** In the order of redis-server. */
const SECTIONS: readonly (readonly [title: string, fields: (turn: Turn) => readonly Field[]])[] = [
  ['Server', ({ state }) => serverFields(state)],
  ['Stats', ({ state }) => statsFields(state)],
  ['Replication', replicationFields],
  ['Cluster', () => [['cluster_enabled', 1]]],
  ['Keyspace', ({ state }) => keyspaceFields(state)],
];
const EVERY_SECTION = new Set(['default', 'all', 'everything']);

export const INFO_COMMAND: CommandSpec = {
  arity: -1,
  isWrite: false,
  keys: noKeys,
  run: (turn, { args }) => bulk(printInfo(turn, args)),
};

function printInfo(turn: Turn, args: readonly string[]): string {
  const wanted = args.map((word) => word.toLowerCase());
  const isAll = wanted.length === 0 || wanted.some((word) => EVERY_SECTION.has(word));
  return SECTIONS.filter(([title]) => isAll || wanted.includes(title.toLowerCase()))
    .map(([title, fields]) => printSection(title, fields(turn)))
    .join('\r\n');
}

const printSection = (title: string, fields: readonly Field[]): string =>
  [`# ${title}`, ...fields.map(([name, value]) => `${name}:${value}`), ''].join('\r\n');

function serverFields({ port }: ClusterState): Field[] {
  return [
    ['redis_version', '7.0.15'],
    ['redis_mode', 'cluster'],
    ['tcp_port', port],
  ];
}

function statsFields({ replication, sessions }: ClusterState): Field[] {
  const { full, partial, refused } = replication.syncs;
  const listeners = Object.values(sessions);
  return [
    ['sync_full', full],
    ['sync_partial_ok', partial],
    ['sync_partial_err', refused],
    ['pubsub_channels', new Set(listeners.flatMap(({ channels }) => channels)).size],
    ['pubsub_patterns', patternsOf({ sessions }).length],
    ['pubsubshard_channels', new Set(listeners.flatMap((one) => one.shardChannels)).size],
  ];
}

function replicationFields(turn: Turn): Field[] {
  const { replication, config } = turn.state;
  const { backlog } = replication;
  return [
    ['role', replication.masterPort === 0 ? 'master' : 'slave'],
    ...(replication.masterPort === 0 ? [] : masterFields(turn)),
    ['connected_slaves', replication.replicas.length],
    ...(config.minReplicasToWrite > 0 && config.minReplicasMaxLagMs > 0
      ? [['min_slaves_good_slaves', replication.goodReplicas] as const]
      : []),
    ...replication.replicas.map((replica, i) => replicaField(turn, replica, i)),
    ['master_failover_state', 'no-failover'],
    ['master_replid', replication.id],
    ['master_replid2', replication.id2],
    ['master_repl_offset', replication.offsetBytes],
    ['second_repl_offset', replication.secondOffsetBytes],
    ['repl_backlog_active', backlog ? 1 : 0],
    ['repl_backlog_size', config.replBacklogBytes],
    ['repl_backlog_first_byte_offset', backlog ? backlog.firstBytes : 0],
    ['repl_backlog_histlen', backlog ? backlogLength(backlog) : 0],
  ];
}

/** What a replica says about its master. */
function masterFields(turn: Turn): Field[] {
  const { masterIp, masterPort, link, ...replication } = turn.state.replication;
  const isUp = link === 'up';
  const hasOffset = isUp || replication.cachedMaster !== null;
  const offset = hasOffset ? replication.offsetBytes : 1;
  const downSeconds = replication.downSinceMs ? secondsSince(turn, replication.downSinceMs) : -1;
  return [
    ['master_host', masterIp],
    ['master_port', masterPort],
    ['master_link_status', isUp ? 'up' : 'down'],
    ['master_last_io_seconds_ago', isUp ? secondsSince(turn, replication.lastInteractionMs) : -1],
    ['master_sync_in_progress', replication.awaiting === 'COPY' ? 1 : 0],
    ['slave_read_repl_offset', offset],
    ['slave_repl_offset', offset],
    ...(replication.awaiting === 'COPY' ? copyFields(turn) : []),
    ...(isUp ? [] : [['master_link_down_since_seconds', downSeconds] as const]),
    ['slave_priority', 100],
    ['slave_read_only', 1],
    ['replica_announced', 1],
  ];
}

/** A copy that has been promised, and of which nothing has come yet. */
function copyFields(turn: Turn): Field[] {
  return [
    ['master_sync_total_bytes', -1],
    ['master_sync_read_bytes', 0],
    ['master_sync_left_bytes', -1],
    ['master_sync_perc', '-0.00'],
    ['master_sync_last_io_seconds_ago', secondsSince(turn, turn.state.replication.transferIoMs)],
  ];
}

function replicaField(turn: Turn, replica: AttachedReplica, i: number): Field {
  const { ip = PEER_IP, port, state, ackOffsetBytes, ackMs } = replica;
  const word = state === 'online' ? 'online' : 'wait_bgsave';
  const lag = state === 'online' ? secondsSince(turn, ackMs) : 0;
  const text = `ip=${ip},port=${port},state=${word},offset=${ackOffsetBytes},lag=${lag}`;
  return [`slave${i}`, text];
}

/** Whole seconds between two readings of a clock that ticks in seconds. */
function secondsSince({ nowMs }: Turn, atMs: number): number {
  return Math.floor(nowMs / 1_000) - Math.floor(atMs / 1_000);
}

function keyspaceFields({ keys: { count, expiring } }: ClusterState): Field[] {
  return count === 0 ? [] : [['db0', `keys=${count},expires=${expiring},avg_ttl=0`]];
}
