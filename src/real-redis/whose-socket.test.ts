import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { DialledSocket } from './proxy-port';
import { holderOf } from './whose-socket';

const NOBODY = 999_999_999;

async function listening(): Promise<{ port: number; dialled: Promise<DialledSocket> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dialled = once(server, 'connection').then(([socket]: Socket[]) => {
    onTestFinished(() => void socket!.destroy());
    return { from: socket!.remotePort!, to: socket!.localPort! };
  });
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, dialled };
}

test.runIf(process.platform === 'linux')(
  'a connection is known by who holds its other end',
  async () => {
    const { port, dialled } = await listening();
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    expect(holderOf(await dialled, [null, NOBODY, process.pid])).toBe(process.pid);
    expect(holderOf(await dialled, [NOBODY])).toBeNull();
  },
);

test('a connection of somebody else is nobody’s of these', async () => {
  const { port, dialled } = await listening();
  const program = `require('node:net').connect(${port}, '127.0.0.1')`;
  const child = spawn(process.execPath, ['-e', program]);
  onTestFinished(() => void child.kill());
  expect(holderOf(await dialled, [process.pid])).toBeNull();
  const holder = process.platform === 'linux' ? child.pid : null;
  expect(holderOf(await dialled, [child.pid!, process.pid])).toBe(holder);
});
