import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { keyspaceOf } from '../keyspace';
import { callOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { processCommand } from './process-command';

function info(state: ClusterState, text = 'INFO'): string {
  const reply = processCommand(turnOf(state), callOf(text))!;
  if (reply.type !== 'bulk') throw new Error(`INFO answered ${reply.type}`);
  return reply.text;
}
/** The names of the fields, sections too. */
const names = (text: string): string[] =>
  text.split('\r\n').flatMap((line) => (line ? [line.split(':')[0]!] : []));

const HISTORY = [
  'connected_slaves',
  'master_failover_state',
  'master_replid',
  'master_replid2',
  'master_repl_offset',
  'second_repl_offset',
  'repl_backlog_active',
  'repl_backlog_size',
  'repl_backlog_first_byte_offset',
  'repl_backlog_histlen',
];

describe('INFO: the fields redis-server prints, in its order', () => {
  test('replication of a master', () => {
    const [count, ...rest] = HISTORY;
    expect(names(info(settledNode('8901'), 'INFO replication'))).toEqual([
      '# Replication',
      'role',
      count,
      'slave0',
      ...rest,
    ]);
  });

  test('replication of a replica', () => {
    expect(names(info(settledNode('8904'), 'INFO replication'))).toEqual([
      '# Replication',
      'role',
      'master_host',
      'master_port',
      'master_link_status',
      'master_last_io_seconds_ago',
      'master_sync_in_progress',
      'slave_read_repl_offset',
      'slave_repl_offset',
      'slave_priority',
      'slave_read_only',
      'replica_announced',
      ...HISTORY,
    ]);
  });

  test('a replica that waits for its first copy, as measured two seconds on', () => {
    const state = settledNode('8904');
    const waiting = { link: 'syncing', awaiting: 'COPY', transferIoMs: 98_000 } as const;
    const replication = { ...state.replication, ...waiting, cachedMaster: 'demotion' as const };
    const lines = info({ ...state, replication }, 'INFO replication').split('\r\n');
    expect(lines.slice(4, 15)).toEqual([
      'master_link_status:down',
      'master_last_io_seconds_ago:-1',
      'master_sync_in_progress:1',
      'slave_read_repl_offset:100',
      'slave_repl_offset:100',
      'master_sync_total_bytes:-1',
      'master_sync_read_bytes:0',
      'master_sync_left_bytes:-1',
      'master_sync_perc:-0.00',
      'master_sync_last_io_seconds_ago:2',
      'master_link_down_since_seconds:-1',
    ]);
  });

  test('a replica whose link is down says since when', () => {
    const state = settledNode('8904');
    const down = { ...state.replication, link: 'down' as const, downSinceMs: 94_500 };
    const text = info({ ...state, replication: down }, 'INFO replication');
    expect(text).toContain('master_link_status:down\r\nmaster_last_io_seconds_ago:-1\r\n');
    expect(text).toContain('\r\nmaster_link_down_since_seconds:6\r\n');
  });
});

describe('INFO: sections', () => {
  const SECTIONS = ['# Server', '# Stats', '# Replication', '# Cluster', '# Keyspace'];
  test.each(['INFO', 'INFO default', 'INFO ALL', 'INFO cluster everything'])('%s: all', (text) => {
    const found = names(info(settledNode('8901'), text)).filter((name) => name.startsWith('#'));
    expect(found).toEqual(SECTIONS);
  });

  test('an empty line between two, none at the end', () => {
    expect(info(settledNode('8901'), 'INFO keyspace cluster')).toBe(
      '# Cluster\r\ncluster_enabled:1\r\n\r\n# Keyspace\r\n',
    );
  });

  test('a section nobody knows: nothing', () => {
    expect(info(settledNode('8901'), 'INFO nosuch')).toBe('');
  });

  test('a database without keys has no line', () => {
    const state = { ...settledNode('8901'), keys: keyspaceOf({ hello: '1', world: '2' }) };
    expect(info(state, 'INFO keyspace')).toBe('# Keyspace\r\ndb0:keys=2,expires=0,avg_ttl=0\r\n');
  });
});
