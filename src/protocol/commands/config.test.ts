import { describe, expect, test } from 'vitest';
import { myself, type ClusterState } from '../cluster-state';
import { NOFAILOVER } from '../flags';
import { callOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { SETTINGS } from './config-settings';
import { processCommand } from './process-command';

const settled = settledNode('8901');

function talk(state: ClusterState, ...texts: readonly string[]) {
  let now = state;
  let last = '';
  for (const text of texts) {
    const turn = turnOf(now);
    last = printReply(processCommand(turn, callOf(text))!);
    now = turn.state;
  }
  return { last, state: now };
}

describe('CONFIG: every setting of a node', () => {
  const changeable = Object.entries(SETTINGS).filter(([, { parse }]) => parse !== null);

  test.each(changeable)('%s: what it prints it also takes', (name, { print, parse, field }) => {
    const text = print(settled.config);
    expect(parse!(text)).toEqual({ value: settled.config[field!] });
    expect(talk(settled, `CONFIG GET ${name}`).last).toBe(
      `1) "${name}"\n2) ${JSON.stringify(text)}`,
    );
  });

  test('no field of the configuration is out of reach', () => {
    const reached = new Set(Object.values(SETTINGS).map(({ field }) => field));
    expect(Object.keys(settled.config).filter((field) => !reached.has(field as never))).toEqual([]);
  });

  test('seconds there, milliseconds here', () => {
    const { state } = talk(settled, 'CONFIG SET repl-timeout 7 cluster-node-timeout 7000');
    expect(state.config).toMatchObject({ replTimeoutMs: 7_000, nodeTimeoutMs: 7_000 });
  });

  test.each([
    ['1', 1],
    ['1b', 1],
    ['1k', 1_000],
    ['1KB', 1_024],
    ['2mb', 2_097_152],
    ['1g', 1_000_000_000],
  ])('cluster-link-sendbuf-limit %s: %i', (text, bytes) => {
    const { state } = talk(settled, `CONFIG SET cluster-link-sendbuf-limit ${text}`);
    expect(state.config.linkSendbufLimitBytes).toBe(bytes);
  });
});

describe('CONFIG SET: what follows at once', () => {
  test('a replica that will not stand says so in its own flags', () => {
    const { state } = talk(settled, 'CONFIG SET cluster-replica-no-failover yes');
    expect(myself(state).flags & NOFAILOVER).toBe(NOFAILOVER);
    expect(state.todo).toMatchObject({ saveConfig: true, updateState: true });
    const back = talk(state, 'CONFIG SET cluster-slave-no-failover no');
    expect(myself(back.state).flags & NOFAILOVER).toBe(0);
  });

  test('an address, ports and a hostname of its own', () => {
    const { state } = talk(
      settled,
      'CONFIG SET cluster-announce-ip 10.0.0.1 cluster-announce-port 9001',
      'CONFIG SET cluster-announce-bus-port 9101 cluster-announce-hostname host-1',
    );
    const announced = { ip: '10.0.0.1', port: 9_001, busPort: 9_101, hostname: 'host-1' };
    expect(myself(state)).toMatchObject(announced);
  });

  test('the same value again changes nothing, not even an address learnt since', () => {
    const { state } = talk(settled, 'CONFIG SET cluster-node-timeout 5000');
    expect(state.config).toBe(settled.config);
    expect(myself(state).ip).toBe('127.0.0.1');
  });

  test('one bad value, and nothing is set', () => {
    const { state } = talk(settled, 'CONFIG SET cluster-node-timeout 1 repl-timeout 0');
    expect(state.config).toBe(settled.config);
  });

  test('redis.conf stays as it is until CONFIG REWRITE', () => {
    const { state } = talk(settled, 'CONFIG SET cluster-node-timeout 1');
    expect(state.configFile.nodeTimeoutMs).toBe(settled.configFile.nodeTimeoutMs);
    expect(talk(state, 'CONFIG REWRITE').state.configFile.nodeTimeoutMs).toBe(1);
  });
});

test('CONFIG GET: a pattern finds every name, other names too', () => {
  const { last } = talk(settled, 'CONFIG GET *-no-failover');
  expect(last).toBe(
    '1) "cluster-replica-no-failover"\n2) "no"\n3) "cluster-slave-no-failover"\n4) "no"',
  );
});
