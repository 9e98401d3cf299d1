import { describe, expect, test } from 'vitest';
import { Network } from './fixtures/network-fixture';

const connected = (): Network => {
  const network = new Network();
  network.connect();
  return network;
};
const pair = { from: '8901', to: '8902' };

describe('bus: connections', () => {
  test('up after one round trip: first the acceptor hears, then the dialer', () => {
    const network = new Network();
    network.take({
      type: 'OPEN',
      connection: '8901#1',
      dialer: '8901',
      acceptor: '8902',
      channel: 'bus',
    });
    network.wait(19);
    expect(network.delivered).toEqual([]);
    network.wait(100);
    expect(network.read).toEqual(['LINK_ACCEPTED', 'LINK_CONNECTED']);
    expect(network.delivered.map(({ to }) => to)).toEqual(['8902', '8901']);
  });

  test('what was written before it is up sets off then, and arrives first', () => {
    const network = new Network();
    network.take({
      type: 'OPEN',
      connection: '8901#1',
      dialer: '8901',
      acceptor: '8902',
      channel: 'bus',
    });
    network.send(1);
    network.wait(200);
    network.send(2);
    network.wait(200);
    expect(network.read).toEqual(['LINK_ACCEPTED', 'LINK_CONNECTED', 1, 2]);
  });

  test.each([
    ['a killed host', '8903'],
    ['a host that never was', '8999'],
  ])('%s refuses', (_, acceptor) => {
    const network = new Network();
    network.take({ type: 'HOST', node: '8903', process: 'killed' });
    network.take({ type: 'OPEN', connection: '8901#1', dialer: '8901', acceptor, channel: 'bus' });
    network.wait(200);
    expect(network.delivered).toMatchObject([
      { to: '8901', event: { type: 'LINK_CLOSED', refused: true } },
    ]);
  });

  test('closed by one end: what it wrote before arrives, then the other end learns of it', () => {
    const network = connected();
    network.send(1);
    network.take({ type: 'CLOSE', connection: '8901#1', by: '8901' });
    network.send(2);
    network.wait(200);
    expect(network.read).toEqual([1, 'LINK_CLOSED']);
  });

  test('what is on its way to the end that closed is lost', () => {
    const network = connected();
    network.send(1, '8902');
    network.take({ type: 'CLOSE', connection: '8901#1', by: '8901' });
    network.wait(1_000);
    expect(network.read).toEqual(['LINK_CLOSED']);
    expect(network.notes.at(-1)).toMatchObject({ event: 'lost', type: 'PING' });
  });
});

test('bus: a connection delivers in order, each message within the latency of its link', () => {
  const network = connected();
  for (let i = 1; i <= 60; i++) {
    network.send(i);
    network.wait(1);
  }
  network.wait(500);
  expect(network.read).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
});

test('bus: a link made slower, then normal again, still delivers in order', () => {
  const network = connected();
  network.take({ type: 'DELAY', ...pair, oneWay: false, addMs: 400 });
  network.send(1);
  network.wait(1);
  network.take({ type: 'HEAL', ...pair, oneWay: false });
  network.send(2);
  network.wait(399);
  expect(network.read).toEqual([]);
  network.wait(1_000);
  expect(network.read).toEqual([1, 2]);
});

describe('bus: a cut link', () => {
  test.each([
    ['both ways', false, []],
    ['one way', true, [2]],
  ])('%s: messages are lost, the connection stays', (_, oneWay, read) => {
    const network = connected();
    network.take({ type: 'CUT', ...pair, oneWay });
    network.send(1, '8901');
    network.send(2, '8902');
    network.wait(500);
    expect(network.read).toEqual(read);
    expect(network.notes.filter(({ event }) => event === 'lost')).toHaveLength(oneWay ? 1 : 2);
  });

  test('healed: a connection that lost a message is reset, at both ends', () => {
    const network = connected();
    network.take({ type: 'CUT', ...pair, oneWay: false });
    network.send(1);
    network.wait(500);
    network.take({ type: 'HEAL', ...pair, oneWay: false });
    network.wait(500);
    expect(network.read).toEqual(['LINK_CLOSED', 'LINK_CLOSED']);
    expect(network.delivered.map(({ to }) => to).sort()).toEqual(['8901', '8902']);
    expect(network.mood).toBe('calm');
  });

  test('healed: a connection that lost nothing lives on', () => {
    const network = connected();
    network.take({ type: 'CUT', ...pair, oneWay: false });
    network.wait(5_000);
    network.take({ type: 'HEAL', ...pair, oneWay: false });
    network.send(1);
    network.wait(200);
    expect(network.read).toEqual([1]);
  });

  test('a connect gets nowhere until the link heals', () => {
    const network = new Network();
    network.take({ type: 'CUT', from: '8902', to: '8901', oneWay: true });
    const open = {
      connection: '8901#1',
      dialer: '8901',
      acceptor: '8902',
      channel: 'bus',
    } as const;
    network.take({ type: 'OPEN', ...open });
    network.wait(10_000);
    expect(network.delivered).toEqual([]);
    network.take({ type: 'HEAL_ALL' });
    network.wait(200);
    expect(network.read).toEqual(['LINK_ACCEPTED', 'LINK_CONNECTED']);
  });

  test('the other links do not notice', () => {
    const network = connected();
    network.connect('8901#2', '8903');
    network.take({ type: 'CUT', ...pair, oneWay: false });
    network.send(1, '8901', '8901#2');
    network.wait(200);
    expect(network.read).toEqual([1]);
  });
});

describe('bus: a held link', () => {
  test('keeps messages back and releases them in order, before anything newer', () => {
    const network = connected();
    network.take({ type: 'HOLD', ...pair, oneWay: true });
    network.send(1);
    network.send(2);
    network.wait(200);
    expect(network.read).toEqual([]);
    expect(network.state.heldBack.map(({ id }) => id)).toHaveLength(2);
    // This one arrives in the very millisecond of the release.
    network.send(3);
    network.wait(network.arrivalMs(3) - network.nowMs - 1);
    network.nowMs += 1;
    network.take({ type: 'RELEASE', ...pair, oneWay: true });
    network.wait(200);
    expect(network.read).toEqual([1, 2, 3]);
  });

  test('the way back is open', () => {
    const network = connected();
    network.take({ type: 'HOLD', ...pair, oneWay: true });
    network.send(1, '8902');
    network.wait(200);
    expect(network.read).toEqual([1]);
  });
});

describe('bus: dropped messages', () => {
  test('as many as asked, of the type asked; each takes its connection with it', () => {
    const network = connected();
    network.take({ type: 'DROP', ...pair, count: 1, messageType: 'PING' });
    network.send(1);
    network.wait(200);
    expect(network.read).toEqual(['LINK_CLOSED', 'LINK_CLOSED']);
    expect(network.state.drops).toEqual({});
    network.connect();
    network.send(2);
    network.wait(200);
    expect(network.read).toEqual([2]);
  });

  test('another type passes', () => {
    const network = connected();
    network.take({ type: 'DROP', ...pair, count: 1, messageType: 'FAIL' });
    network.send(1);
    network.wait(200);
    expect(network.read).toEqual([1]);
    expect(network.mood).toBe('disturbed');
  });

  test('after the last of them the network is calm', () => {
    const network = connected();
    network.take({ type: 'DROP', ...pair, count: 1, messageType: null });
    expect(network.mood).toBe('disturbed');
    network.send(1);
    network.wait(200);
    expect(network.mood).toBe('calm');
  });
});

describe('bus: processes', () => {
  test('a frozen one accepts connections and leaves everything unread, then reads in order', () => {
    const network = connected();
    network.take({ type: 'HOST', node: '8902', process: 'frozen' });
    network.send(1);
    network.wait(10);
    network.send(2);
    network.wait(500);
    expect(network.read).toEqual([]);
    expect(network.state.unread['8902']).toHaveLength(2);
    network.take({ type: 'HOST', node: '8902', process: 'running' });
    network.wait(0);
    expect(network.read).toEqual([1, 2]);
  });

  test('a frozen one still reads, on waking, what came before the sender closed', () => {
    const network = connected();
    network.take({ type: 'HOST', node: '8902', process: 'frozen' });
    network.send(1);
    network.take({ type: 'CLOSE', connection: '8901#1', by: '8901' });
    network.wait(500);
    network.take({ type: 'HOST', node: '8902', process: 'running' });
    network.wait(0);
    expect(network.read).toEqual([1, 'LINK_CLOSED']);
  });

  test('a killed one closes its connections, whoever dialled', () => {
    const network = connected();
    network.take({ type: 'HOST', node: '8902', process: 'killed' });
    network.wait(200);
    expect(network.delivered).toMatchObject([{ to: '8901', event: { type: 'LINK_CLOSED' } }]);
  });

  test('a client of a killed one is told by its own machine', () => {
    const network = new Network();
    network.take({ type: 'HOST', node: '8902', process: 'killed' });
    const command = { id: 1, client: 'c1', node: '8902', argv: ['PING'] };
    network.take({ type: 'CLIENT_SEND', command });
    network.wait(200);
    expect(network.replies).toEqual([
      'Could not connect to Redis at 127.0.0.1:8902: Connection refused',
    ]);
  });
});
