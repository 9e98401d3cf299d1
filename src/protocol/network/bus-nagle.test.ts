import { describe, expect, test } from 'vitest';
import { DELAYED_ACK_MS } from './bus-nagle';
import { Network } from '../fixtures/network-fixture';
import { heartbeat } from '../fixtures/node-fixture';

/** Two hosts, ten milliseconds apart, and an open connection that 8901 dialled. */
function tenMsApart(): Network {
  const network = new Network({ min: 10, max: 10 });
  network.connect();
  return network;
}

const arrivals = (network: Network): (readonly [number, number])[] =>
  network.delivered.flatMap(({ atMs, event }) =>
    event.type === 'BUS_MESSAGE' ? [[event.message.currentEpoch, atMs - 1_000] as const] : [],
  );

describe('bus: small messages on a dialled connection', () => {
  test('what nobody answers is acknowledged 40 ms later, and only then the next one leaves', () => {
    const network = tenMsApart();
    network.send(1);
    network.wait(1);
    network.send(2);
    network.wait(1_000);
    expect(arrivals(network)).toEqual([
      [1, 10],
      [2, 10 + DELAYED_ACK_MS + 10 + 10],
    ]);
  });

  test('an answer on the same connection acknowledges at once', () => {
    const network = tenMsApart();
    network.send(1);
    network.wait(1);
    network.send(2);
    network.wait(9);
    network.send(3, '8902');
    network.wait(1_000);
    expect(arrivals(network)).toEqual([
      [1, 10],
      [3, 20],
      [2, 30],
    ]);
  });

  test('an answer that left before the message arrived acknowledges nothing', () => {
    const network = tenMsApart();
    network.send(1);
    network.wait(1);
    network.send(3, '8902');
    network.send(2);
    network.wait(1_000);
    expect(arrivals(network).at(-1)).toEqual([2, 70]);
  });

  test('what is written in one turn leaves together, and what has waited too', () => {
    const network = tenMsApart();
    network.send(1);
    network.send(2);
    network.wait(1);
    network.send(3);
    network.wait(1);
    network.send(4);
    network.wait(1_000);
    expect(arrivals(network)).toEqual([
      [1, 10],
      [2, 10],
      [3, 70],
      [4, 70],
    ]);
  });

  test('the end that accepted does not wait: its connection has TCP_NODELAY', () => {
    const network = tenMsApart();
    network.send(1, '8902');
    network.wait(1);
    network.send(2, '8902');
    network.wait(1_000);
    expect(arrivals(network)).toEqual([
      [1, 10],
      [2, 11],
    ]);
  });

  test('once acknowledged, nothing waits any more', () => {
    const network = tenMsApart();
    network.send(1);
    network.wait(10 + DELAYED_ACK_MS + 10);
    network.send(2);
    network.wait(1_000);
    expect(arrivals(network)[1]).toEqual([2, 70]);
  });

  test('what waits when the dialer closes still arrives, before the end of the connection', () => {
    const network = tenMsApart();
    network.send(1);
    network.wait(1);
    network.send(2);
    network.take({ type: 'CLOSE', connection: '8901#1', by: '8901' });
    network.wait(1_000);
    expect(network.read).toEqual([1, 2, 'LINK_CLOSED']);
  });
});

test('bus: a request for votes, after the PONG that told the master’s offset, waits for its ACK', () => {
  const network = tenMsApart();
  const write = (type: 'PONG' | 'PING', epoch: number): void => {
    const message = heartbeat(type, '8901', { currentEpoch: epoch });
    const payload = { channel: 'bus', message } as const;
    network.take({ type: 'SEND', connection: '8901#1', from: '8901', payload });
  };
  write('PONG', 1);
  write('PING', 2);
  network.wait(1_000);
  expect(arrivals(network)).toEqual([
    [1, 10],
    [2, 70],
  ]);
});
