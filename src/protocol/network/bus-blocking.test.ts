import { beforeEach, describe, expect, test } from 'vitest';
import { Network } from '../fixtures/network-fixture';

/** 8902 reads nothing but the connection 8902#1, which leads to 8903. */
describe('bus: a process that reads one connection only', () => {
  let network: Network;
  const block = (untilMs: number) => {
    network.take({ type: 'BLOCK', node: '8902', connection: '8902#1', untilMs });
  };
  const answer = (): void => {
    const message = { type: 'REPLY', reply: { type: 'status', text: 'OK' } } as const;
    const payload = { channel: 'command', message } as const;
    network.take({ type: 'SEND', connection: '8902#1', from: '8903', payload });
  };

  beforeEach(() => {
    network = new Network();
    network.connect();
    network.take({
      type: 'OPEN',
      connection: '8902#1',
      dialer: '8902',
      acceptor: '8903',
      channel: 'command',
    });
    network.wait(1_000);
    network.delivered.length = 0;
  });

  test('what comes on that connection is read, all else waits, in order', () => {
    block(10_000);
    network.send(1);
    network.send(2);
    network.wait(500);
    expect(network.read).toEqual([]);
    answer();
    network.wait(500);
    expect(network.read).toEqual(['COMMAND_MESSAGE']);
    network.take({ type: 'RESUME', node: '8902' });
    network.wait(1);
    expect(network.read).toEqual(['COMMAND_MESSAGE', 1, 2]);
  });

  test('when its time is up it is told, and what waits goes on waiting', () => {
    block(network.nowMs + 300);
    network.send(1);
    network.wait(299);
    expect(network.read).toEqual([]);
    network.wait(1);
    expect(network.read).toEqual(['LINK_TIMEOUT']);
  });

  test('a block that is renewed in time has one alarm, at the later hour', () => {
    block(network.nowMs + 300);
    network.wait(200);
    block(network.nowMs + 300);
    network.wait(299);
    expect(network.read).toEqual([]);
    network.wait(1);
    expect(network.read).toEqual(['LINK_TIMEOUT']);
    expect(network.state.alarms).toEqual({});
  });

  test('a shorter wait after a long one is not late', () => {
    block(network.nowMs + 60_000);
    network.take({ type: 'RESUME', node: '8902' });
    block(network.nowMs + 100);
    network.wait(100);
    expect(network.read).toEqual(['LINK_TIMEOUT']);
  });

  test('nobody is told after it has resumed', () => {
    block(network.nowMs + 300);
    network.take({ type: 'RESUME', node: '8902' });
    network.wait(1_000);
    expect(network.read).toEqual([]);
  });

  test('frozen meanwhile, it hears on waking what it waited for, and no more', () => {
    block(network.nowMs + 200);
    network.take({ type: 'HOST', node: '8902', process: 'frozen' });
    network.send(1);
    network.wait(1_000);
    network.take({ type: 'HOST', node: '8902', process: 'running' });
    network.wait(1);
    expect(network.read).toEqual(['LINK_TIMEOUT']);
    network.take({ type: 'RESUME', node: '8902' });
    network.wait(1);
    expect(network.read).toEqual(['LINK_TIMEOUT', 1]);
  });

  test('its connection breaks: it hears that, too', () => {
    block(network.nowMs + 1_000);
    network.take({ type: 'HOST', node: '8903', process: 'killed' });
    network.wait(500);
    expect(network.read).toEqual(['LINK_CLOSED']);
  });

  test('killed, it waits no more', () => {
    block(network.nowMs + 1_000);
    network.take({ type: 'HOST', node: '8902', process: 'killed' });
    expect(network.state.blocked).toEqual({});
  });
});
