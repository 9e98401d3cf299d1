import { describe, expect, test } from 'vitest';
import type { FrameNode, FrameRow } from '../../protocol/cluster-frame';
import { nodeId } from '../../protocol/ids';
import { inspector as text } from '../../words/en/inspector';
import { gistOf, isToBeHeld, journeyOf, type ShownMessage } from './message-gist';
import { cardValues, changesOf, grouped, redisFlags, rowTexts } from './node-values';

const row = (fields: Partial<FrameRow>): FrameRow => ({
  name: '8901',
  id: nodeId('a'.repeat(40)),
  flags: ['master'],
  master: null,
  pingSentMs: 0,
  pongReceivedMs: 0,
  configEpoch: 1,
  linkConnected: true,
  slots: [[0, 5460]],
  offsetBytes: 0,
  failSinceMs: 0,
  failReports: [],
  ...fields,
});
const REPLICA: FrameNode = {
  name: '8904',
  id: nodeId('b'.repeat(40)),
  ip: '127.0.0.1',
  port: 8_904,
  busPort: 18_904,
  shard: 0,
  process: 'running',
  processSinceMs: 0,
  view: {
    role: 'replica',
    master: '8901',
    clusterState: 'fail',
    size: 3,
    slotsServed: 10_923,
    currentEpoch: 6,
    configEpoch: 0,
    lastVoteEpoch: 0,
    nodeTimeoutMs: 5_000,
    openSlots: [],
    migration: null,
    keyCount: 0,
    offsetBytes: 11_680,
    replication: { link: 'down', sinceMs: 4_200, id: 'a'.repeat(40), lastSync: 'full' },
    failover: { phase: 'idle', epoch: 0, rank: 0, dueAtMs: 0, delayMs: 0, voteCount: 0 },
    handover: 'none',
    rows: [
      row({}),
      row({ name: '8904', id: nodeId('b'.repeat(40)), flags: ['myself', 'replica'] }),
    ],
  },
};

describe('node card', () => {
  test('a replica shows its master’s configEpoch, and how long its link has been down', () => {
    const values = Object.fromEntries(
      cardValues(REPLICA, 11_388, text).map(({ key, value, aside }) => [key, value + aside]),
    );
    expect(values).toEqual({
      currentEpoch: '6',
      flags: 'myself,slave',
      configEpoch: '1its master’s',
      offset: '11\u2009680',
      replication: 'down 7.2\u00a0s',
      rank: '#0',
    });
  });

  test.each([
    ['full', 'upfull copy'],
    ['partial', 'upcontinued'],
    [null, 'up'],
  ] as const)('a replica whose link is up says how it got its data: %s', (lastSync, printed) => {
    const replication = { ...REPLICA.view.replication, link: 'up' as const, lastSync };
    const node = { ...REPLICA, view: { ...REPLICA.view, replication } };
    const value = cardValues(node, 0, text).find(({ key }) => key === 'replication')!;
    expect(value.value + value.aside).toBe(printed);
  });

  test('a master shows its own epochs instead', () => {
    const master = {
      ...REPLICA,
      view: { ...REPLICA.view, role: 'master' as const, configEpoch: 9 },
    };
    const keys = cardValues(master, 0, text).map(({ key }) => key);
    expect(keys).toContain('lastVoteEpoch');
    expect(keys).not.toContain('replication');
  });

  test.each([
    [['replica', 'pfail'], 'slave,fail?'],
    [['master', 'migrate-to'], 'master'],
    [[], 'noflags'],
  ] as const)('flags %s print as %s', (flags, printed) => {
    expect(redisFlags(flags)).toBe(printed);
  });

  test.each([
    [16_384, '16\u2009384'],
    [999, '999'],
    [1_234_567, '1\u2009234\u2009567'],
  ])('%d is grouped', (count, printed) => {
    expect(grouped(count)).toBe(printed);
  });
});

describe('node table', () => {
  const before = { ...REPLICA.view, rows: [row({})] };

  test('a cell that the last step changed says what it was', () => {
    const now = row({ flags: ['master', 'fail'], linkConnected: false });
    expect(changesOf(now, [REPLICA.view, before], text)).toEqual({ flags: 'master', link: 'up' });
  });

  test('an unchanged row, or nothing to compare with, marks nothing', () => {
    expect(changesOf(row({ pongReceivedMs: 500 }), [REPLICA.view, before], text)).toEqual({});
    expect(changesOf(row({ flags: ['fail'] }), [REPLICA.view, null], text)).toEqual({});
  });

  test('a new row is all news', () => {
    const stranger = row({ id: nodeId('c'.repeat(40)), name: '8907' });
    expect(changesOf(stranger, [REPLICA.view, before], text).flags).toBe(text.table.gone);
  });

  test('a replica has its master where a master has slots', () => {
    expect(rowTexts(row({ slots: [], master: '8902' }), null, text).slots).toBe('of 8902');
  });

  test('its own row ends with the slots it has opened, and only that', () => {
    const openSlots = [
      { slot: 7, mark: 'migrating', peer: '8902', keyCount: 3 },
      { slot: 9, mark: 'importing', peer: '8903', keyCount: 0 },
    ] as const;
    const view = { ...REPLICA.view, openSlots };
    const own = row({ flags: ['myself', 'master'], slots: [[0, 8]] });
    expect(rowTexts(own, view, text).slots).toBe('0-8 [7->-8902] [9-<-8903]');
    expect(rowTexts(row({ slots: [[0, 8]] }), view, text).slots).toBe('0-8');
    expect(changesOf(own, [view, { ...REPLICA.view, rows: [own] }], text).slots).toBe('0-8');
  });
});

describe('message', () => {
  const message = (fields: Partial<ShownMessage>): ShownMessage => {
    const plain = {
      id: 1,
      type: 'PING',
      from: '8902',
      to: '8904',
      sentAtMs: 9_500,
      deliverAtMs: 9_620,
      fate: 'flying',
      rumours: [],
    } as const;
    return { ...plain, ...fields };
  };

  test.each([
    [{}, 'Are you there?'],
    [{ rumours: [{ about: '8901', flag: 'pfail' }] }, 'Are you there? I cannot reach 8901.'],
    [
      { type: 'PONG', rumours: [{ about: '8901', flag: 'fail' }] },
      'I am here. To me, 8901 has failed.',
    ],
    [{ type: 'FAIL', about: '8901' }, '8901 is down. Take it as settled.'],
    [{ type: 'FAILOVER_AUTH_ACK', epoch: 7 }, 'You have my vote in epoch 7.'],
  ] as const)('%o says “%s”', (fields, gist) => {
    expect(gistOf(message(fields as Partial<ShownMessage>), text.message)).toBe(gist);
  });

  test.each([
    ['flying', 9_600, 'sent 9.500\u00a0s, due 9.620\u00a0s'],
    ['delivered', 9_700, 'sent 9.500\u00a0s, arrived 9.620\u00a0s'],
    ['lost', 9_700, 'sent 9.500\u00a0s, lost; would have arrived 9.620\u00a0s'],
    ['unread', 9_700, 'sent 9.500\u00a0s, arrived 9.620\u00a0s, waits unread'],
    ['unread', 9_600, 'sent 9.500\u00a0s, due 9.620\u00a0s'],
  ] as const)('a %s message at %d ms: %s', (fate, atMs, journey) => {
    expect(journeyOf(message({ fate }), atMs, text)).toBe(journey);
  });

  test('one that will be held back says so, until it is let go', () => {
    const held = message({ isToBeHeld: true });
    const told = 'sent 9.500\u00a0s, to be held back at 9.620\u00a0s';
    expect(journeyOf(held, 9_600, text)).toBe(told);
    const inputs = [
      { atMs: 9_510, input: { type: 'hold-message', message: held.id } },
      { atMs: 9_610, input: { type: 'heal-all' } },
    ] as const;
    const whenMs = [9_505, 9_510, 9_600, 9_610];
    const answers = whenMs.map((atMs) => isToBeHeld(held.id, inputs, atMs));
    expect(answers).toEqual([false, true, true, false]);
    expect(isToBeHeld(held.id + 1, inputs, 9_600)).toBe(false);
  });

  test('of real nodes its times are those of the day', () => {
    const day = (ms: number): string => `22:47:${ms / 1_000}`;
    const told = journeyOf(message({ fate: 'delivered' }), 9_700, text, day);
    expect(told).toBe('sent 22:47:9.5, arrived 22:47:9.62');
  });
});
