import { describe, expect, test } from 'vitest';
import { headerFrom, heartbeat, idOf } from '../protocol/fixtures/node-fixture';
import { parseClusterNodes } from '../protocol/slots/nodes-text';
import type { Capture } from './capture';
import { captureOf, frameOf, openOf } from './capture-fixture';
import { inferredDeeds } from './inferred-deeds';

const commandsOf = (change: Partial<Capture>, number = 1): string[] => {
  const capture = captureOf(3, change);
  return inferredDeeds(capture, capture.nodes[number - 1]!).map(({ argv }) => argv.join(' '));
};
const alone = `${idOf('8901')} :8901@18901 myself,master - 0 0 0 connected`;
const owner = `${idOf('8901')} :8901@18901 myself,master - 0 0 1 connected 0-5460`;
const second = `${idOf('8902')} :8902@18902 master - 0 0 2 connected 5461-10922`;
const table = (...lines: string[]) => new Map([[1, parseClusterNodes(lines.join('\n'))]]);

describe('commands that nobody recorded', () => {
  test('slots and epoch of a new node', () => {
    const frames = [frameOf({ atMs: 50, from: 1, to: 2 })];
    expect(commandsOf({ frames, before: table(alone) })).toEqual([
      'CLUSTER ADDSLOTSRANGE 0 5460',
      'CLUSTER SET-CONFIG-EPOCH 1',
    ]);
  });

  test('a MEET', () => {
    const meet = heartbeat('MEET', '8901', { slots: [], configEpoch: 0 });
    const frames = [frameOf({ atMs: 50, from: 1, to: 2 }, meet)];
    const links = [openOf(49, 1, 2)];
    expect(commandsOf({ frames, links, before: table(alone) })).toEqual([
      'CLUSTER MEET 127.0.0.1 8902 18902',
    ]);
  });

  test('a slot more than before, without an election', () => {
    const more = heartbeat('PONG', '8901', { slots: [[0, 5461]], configEpoch: 9 });
    const frames = [frameOf({ atMs: 50, from: 1, to: 2 }, more)];
    expect(commandsOf({ frames, before: table(owner, second) })).toEqual([
      `CLUSTER SETSLOT 5461 IMPORTING ${idOf('8902')}`,
      `CLUSTER SETSLOT 5461 NODE ${idOf('8901')}`,
    ]);
  });

  test('an empty master that is a replica', () => {
    const empty = heartbeat('PING', '8901', { slots: [] });
    const replica = heartbeat('PING', '8901', { slots: [], masterId: idOf('8902') });
    const frames = [empty, replica].map((message, i) =>
      frameOf({ atMs: 50 * (i + 1), from: 1, to: 2 }, message),
    );
    expect(commandsOf({ frames, before: table(owner.replace(' 0-5460', ''), second) })).toEqual([
      `CLUSTER REPLICATE ${idOf('8902')}`,
    ]);
  });

  test('a master with slots that is a replica was no command: it lost them', () => {
    const replica = heartbeat('PING', '8901', { slots: [], masterId: idOf('8902') });
    const frames = [heartbeat('PING', '8901'), replica].map((message, i) =>
      frameOf({ atMs: 50 * (i + 1), from: 1, to: 2 }, message),
    );
    expect(commandsOf({ frames, before: table(owner, second) })).toEqual([]);
  });

  test('one PUBLISH, whoever it goes to', () => {
    const news = { ...headerFrom('8901'), type: 'PUBLISH', channel: 'c', message: 'm' } as const;
    const frames = [2, 3].map((to) => frameOf({ atMs: 50 + to, from: 1, to }, news));
    expect(commandsOf({ frames, before: table(owner, second) })).toEqual(['PUBLISH c m']);
  });

  test('a manual failover, by its MFSTART or its force-ack', () => {
    const before = table(owner, second);
    const start = { ...headerFrom('8901'), type: 'MFSTART' } as const;
    const request = {
      ...headerFrom('8901'),
      type: 'FAILOVER_AUTH_REQUEST',
      forceAck: true,
    } as const;
    const said = (message: typeof start | typeof request) => ({
      frames: [frameOf({ atMs: 50, from: 1, to: 2 }, message)],
      before,
    });
    expect(commandsOf(said(start))).toEqual(['CLUSTER FAILOVER']);
    expect(commandsOf(said(request))).toEqual(['CLUSTER FAILOVER FORCE']);
  });

  test('what was recorded is not inferred', () => {
    const start = { ...headerFrom('8901'), type: 'MFSTART' } as const;
    const frames = [frameOf({ atMs: 50, from: 1, to: 2 }, start)];
    const argv = ['CLUSTER', 'FAILOVER'];
    const deeds = [{ atMs: 49, node: 1, type: 'command', argv }] as const;
    expect(commandsOf({ frames, deeds, before: table(owner, second) })).toEqual([]);
  });
});
