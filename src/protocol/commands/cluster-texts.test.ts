import { describe, expect, test } from 'vitest';
import { CLOCK_ORIGIN_MS } from '../config';
import { FAIL, HANDSHAKE, MASTER, MEET, NOADDR, PFAIL, printFlags } from '../flags';
import { idOf, settledNode, withEntry, flagged, NOW_MS } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { clusterSlots } from './cluster-slots-reply';
import { printClusterInfo, printClusterNodes } from './cluster-texts';

const settled = settledNode('8904');
const lines = (state: typeof settled) => printClusterNodes(state).split('\n');
const pongMs = CLOCK_ORIGIN_MS + NOW_MS - 400;

describe('CLUSTER NODES: one line a node', () => {
  test('a master, a replica, myself', () => {
    const [master, second, , me] = lines(settled);
    expect(master).toBe(
      `${idOf('8901')} 127.0.0.1:8901@18901 master - 0 ${pongMs} 1 connected 0-5460`,
    );
    expect(second).toContain(' master - 0 ');
    expect(me).toBe(
      `${idOf('8904')} 127.0.0.1:8904@18904 myself,slave ${idOf('8901')} 0 0 1 connected`,
    );
  });

  test('every line ends with a newline', () => {
    expect(printClusterNodes(settled).endsWith('connected\n')).toBe(true);
    expect(lines(settled)).toHaveLength(7);
  });

  test('a pending ping and a lost link', () => {
    const state = withEntry(flagged(settled, '8902', FAIL), '8902', {
      link: null,
      pingSentMs: 99_000,
      slots: [
        [5461, 5461],
        [5463, 5464],
      ],
    });
    expect(lines(state)[1]).toBe(
      `${idOf('8902')} 127.0.0.1:8902@18902 master,fail - ${CLOCK_ORIGIN_MS + 99_000} ${pongMs} ` +
        '2 disconnected 5461 5463-5464',
    );
  });

  test('an address that is not known', () => {
    const state = withEntry(settled, '8902', {
      ip: '',
      port: 0,
      busPort: 0,
      flags: MASTER | NOADDR,
      link: null,
    });
    expect(lines(state)[1]).toContain(`${idOf('8902')} :0@0 master,noaddr - `);
  });

  test('open slots stand at the end of my own line only', () => {
    const state = {
      ...settledNode('8901'),
      migratingTo: { 5: idOf('8902') },
      importingFrom: { 7000: idOf('8903') },
    };
    expect(lines(state)[0]).toMatch(
      new RegExp(` 0-5460 \\[5->-${idOf('8902')}\\] \\[7000-<-${idOf('8903')}\\]$`),
    );
    expect(lines(state)[1]).not.toContain('[');
  });

  test.each([
    [HANDSHAKE | MEET, 'handshake'],
    [MASTER | PFAIL, 'master,fail?'],
    [0, 'noflags'],
  ])('flags %i: %s', (flags, words) => {
    expect(printFlags(flags)).toBe(words);
  });
});

describe('CLUSTER INFO', () => {
  test('fields in the order of 7.0, lines ended by CRLF', () => {
    const state = {
      ...flagged(flagged(settled, '8902', PFAIL), '8903', FAIL),
      sentCounts: { PONG: 3, PING: 2, FAILOVER_AUTH_REQUEST: 5 },
      receivedCounts: { MEET: 1 },
    };
    expect(printClusterInfo(state)).toBe(
      [
        'cluster_state:ok',
        'cluster_slots_assigned:16384',
        'cluster_slots_ok:5461',
        'cluster_slots_pfail:5462',
        'cluster_slots_fail:5461',
        'cluster_known_nodes:6',
        'cluster_size:3',
        'cluster_current_epoch:6',
        'cluster_my_epoch:1',
        'cluster_stats_messages_ping_sent:2',
        'cluster_stats_messages_pong_sent:3',
        'cluster_stats_messages_auth-req_sent:5',
        'cluster_stats_messages_sent:10',
        'cluster_stats_messages_meet_received:1',
        'cluster_stats_messages_received:1',
        'total_cluster_links_buffer_limit_exceeded:0',
        '',
      ].join('\r\n'),
    );
  });
});

describe('CLUSTER SLOTS', () => {
  const withData = withEntry(settledNode('8901'), '8904', { offsetBytes: 100 });

  test('a run of slots: first, last, owner, replicas that have data', () => {
    const text = printReply(clusterSlots(withData));
    const [first = ''] = text.split('\n2) ');
    expect(first).toContain('(integer) 0\n   2) (integer) 5460');
    expect(first).toContain(idOf('8904'));
    expect(text).not.toContain(idOf('8905'));
  });

  test('failed replicas are left out, slots without an owner too', () => {
    const state = withEntry(flagged(withData, '8904', FAIL), '8902', { slots: [] });
    const text = printReply(clusterSlots(state));
    expect(text).not.toContain(idOf('8904'));
    expect(text).not.toContain('5461');
  });

  test('ranges ascend whoever owns them', () => {
    const state = withEntry(withData, '8901', {
      slots: [
        [0, 1],
        [16_000, 16_001],
      ],
    });
    const reply = clusterSlots(withEntry(state, '8903', { slots: [[20, 30]] }));
    const firsts = reply.type === 'array' ? reply.items : [];
    expect(firsts.map((run) => (run.type === 'array' ? printReply(run.items[0]!) : ''))).toEqual([
      '(integer) 0',
      '(integer) 20',
      '(integer) 5461',
      '(integer) 16000',
    ]);
  });
});
