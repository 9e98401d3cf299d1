import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { keySlot } from '../key-slot';
import { NOW_MS, idOf, settledNode, withEntry } from '../fixtures/node-fixture';
import { redirectFor, type Query } from './routing';
import { keyspaceOf } from '../keyspace';

const answer = (state: ClusterState, query: Partial<Query>): string => {
  const full: Query = {
    keys: [],
    isWrite: false,
    writes: query.isWrite ?? false,
    asking: false,
    readonlyClient: false,
    isShardChannel: false,
    isMigrate: false,
    nowMs: NOW_MS,
    ...query,
  };
  const reply = redirectFor(state, full);
  if (reply === null) return 'served here';
  return reply.type === 'error' ? reply.text : reply.type;
};

/** hello 866 (8901), foo 12182 (8903), bar 5061 (8901). */
const settled = settledNode('8901');
const TRYAGAIN = 'TRYAGAIN Multiple keys request during rehashing of slot';
const CROSSSLOT = "CROSSSLOT Keys in request don't hash to the same slot";

describe('routing: a slot that stands still', () => {
  test.each([
    ['mine', ['hello'], 'served here'],
    ["another master's", ['foo'], 'MOVED 12182 127.0.0.1:8903'],
    ['no key at all', [], 'served here'],
    ['two keys of one tag', ['{hello}a', '{hello}b'], 'served here'],
    ['two slots, though both are mine', ['hello', 'bar'], CROSSSLOT],
    ['two slots, neither mine: crossing comes first', ['foo', 'x'], CROSSSLOT],
  ])('%s', (_, keys, expected) => {
    expect(answer(settled, { keys })).toBe(expected);
  });
});

describe('routing: when the cluster is down', () => {
  const down: ClusterState = { ...settled, state: 'fail' };
  const unowned = withEntry(down, '8903', { slots: [] });

  test.each([
    ['a key', down, ['hello'], 'CLUSTERDOWN The cluster is down'],
    ['no key', down, [], 'served here'],
    ['crossing slots comes before', down, ['hello', 'bar'], CROSSSLOT],
    ['no owner comes before', unowned, ['foo'], 'CLUSTERDOWN Hash slot not served'],
    ['no owner comes before crossing', unowned, ['foo', 'bar'], 'CLUSTERDOWN Hash slot not served'],
  ] as const)('%s', (_, state, keys, expected) => {
    expect(answer(state, { keys })).toBe(expected);
  });

  const mayRead: ClusterState = { ...down, config: { ...down.config, allowReadsWhenDown: true } };
  const noShard = { ...down, config: { ...down.config, allowPubsubShardWhenDown: false } };
  const READS_ONLY = 'CLUSTERDOWN The cluster is down and only accepts read commands';
  test.each([
    ['a read, if reads are allowed', mayRead, {}, 'served here'],
    ["a read of another's key, too", mayRead, { keys: ['foo'] }, 'MOVED 12182 127.0.0.1:8903'],
    ['a write, if reads are allowed', mayRead, { isWrite: true }, READS_ONLY],
    ['an EXEC of writes passes: EXEC itself is none', mayRead, { writes: true }, 'served here'],
    ['a shard channel', down, { isShardChannel: true }, 'served here'],
    [
      'a shard channel, if told so',
      noShard,
      { isShardChannel: true },
      'CLUSTERDOWN The cluster is down',
    ],
  ])('%s', (_, state, query, expected) => {
    expect(answer(state, { keys: ['hello'], ...query })).toBe(expected);
  });
});

describe('routing: where clients are sent', () => {
  const named = withEntry(settled, '8903', { hostname: 'node3.example' });
  test.each([
    ['ip', named, 'MOVED 12182 127.0.0.1:8903'],
    ['hostname', named, 'MOVED 12182 node3.example:8903'],
    ['hostname', settled, 'MOVED 12182 ?:8903'],
    ['unknown-endpoint', named, 'MOVED 12182 :8903'],
  ] as const)('%s', (preferredEndpointType, state, expected) => {
    const config = { ...state.config, preferredEndpointType };
    expect(answer({ ...state, config }, { keys: ['foo'] })).toBe(expected);
  });
});

describe('routing: a replica', () => {
  const replica = settledNode('8904');
  test.each([
    ['GET', {}, 'MOVED 866 127.0.0.1:8901'],
    ['GET after READONLY', { readonlyClient: true }, 'served here'],
    ['SET after READONLY', { readonlyClient: true, isWrite: true }, 'MOVED 866 127.0.0.1:8901'],
  ])('%s', (_, query, expected) => {
    expect(answer(replica, { keys: ['hello'], ...query })).toBe(expected);
  });

  test("a shard channel of its master's slots is served without READONLY", () => {
    expect(answer(replica, { keys: ['hello'], isShardChannel: true })).toBe('served here');
    expect(answer(replica, { keys: ['foo'], isShardChannel: true })).toMatch(/^MOVED/);
  });

  test("READONLY covers its own master's slots only", () => {
    expect(answer(replica, { keys: ['foo'], readonlyClient: true })).toBe(
      'MOVED 12182 127.0.0.1:8903',
    );
  });
});

describe('routing: a slot on the move', () => {
  const slot = keySlot('hello');
  const source: ClusterState = {
    ...settled,
    migratingTo: { [slot]: idOf('8902') },
    keys: keyspaceOf({ '{hello}here': '1', '{hello}too': '2' }),
  };
  const target: ClusterState = {
    ...settledNode('8902'),
    importingFrom: { [slot]: idOf('8901') },
    keys: source.keys,
  };
  const ASK = `ASK ${slot} 127.0.0.1:8902`;
  const MOVED = `MOVED ${slot} 127.0.0.1:8901`;

  test.each([
    ['all keys are still here', source, ['{hello}here', '{hello}too'], false, 'served here'],
    ['some are gone', source, ['{hello}here', '{hello}gone'], false, TRYAGAIN],
    ['the only one is gone', source, ['{hello}gone'], false, ASK],
    ['all are gone', source, ['{hello}gone', '{hello}left'], false, ASK],
  ])('source: %s', (_, state, keys, asking, expected) => {
    expect(answer(state, { keys, asking })).toBe(expected);
  });

  test.each([
    ['without ASKING', ['{hello}here'], false, MOVED],
    ['ASKING for one that is here', ['{hello}here'], true, 'served here'],
    ['ASKING for one that is not: served all the same', ['{hello}new'], true, 'served here'],
    ['ASKING for some that are not', ['{hello}here', '{hello}new'], true, TRYAGAIN],
    ['ASKING for the same missing key twice', ['{hello}new', '{hello}new'], true, 'served here'],
  ])('target: %s', (_, keys, asking, expected) => {
    expect(answer(target, { keys, asking })).toBe(expected);
  });

  test('MIGRATE works on either end of an open slot; shard channels stay with the source', () => {
    const query = { keys: ['{hello}gone'], isMigrate: true };
    expect(answer(source, query)).toBe('served here');
    expect(answer(target, query)).toBe('served here');
    const channel = { keys: ['{hello}gone'], isShardChannel: true };
    expect(answer(source, channel)).toBe('served here');
    expect(answer(target, channel)).toBe(MOVED);
  });

  test('MIGRATING means nothing once the slot is not mine', () => {
    const lost = withEntry(withEntry(source, '8901', { slots: [[1000, 5460]] }), '8902', {
      slots: [[0, 999]],
    });
    expect(answer(lost, { keys: ['{hello}gone'] })).toBe(`MOVED ${slot} 127.0.0.1:8902`);
  });
});
