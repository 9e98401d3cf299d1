import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readMessage } from '../../bus/read-message';
import { readCapture } from '../../shadow/capture-file';
import type { Reply } from '../../protocol/reply';
import { RedisConnection } from '../../real-redis/redis-client';
import { startBridge, type RunningBridge } from './bridge';
import { TestPage } from './hub-fixture';
import { parseOptions, type BridgeOptions } from './options';
import { eventually } from '../../eventually';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slotscope-bridge-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const listening = (): Promise<Server> =>
  new Promise((done) => {
    const server: Server = createServer().listen(0, '127.0.0.1', () => done(server));
  });
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
async function freePort(): Promise<number> {
  const server = await listening();
  const port = portOf(server);
  await new Promise((done) => server.close(done));
  return port;
}

function optionsOf(...argv: string[]): BridgeOptions {
  const parsed = parseOptions(argv);
  if (parsed.type !== 'run') throw new Error('these are no options');
  return parsed.options;
}
const start = async (...argv: string[]): Promise<RunningBridge> =>
  startBridge(optionsOf('--port', String(await freePort()), ...argv), {
    page: folder,
    say: () => undefined,
  });

/** A program in the place of redis-server. */
function pretender(name: string, version: string, rest: string): string {
  const path = join(folder, name);
  const answer = `if [ "$1" = --version ]; then echo "Redis server v=${version} sha=0"; exit; fi`;
  writeFileSync(path, `#!/bin/sh\n${answer}\n${rest}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('a bridge that cannot begin says why in one sentence', () => {
  test('no redis-server', async () => {
    const none = start('--redis-server', '/nowhere/redis-server');
    await expect(none).rejects.toThrow(/^There is no redis-server at \/nowhere.*apt-get install/s);
  });

  test('one that is too old', async () => {
    const old = start('--redis-server', pretender('old', '6.2.14', 'exit 0'));
    await expect(old).rejects.toThrow(/version 6\.2\.14; the bridge needs 7\.0 or later/);
  });

  test('something else in its place', async () => {
    const other = start('--redis-server', pretender('other', 'none', 'exit 0'));
    await expect(other).rejects.toThrow(/other is no redis-server: --version says "Redis server v/);
  });

  test('a process that ends at its start', async () => {
    const ends = pretender('ends', '7.0.15', 'echo "Can not write: No space left" >&2; exit 1');
    await expect(start('--redis-server', ends)).rejects.toThrow(
      /^redis-server on port \d+ ended with code 1: Can not write: No space left\.$/,
    );
  });

  test('a port that is taken', async () => {
    const server = await listening();
    const port = portOf(server);
    const taken = startBridge(optionsOf('--port', String(port)), {
      page: folder,
      say: () => undefined,
    });
    await expect(taken).rejects.toThrow(
      `The bridge cannot listen on port ${port}: the port is taken. Try another one: npm run bridge -- --port ${port + 1}`,
    );
    await new Promise((done) => server.close(done));
  });
});

const isInstalled = (process.env['PATH'] ?? '')
  .split(':')
  .some((path) => existsSync(join(path, 'redis-server')));
const mayBeMissing = process.env['CI'] !== 'true';
if (!isInstalled && mayBeMissing) console.error('No redis-server here: the bridge is not tried.');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // One that waits for its parent to notice is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe.skipIf(!isInstalled && mayBeMissing)('a bridge with real processes', () => {
  test('kills a master, sees its replica win, wakes it again, saves it all, leaves nothing', async () => {
    const bridge = await start('--timeout', '1000', '--recordings', folder);
    onTestFinished(() => bridge.end('The test is over.'));
    const driver = new TestPage(Number(new URL(bridge.link).port));
    await driver.opened();
    driver.send({ t: 'hello', version: 1, token: bridge.token });
    const hello = await driver.hears('hello');
    if (hello.t !== 'hello') throw new Error('no hello');
    const pids = hello.nodes.map(({ pid }) => pid!);
    expect(hello.nodes.map(({ state }) => state)).toEqual(Array(6).fill('running'));
    await driver.hears('live');

    const kill = { t: 'proc.signal', node: 1, signal: 'KILL', forMs: 5_000 };
    expect(await driver.ask(kill)).toMatchObject({ t: 'res' });
    const won = 'Failover election won';
    await driver.hearsWhere(
      (one) => one.t === 'log' && one.lines.some(({ text }) => text.includes(won)),
    );
    const command = { t: 'redis.cmd', node: 4, argv: ['SET', 'user:1', 'x'], follow: true };
    // Until the winner's PONG has been read the other masters call the cluster down.
    const written = { result: { text: 'OK', nodes: [4, 2] } };
    await eventually(async () => expect(await driver.ask(command)).toMatchObject(written));
    await driver.hearsWhere(
      (one) =>
        one.t === 'proc' && one.event === 'start' && one.node === 1 && one.atMs > hello.nowMs,
    );

    const saved = await driver.ask({ t: 'record.save', label: 'a kill' });
    const files = saved.t === 'res' ? (saved.result.files ?? []) : [];
    const read = (end: string): string =>
      readFileSync(
        files.find((one) => one.endsWith(end))!,
        'utf8',
      );
    const bytes = new Uint8Array(readFileSync(files.find((one) => one.endsWith('.bin'))!));
    const texts = {
      index: read('.index.json'),
      nodes: read('.nodes.json'),
      log: read('.redis.log'),
    };
    const capture = readCapture({ name: 'a kill', bytes, ...texts }, readMessage);
    expect(capture.deeds.map(({ type, node }) => `${type} ${node}`)).toEqual(
      expect.arrayContaining(['kill 1', 'start 1']),
    );
    expect(capture.frames.map(({ message }) => message.type)).toContain('FAILOVER_AUTH_ACK');
    expect(capture.log.some(({ text }) => text.includes(won))).toBe(true);

    await bridge.end('The test is over.');
    expect(await driver.hears('notice')).toMatchObject({ ends: true });
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]));
  }, 60_000);

  test('a cut stops what a master tells its replica, and MIGRATE, too; both go on after it', async () => {
    const bridge = await start('--timeout', '5000');
    onTestFinished(() => bridge.end('The test is over.'));
    const driver = await new TestPage(Number(new URL(bridge.link).port)).opened();
    driver.send({ t: 'hello', version: 1, token: bridge.token });
    const hello = await driver.hears('hello');
    if (hello.t !== 'hello') throw new Error('no hello');
    await driver.hears('live');
    const [one, two, , four] = hello.nodes.map(
      ({ listensPort }) => new RedisConnection(listensPort),
    );
    onTestFinished(() => [one, two, four].forEach((connection) => connection!.end()));
    await four!.ask(['READONLY']);
    // foo lies at 8903, {user}1 at 8902, hello and this one at 8901.
    const key = '{hello}1';
    const migrate = ['MIGRATE', '127.0.0.1', String(hello.nodes[1]!.port), key, '0', '300'];
    const onReplica = (): Promise<Reply> => four!.ask(['GET', key]);

    const cut = { t: 'fault.set', mode: 'cut', forMs: 60_000 };
    const ways = [4, 2].flatMap((other) => [
      [1, other],
      [other, 1],
    ]);
    expect(await driver.ask({ ...cut, ways })).toMatchObject({ t: 'res' });
    expect(await one!.ask(['SET', key, 'x'])).toMatchObject({ text: 'OK' });
    // It blocks as on a network that does not answer, for its 300 ms.
    expect(await one!.ask(migrate)).toMatchObject({
      text: expect.stringMatching(/^IOERR/) as string,
    });
    expect(await onReplica()).toMatchObject({ type: 'nil' });

    await driver.ask({ t: 'fault.heal' });
    await eventually(async () => expect(await onReplica()).toMatchObject({ text: 'x' }));
    // It arrives now, and is refused for a reason of its own: the slot is not this node's.
    expect(await one!.ask(migrate)).toMatchObject({
      text: expect.stringMatching(/Target instance replied with error: MOVED/) as string,
    });
  }, 60_000);

  test('killed itself, it takes its processes along', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const argv = ['--masters', '1', '--replicas', '0', '--port', String(await freePort())];
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...argv]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually(() => expect(said).toContain('Ctrl+C'));
    const pid = Number(/pid (\d+)/.exec(said)![1]);
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await eventually(() => expect(isAlive(pid)).toBe(false));
  }, 60_000);
});

test('no folder of a node is left behind', () => {
  const left = ['/dev/shm', tmpdir()]
    .filter((base) => existsSync(base))
    .flatMap((base) => readdirSync(base))
    .filter((name) => name.startsWith(`slotscope-bridge-${process.pid}-`));
  expect(left).toEqual([]);
});
