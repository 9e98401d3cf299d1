import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { FAIL, PFAIL } from '../../protocol/flags';
import { parseClusterNodes } from '../../protocol/slots/nodes-text';
import { freePorts } from '../../real-redis/ports';
import { findPrograms } from '../../real-redis/redis-cli';
import { askOnce } from '../../real-redis/redis-client';
import { RedisProcess } from '../../real-redis/redis-process';
import { startBridge, type RunningBridge } from './bridge';
import { createCluster } from './create-cluster';
import { TestPage } from './hub-fixture';
import { parseOptions } from './options';
import { eventually } from '../../eventually';

const programs = findPrograms(null);
const mayBeMissing = process.env['CI'] !== 'true';

let folder: string;
let nodes: readonly RedisProcess[] = [];

const clientPorts = (): number[] => nodes.map(({ ports }) => ports.client);
const busPorts = (): number[] => nodes.map(({ ports }) => ports.bus);

beforeAll(async () => {
  if (programs === null) return;
  folder = mkdtempSync(join(tmpdir(), 'slotscope-attach-test-'));
  // Where bridges note what they have changed: none of another test may mend what is left here.
  vi.stubEnv('TMPDIR', folder);
  const settings = { redisServer: programs.redisServer, nodeTimeoutMs: 2_000, settings: [] };
  nodes = (await freePorts(3, false)).map(
    (ports) => new RedisProcess({ ...settings, ports, folder: join(folder, `${ports.client}`) }),
  );
  await Promise.all(nodes.map((node) => node.start()));
  const ask = (node: number, argv: readonly string[]) => askOnce(clientPorts()[node - 1]!, argv);
  const ids = await Promise.all([1, 2, 3].map((node) => ask(node, ['CLUSTER', 'MYID'])));
  await createCluster({
    masters: 3,
    nodes: ids.map((id, i) => ({
      ...{ number: i + 1, port: clientPorts()[i]! },
      id: id.type === 'bulk' ? id.text : '',
    })),
    ...{ deed: ask, look: ask },
  });
}, 60_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  vi.unstubAllEnvs();
  if (programs !== null) rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const argvOf = async (...more: string[]): Promise<string[]> => {
  const attach = `127.0.0.1:${clientPorts()[0]}`;
  return ['--port', String(await freePort()), '--attach', attach, ...more];
};

async function attach(said: string[], ...more: string[]): Promise<RunningBridge> {
  const parsed = parseOptions(await argvOf(...more));
  if (parsed.type !== 'run') throw new Error('these are no options');
  const bridge = await startBridge(parsed.options, {
    page: folder,
    say: (line) => said.push(line),
  });
  onTestFinished(() => bridge.end('The test is over.'));
  return bridge;
}

async function pageOf(bridge: RunningBridge): Promise<TestPage> {
  const page = await new TestPage(Number(new URL(bridge.link).port)).opened();
  page.send({ t: 'hello', version: 1, token: bridge.token });
  await page.hears('live');
  return page;
}

/** `npm run bridge` in a process of its own, once it has printed its link. */
async function attachedProcess(): Promise<ChildProcess> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...(await argvOf('--proxy'))]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await eventually(() => expect(said).toContain('token='));
  return child;
}

/** What each node announces as its bus port, by its own configuration; 0: what it listens on. */
async function announced(): Promise<number[]> {
  const words = ['CONFIG', 'GET', 'cluster-announce-bus-port'];
  const replies = await Promise.all(clientPorts().map((port) => askOnce(port, words)));
  return replies.map((reply) => {
    const value = reply.type === 'array' ? reply.items[1] : undefined;
    return value?.type === 'bulk' ? Number(value.text) : Number.NaN;
  });
}

/** The bus ports by which each node knows all, and how many it suspects. */
async function known(): Promise<unknown[]> {
  const replies = await Promise.all(
    clientPorts().map((port) => askOnce(port, ['CLUSTER', 'NODES'])),
  );
  return replies.map((reply) => {
    const lines = reply.type === 'bulk' ? parseClusterNodes(reply.text) : [];
    const suspects = lines.filter(({ flags }) => (flags & (PFAIL | FAIL)) !== 0).length;
    return [lines.map(({ busPort }) => busPort).sort((a, b) => a - b), suspects];
  });
}

const asBefore = async (): Promise<void> => {
  await eventually(async () => expect(await announced()).toEqual([0, 0, 0]));
  await eventually(async () => expect(await known()).toEqual(Array(3).fill([busPorts(), 0])));
};

describe.skipIf(programs === null && mayBeMissing)('a cluster that runs already', () => {
  test('is watched, and nothing else: no command that writes, no fault, no signal', async () => {
    const page = await pageOf(await attach([]));
    expect(page.messages[0]).toMatchObject({
      nodes: clientPorts().map((port) => ({ port, state: 'running', pid: null })),
      capabilities: { frames: false, faults: false, processes: false, logs: false },
    });
    await page.hears('view');
    const refused = [
      { t: 'redis.cmd', node: 1, argv: ['SET', 'a', 'b'] },
      { t: 'fault.set', mode: 'cut', ways: [[1, 2]], forMs: 1_000 },
      { t: 'proc.signal', node: 1, signal: 'KILL', forMs: 1_000 },
    ];
    for (const request of refused) {
      expect(await page.ask(request)).toMatchObject({ code: 'refused' });
    }
    expect(await announced()).toEqual([0, 0, 0]);
  });

  test('with --proxy its bus goes through the bridge, and past it again after', async () => {
    const bridge = await attach([], '--proxy');
    const page = await pageOf(bridge);
    expect(await announced()).not.toContain(0);
    // All six ways, seen to pass.
    await eventually(() =>
      expect(new Set(page.frames.map(({ from, to }) => `${from}>${to}`)).size).toBe(6),
    );
    await bridge.end('The test is over.');
    await asBefore();
  }, 40_000);

  test('Ctrl+C puts back what was changed', async () => {
    const child = await attachedProcess();
    expect(await announced()).not.toContain(0);
    child.kill('SIGINT');
    await once(child, 'exit');
    await asBefore();
  }, 60_000);

  test('when the bridge is killed, its guard puts it back', async () => {
    const child = await attachedProcess();
    child.kill('SIGKILL');
    await asBefore();
  }, 60_000);

  test('when the guard is killed, too, the next bridge does', async () => {
    const nobody = await freePort();
    const gone = spawn(process.execPath, ['--version']);
    await once(gone, 'exit');
    const changed = nodes.map(({ ports }) => ({
      port: ports.client,
      busPort: ports.bus,
      before: '0',
    }));
    const notes = join(tmpdir(), `slotscope-detours-${userInfo().username}`);
    mkdirSync(notes, { recursive: true, mode: 0o700 });
    writeFileSync(
      join(notes, `${gone.pid}.json`),
      JSON.stringify({ pid: gone.pid, nodes: changed }),
    );
    const set = ['CONFIG', 'SET', 'cluster-announce-bus-port', String(nobody)];
    for (const port of clientPorts()) await askOnce(port, set);
    const said: string[] = [];
    await attach(said);
    expect(said[0]).toBe('A bridge that was killed had left 3 nodes changed: put back.');
    await asBefore();
  }, 60_000);
});
