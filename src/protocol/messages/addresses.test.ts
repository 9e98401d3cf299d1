import { describe, expect, test } from 'vitest';
import { announcedPorts, announceMyself } from './announce';
import type { BusMessage, HeartbeatMessage } from '../bus-message';
import { myself, type ClusterState } from '../cluster-state';
import { NOADDR, NOFAILOVER } from '../flags';
import {
  connectionOf,
  entryOf,
  heartbeat,
  idOf,
  logIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { processPacket } from './packet';
import { sendPing } from './send';
import type { Turn } from '../turn';

const settled = settledNode('8901');
const FROM_8902 = connectionOf('8902', '8901');
const TO_8902 = connectionOf('8901', '8902');

function receive(state: ClusterState, connection: string, message: BusMessage): Turn {
  const turn = turnOf(state);
  processPacket(turn, connection, message);
  return turn;
}

const configured = (
  change: Partial<ClusterState['config']>,
  state: ClusterState = settled,
): ClusterState => ({ ...state, config: { ...state.config, ...change } });

describe('address: where a sender says it is', () => {
  const moved = { ip: '10.0.0.2', port: 9_002, busPort: 9_102 };

  test('a PING on its own connection is believed; our link to the old address goes', () => {
    const { state, effects } = receive(settled, FROM_8902, heartbeat('PING', '8902', moved));
    expect(entryOf(state, '8902')).toMatchObject({ ...moved, link: null });
    expect(effects).toContainEqual({ type: 'close', connection: TO_8902 });
  });

  test('an address that was lost is found again', () => {
    const lost = withEntry(settled, '8902', { ip: '', port: 0, busPort: 0, link: null });
    const { flags } = entryOf(lost, '8902');
    const state = withEntry(lost, '8902', { flags: flags | NOADDR });
    const turn = receive(state, FROM_8902, heartbeat('PING', '8902'));
    expect(entryOf(turn.state, '8902')).toMatchObject({ flags, ip: '127.0.0.1', port: 8_902 });
    expect(logIn(turn)).toEqual([`Address updated for node ${idOf('8902')}, now 127.0.0.1:8902`]);
  });

  test.each([
    ['a PONG', FROM_8902, heartbeat('PONG', '8902', moved)],
    ['a MEET from a node we know', FROM_8902, heartbeat('MEET', '8902', moved)],
    ['a PING on our own link', TO_8902, heartbeat('PING', '8902', moved)],
  ])('%s moves nobody', (_, connection, message) => {
    const { state } = receive(settled, connection, message);
    expect(entryOf(state, '8902')).toMatchObject({ ip: '127.0.0.1', port: 8_902 });
  });
});

describe('address: my own', () => {
  const nowhere = withEntry(settled, '8901', { ip: '' });
  const ipAfter = (state: ClusterState, type: 'PING' | 'PONG' | 'MEET'): string =>
    myself(receive(state, FROM_8902, heartbeat(type, '8902')).state).ip;

  test.each([
    ['PING', '127.0.0.1'],
    ['MEET', '127.0.0.1'],
    ['PONG', ''],
  ] as const)('unknown until the first %s: "%s"', (type, ip) => {
    expect(ipAfter(nowhere, type)).toBe(ip);
  });

  test('MEET corrects it, PING does not', () => {
    const wrong = withEntry(settled, '8901', { ip: '10.9.9.9' });
    expect(ipAfter(wrong, 'PING')).toBe('10.9.9.9');
    expect(ipAfter(wrong, 'MEET')).toBe('127.0.0.1');
  });

  test('with cluster-announce-ip nothing does', () => {
    expect(ipAfter(configured({ announceIp: '10.0.0.1' }, nowhere), 'MEET')).toBe('');
  });
});

describe('hostname: an extension of PING, PONG and MEET', () => {
  const named = withEntry(settled, '8902', { hostname: 'old.example.com' });
  const withHostname = (hostname: string): BusMessage => ({
    ...(heartbeat('PING', '8902') as HeartbeatMessage),
    extensions: [{ type: 'HOSTNAME', hostname }],
  });

  test('is taken from a node we know, and forgotten when it comes no more', () => {
    const taken = receive(named, FROM_8902, withHostname('new.example.com'));
    expect(entryOf(taken.state, '8902').hostname).toBe('new.example.com');
    const gone = receive(taken.state, FROM_8902, heartbeat('PONG', '8902'));
    expect(entryOf(gone.state, '8902').hostname).toBe('');
  });

  test('an extension of a later version is skipped with a word', () => {
    const message: BusMessage = {
      ...(heartbeat('PING', '8902') as HeartbeatMessage),
      extensions: [
        { type: 'UNKNOWN', code: 3, data: '00'.repeat(40) },
        { type: 'HOSTNAME', hostname: 'new.example.com' },
      ],
    };
    const turn = receive(named, FROM_8902, message);
    expect(logIn(turn)).toEqual(['Received unknown extension type 3']);
    expect(entryOf(turn.state, '8902').hostname).toBe('new.example.com');
  });

  test('is sent only if there is one', () => {
    const sent = (state: ClusterState) => {
      const turn = turnOf(state);
      sendPing(turn, idOf('8902'));
      return (sentIn(turn)[0]!.message as HeartbeatMessage).extensions;
    };
    expect(sent(settled)).toEqual([]);
    expect(sent(withEntry(settled, '8901', { hostname: 'me' }))).toEqual([
      { type: 'HOSTNAME', hostname: 'me' },
    ]);
  });
});

describe('announcing: what a process says of itself when it starts', () => {
  test('ports: those of the settings, or the real ones', () => {
    expect(announcedPorts(settled)).toEqual({ port: 8_901, busPort: 18_901 });
    expect(announcedPorts(configured({ announceBusPort: 7 }))).toEqual({ port: 8_901, busPort: 7 });
  });

  test('address, hostname and unwillingness to stand', () => {
    const config = { announceIp: '10.0.0.1', announceHostname: 'me', replicaNoFailover: true };
    const turn = turnOf(configured({ ...config, announcePort: 9_001 }));
    announceMyself(turn);
    expect(turn.me).toMatchObject({ ip: '10.0.0.1', hostname: 'me', port: 9_001 });
    expect(turn.me.flags & NOFAILOVER).toBe(NOFAILOVER);
    expect(turn.state.todo).toMatchObject({ saveConfig: true, updateState: true });
  });

  test('headers carry what is announced, not what is so', () => {
    const turn = turnOf(configured({ announceIp: '10.0.0.1', announcePort: 9_001 }));
    sendPing(turn, idOf('8902'));
    expect(sentIn(turn)[0]!.message).toMatchObject({
      ip: '10.0.0.1',
      port: 9_001,
      busPort: 18_901,
    });
  });
});
