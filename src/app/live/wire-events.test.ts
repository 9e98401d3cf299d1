import { expect, test } from 'vitest';
import { fakeHello, fakeNodes } from '../../bridge/browser/fake-socket';
import type { Hello } from '../../bridge/browser/connection.machine';
import { startOf, WireEvents } from './wire-events';

const hello = fakeHello({ nodes: fakeNodes(2) }) as Hello;
const reader = () => new WireEvents(hello);

test('a run begins with what the bridge says of itself', () => {
  expect(startOf(hello)).toMatchObject({
    ...{ label: 'six', redisVersion: '7.0.15', nodeTimeoutMs: 5_000, hasLogs: true },
    nodes: [
      { number: 1, id: '1'.repeat(40), port: 8901, busPort: 18_901 },
      { number: 2, port: 8902 },
    ],
  });
});

test('frames that were left out are a gap before those that follow', () => {
  const frame = {
    ...{ frame: 9, atMs: 70, from: 1, to: 2, dialer: 1, acceptor: 2, connection: 3 },
    ...({ type: 'PING', verdict: 'pass', bytes: new Uint8Array(8) } as const),
  };
  const events = reader().read({ t: 'frames', gap: 5, frames: [frame] });
  expect(events).toEqual([
    { type: 'gap', atMs: 70, frames: 5 },
    { ...frame, type: 'frame' },
  ]);
});

test('a process that exits was killed; who did it is told elsewhere', () => {
  const events = reader();
  const exit = { t: 'proc', atMs: 5, node: 1, event: 'exit', pid: null, why: 'SIGKILL' } as const;
  expect(events.read(exit)).toEqual([{ type: 'process', atMs: 5, node: 1, event: 'kill' }]);
  const deed = { type: 'kill', node: 1 } as const;
  expect(events.read({ t: 'event', atMs: 5, by: 'page', deed })).toEqual([]);
});

test('a command that was told when it was sent is not told again with its reply', () => {
  const events = reader();
  const argv = ['CLUSTER', 'FAILOVER'];
  const deed = { type: 'command', node: 2, argv } as const;
  const command = { type: 'command', atMs: 8, node: 2, argv };
  const cmd = { t: 'cmd', atMs: 8, tookMs: 3, node: 2, argv, reply: 'OK', by: 'page' } as const;
  expect(events.read({ t: 'event', atMs: 8, by: 'page', deed })).toEqual([command]);
  expect(events.read(cmd)).toEqual([]);
  expect(events.read({ ...cmd, atMs: 20 })).toEqual([{ ...command, atMs: 20, reply: 'OK' }]);
});

test('a node with another id was renamed', () => {
  const nodes = fakeNodes(2);
  nodes[1] = { ...nodes[1]!, id: 'b'.repeat(40) };
  expect(reader().read({ t: 'nodes', atMs: 4, nodes })).toEqual([
    { type: 'renamed', atMs: 4, node: 2, id: 'b'.repeat(40) },
  ]);
});
