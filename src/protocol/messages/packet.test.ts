import { describe, expect, test } from 'vitest';
import type { BusMessage } from '../bus-message';
import { blankNode, lookupNode, type ClusterNode, type ClusterState } from '../cluster-state';
import { FAIL, HANDSHAKE, MASTER, MEET, NOADDR, NOFAILOVER, PFAIL, REPLICA } from '../flags';
import { nodeId } from '../ids';
import {
  NOW_MS,
  entryOf,
  flagged,
  headerFrom,
  heartbeat,
  idOf,
  logIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
  withoutEntry,
  knowing,
} from '../fixtures/node-fixture';
import { processPacket } from './packet';
import { EMPTY_BUFFER } from './send-buffer';

function receive(state: ClusterState, connection: string, message: BusMessage) {
  const turn = turnOf(state);
  processPacket(turn, connection, message);
  return turn;
}

const settled = settledNode('8901');
const typesIn = (turn: ReturnType<typeof receive>) => sentIn(turn).map((one) => one.message.type);

/** 8901 as it was told to MEET `port`: an entry under a random name, its link up. */
const RANDOM = nodeId('f'.repeat(40));
const shaking = (state: ClusterState, port = 8907, flags = HANDSHAKE): ClusterState => {
  const entry = { id: RANDOM, flags, createdMs: NOW_MS - 50, port, busPort: port + 10_000 };
  const link = {
    connection: '8901#h',
    createdMs: NOW_MS - 50,
    connected: true,
    buffer: EMPTY_BUFFER,
  };
  const node: ClusterNode = { ...blankNode({ ...entry, ip: '127.0.0.1' }), link };
  return knowing(state, [node]);
};
const stranger = (type: 'PING' | 'PONG' | 'MEET'): BusMessage => heartbeat(type, '8907');

describe('handshake: being met', () => {
  const met = receive(
    { ...settled, strangers: [{ connection: '8907#1', createdMs: 0 }] },
    '8907#1',
    stranger('MEET'),
  );

  test('MEET from a stranger adds a handshake node under a random name', () => {
    const added = met.state.nodes.at(-1)!;
    expect(added).toMatchObject({ flags: HANDSHAKE, port: 8907, busPort: 18907, ip: '127.0.0.1' });
    expect(added.id).not.toBe(idOf('8907'));
    expect(added.slots).toEqual([]);
  });

  test('and is answered with a PONG on the same connection', () => {
    expect(sentIn(met)).toMatchObject([{ connection: '8907#1', message: { type: 'PONG' } }]);
  });

  test('PING from a stranger is answered, and adds nobody', () => {
    const turn = receive(settled, '8907#1', stranger('PING'));
    expect(typesIn(turn)).toEqual(['PONG']);
    expect(turn.state.nodes).toHaveLength(6);
  });

  test('MEET from a stranger brings nobody along in its gossip', () => {
    const entry = { ...headerFrom('8908'), id: idOf('8908'), ip: '127.0.0.1' };
    const gossip = [{ ...entry, pingSentSecondMs: 0, pongReceivedSecondMs: 0 }];
    const message = { ...headerFrom('8907'), type: 'MEET', gossip, extensions: [] } as const;
    expect(lookupNode(receive(settled, '8907#1', message).state, idOf('8908'))).toBeNull();
  });

  test('MEET from someone we know is a heartbeat like any other', () => {
    const turn = receive(settled, '8902#8901', heartbeat('MEET', '8902'));
    expect(turn.state.nodes).toHaveLength(6);
    expect(typesIn(turn)).toEqual(['PONG']);
  });
});

describe('handshake: the first PONG on our own link', () => {
  const done = receive(shaking(settled), '8901#h', {
    ...heartbeat('PONG', '8907', { slots: [[0, 5460]], configEpoch: 99, currentEpoch: 99 }),
  });
  const entry = entryOf(done.state, '8907');

  test('renames the entry and gives it its role, nothing more', () => {
    expect(lookupNode(done.state, RANDOM)).toBeNull();
    expect(entry.flags).toBe(MASTER);
    expect(entry.slots).toEqual([]);
    expect(entry.configEpoch).toBe(0);
    expect(done.state.currentEpoch).toBe(6);
  });

  test('counts as a sign of life', () => {
    expect(entry.pongReceivedMs).toBe(NOW_MS);
  });

  test('the second packet is believed', () => {
    const later = receive(done.state, '8901#h', heartbeat('PONG', '8907', { currentEpoch: 9 }));
    expect(later.state.currentEpoch).toBe(9);
  });

  test('of a node we know already: the handshake entry goes, its link with it', () => {
    const turn = receive(shaking(settled, 8902), '8901#h', heartbeat('PONG', '8902'));
    expect(turn.state.nodes).toHaveLength(6);
    expect(turn.effects).toContainEqual({ type: 'close', connection: '8901#h' });
    expect(logIn(turn)).toEqual([
      `Handshake: we already know node ${idOf('8902')}, updating the address if needed.`,
    ]);
  });
});

test('address: someone else answers on a link: the entry loses its address', () => {
  const turn = receive(settled, '8901#8902', heartbeat('PONG', '8903'));
  const entry = entryOf(turn.state, '8902');
  expect(entry).toMatchObject({ port: 0, busPort: 0, ip: '', link: null });
  expect(entry.flags & NOADDR).toBe(NOADDR);
  expect(turn.effects).toContainEqual({ type: 'close', connection: '8901#8902' });
  expect(entryOf(turn.state, '8903').pongReceivedMs).toBe(NOW_MS - 400);
});

test('address: a PING from a new port moves the entry, and a replica follows its master there', () => {
  const replica = settledNode('8904');
  const moved = heartbeat('PING', '8901', { port: 9901, busPort: 19_901 });
  const turn = receive(replica, '8901#8904', moved);
  expect(entryOf(turn.state, '8901')).toMatchObject({ port: 9901, busPort: 19_901, link: null });
  expect(logIn(turn)).toContain(`Address updated for node ${idOf('8901')}, now 127.0.0.1:9901`);
  expect(turn.state.replication.masterPort).toBe(9901);
});

test('address: the first MEET or PING tells a node its own', () => {
  const nameless = withEntry(settled, '8901', { ip: '' });
  const turn = receive(nameless, '8902#8901', heartbeat('PING', '8902'));
  expect(entryOf(turn.state, '8901').ip).toBe('127.0.0.1');
  expect(logIn(turn)).toEqual(['IP address for this node updated to 127.0.0.1']);
});

describe('header: what every message of a known node carries', () => {
  test('the greater currentEpoch and configEpoch are adopted, the offset is taken as it is', () => {
    const change = { currentEpoch: 9, configEpoch: 5, offsetBytes: 7 };
    const message = { ...headerFrom('8902', change), type: 'FAILOVER_AUTH_ACK' } as const;
    const { state } = receive(settled, '8902#8901', message);
    expect(state.currentEpoch).toBe(9);
    expect(entryOf(state, '8902')).toMatchObject({ configEpoch: 5, offsetBytes: 7 });
  });

  test('smaller ones are not', () => {
    const { state } = receive(
      settled,
      '8902#8901',
      heartbeat('PING', '8902', { currentEpoch: 3, configEpoch: 1 }),
    );
    expect(state.currentEpoch).toBe(6);
    expect(entryOf(state, '8902').configEpoch).toBe(2);
  });

  test("a replica's entry takes its master's configEpoch", () => {
    const { state } = receive(settled, '8905#8901', heartbeat('PING', '8905', { configEpoch: 8 }));
    expect(entryOf(state, '8905').configEpoch).toBe(8);
  });

  test('whoever opened a connection stays its sender, whatever later headers say', () => {
    const { state } = receive(settled, '8902#8901', {
      ...headerFrom('8903', { offsetBytes: 777 }),
      type: 'FAILOVER_AUTH_ACK',
    });
    expect(entryOf(state, '8902').offsetBytes).toBe(777);
    expect(entryOf(state, '8903').offsetBytes).toBe(0);
  });

  test('counted by type, even if nothing comes of it', () => {
    const turn = receive(withoutEntry(settled, '8902'), '8902#1', {
      ...headerFrom('8902'),
      type: 'FAILOVER_AUTH_REQUEST',
    });
    expect(turn.state.receivedCounts).toEqual({ FAILOVER_AUTH_REQUEST: 1 });
    expect(turn.effects).toEqual([]);
  });

  test('NOFAILOVER is copied, both ways', () => {
    const on = receive(
      settled,
      '8905#8901',
      heartbeat('PING', '8905', { flags: REPLICA | NOFAILOVER }),
    );
    expect(entryOf(on.state, '8905').flags & NOFAILOVER).toBe(NOFAILOVER);
    const off = receive(on.state, '8905#8901', heartbeat('PING', '8905'));
    expect(entryOf(off.state, '8905').flags & NOFAILOVER).toBe(0);
  });
});

describe('life: what proves that a node is alive', () => {
  const waiting = (flag: number) =>
    withEntry(flagged(settled, '8902', flag), '8902', {
      pingSentMs: NOW_MS - 900,
      dataReceivedMs: 5,
      failMs: NOW_MS,
    });

  test('a PONG on our own link ends the wait and clears a suspicion, silently', () => {
    const turn = receive(waiting(PFAIL), '8901#8902', heartbeat('PONG', '8902'));
    const entry = entryOf(turn.state, '8902');
    expect(entry).toMatchObject({ pingSentMs: 0, pongReceivedMs: NOW_MS, dataReceivedMs: NOW_MS });
    expect(entry.flags & PFAIL).toBe(0);
    expect(logIn(turn)).toEqual([]);
    expect(turn.state.todo.updateState).toBe(true);
  });

  test.each([
    ['a PING it sent us', heartbeat('PING', '8902')],
    ['a PONG on the connection it opened', heartbeat('PONG', '8902')],
  ])('%s does not, but the data counts', (_, message) => {
    const { state } = receive(waiting(PFAIL), '8902#8901', message);
    const entry = entryOf(state, '8902');
    expect(entry).toMatchObject({ pingSentMs: NOW_MS - 900, dataReceivedMs: NOW_MS });
    expect(entry.flags & PFAIL).toBe(PFAIL);
  });

  test('a PONG from a node held FAIL is looked at more closely', () => {
    const turn = receive(waiting(FAIL), '8901#8902', heartbeat('PONG', '8902'));
    expect(entryOf(turn.state, '8902').flags & FAIL).toBe(FAIL);
    const replica = flagged(settled, '8905', FAIL);
    const cleared = receive(replica, '8901#8905', heartbeat('PONG', '8905'));
    expect(entryOf(cleared.state, '8905').flags & FAIL).toBe(0);
  });
});

describe('role: what a heartbeat says of its sender', () => {
  test('a replica that has become a master', () => {
    const { state } = receive(
      settled,
      '8905#8901',
      heartbeat('PING', '8905', { masterId: null, configEpoch: 7, slots: [[5461, 10922]] }),
    );
    const entry = entryOf(state, '8905');
    expect(entry.flags & (MASTER | REPLICA)).toBe(MASTER);
    expect(entry).toMatchObject({ masterId: null, slots: [[5461, 10922]] });
    expect(entryOf(state, '8902').slots).toEqual([]);
  });

  test('a master that has become a replica loses every slot at once', () => {
    const turned = heartbeat('PING', '8902', {
      masterId: idOf('8905'),
      slots: [],
      flags: REPLICA,
    });
    const { state } = receive(settled, '8902#8901', turned);
    expect(entryOf(state, '8902')).toMatchObject({ slots: [], masterId: idOf('8905') });
    expect(entryOf(state, '8905').slots).toEqual([]);
  });

  test('a replica of a master we never heard of keeps its old one', () => {
    const { state } = receive(
      settled,
      '8905#8901',
      heartbeat('PING', '8905', { masterId: idOf('8999') }),
    );
    expect(entryOf(state, '8905').masterId).toBe(idOf('8902'));
  });

  test('old claims are answered with UPDATE, from a replica too', () => {
    const newer = withEntry(withEntry(settled, '8902', { slots: [] }), '8903', {
      slots: [[5461, 16383]],
      configEpoch: 8,
    });
    const turn = receive(newer, '8905#8901', heartbeat('PING', '8905'));
    expect(sentIn(turn).at(-1)).toMatchObject({
      connection: '8901#8905',
      message: { type: 'UPDATE', about: idOf('8903'), aboutConfigEpoch: 8 },
    });
  });
});

test('meet: the flag of a node to be met never travels in a row of gossip', () => {
  const state = shaking(settled, 8907, HANDSHAKE | MEET);
  const turn = receive(state, '8902#8901', heartbeat('PING', '8902'));
  const pong = sentIn(turn)[0]!.message;
  expect(pong.type === 'PONG' && pong.gossip.every(({ id }) => id !== RANDOM)).toBe(true);
});
