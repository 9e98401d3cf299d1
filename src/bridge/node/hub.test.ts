import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FULL_HEADER } from '../wire';
import { TOKEN, TestPage, fakeBridge, type FakeBridge } from './hub-fixture';
import { eventually } from '../../eventually';

let folder: string;
let bridge: FakeBridge;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slotscope-hub-'));
  writeFileSync(join(folder, 'index.html'), '<meta content="connect-src \'self\'">');
  bridge = await fakeBridge(folder);
});
afterEach(async () => {
  await bridge.end();
  rmSync(folder, { recursive: true });
});

const page = (headers?: Record<string, string>): TestPage => new TestPage(bridge.port, headers);
const hello = (more: object = {}): object => ({ t: 'hello', version: 1, token: TOKEN, ...more });

describe('the door: who gets in', () => {
  test('whoever has the token hears how things stand, and drives', async () => {
    const driver = await page().greet();
    expect(driver.messages[0]).toMatchObject({ t: 'hello', version: 1, role: 'driver' });
    await driver.hears('live');
  });

  test.each([
    ['another page of the browser', { origin: 'https://example.com' }],
    ['a name that leads elsewhere', { host: 'evil.example:80' }],
    ['a page opened from a file', { origin: 'null' }],
  ])('%s is refused', async (_who, headers) => {
    expect(await page(headers).closed).toBe('status 403');
  });

  test.each([
    ['a wrong token', hello({ token: 'f'.repeat(32) }), /^4403/],
    ['another version', hello({ version: 99 }), /^4426 the page speaks version 99, the bridge 1/],
    ['a request before hello', { t: 'proc.start', id: 1, node: 1 }, /^4400/],
    ['nonsense', 'hello?', /^4400/],
  ])('%s is turned away', async (_what, message, closed) => {
    const stranger = await page().opened();
    stranger.send(message);
    expect(await stranger.closed).toMatch(closed);
    expect(stranger.messages).toEqual([]);
  });

  test('who says nothing is turned away after two seconds', async () => {
    expect(await page().closed).toBe('4401 no hello within 2 s');
  });

  test('four at a time; the first drives, and when it leaves the next does', async () => {
    expect(await saysItIsFull()).toBe(false);
    const [first, second, ...others] = [page(), page(), page(), page()];
    for (const one of [first, second, ...others]) await one.greet();
    expect(await saysItIsFull()).toBe(true);
    expect(second.messages[0]).toMatchObject({ role: 'watcher' });
    expect(await page().closed).toBe('status 503');
    expect(await second.ask({ t: 'proc.start', node: 1 })).toMatchObject({ code: 'watching' });
    first.socket.close();
    expect(await second.hears('role')).toMatchObject({ role: 'driver' });
    expect(await second.ask({ t: 'proc.start', node: 1 })).toMatchObject({ t: 'res' });
    expect(bridge.done).toEqual(['start 1']);
  });
});

async function saysItIsFull(): Promise<boolean> {
  const { headers } = await fetch(`http://127.0.0.1:${bridge.port}/`, { method: 'HEAD' });
  return headers.has(FULL_HEADER);
}

describe('the door: what is asked', () => {
  test('faults are set, told to all, and heal by themselves', async () => {
    const driver = await page().greet();
    const set = { t: 'fault.set', mode: 'cut', ways: [[1, 2]], forMs: 60 };
    expect(await driver.ask(set)).toMatchObject({ t: 'res', result: { fault: 1 } });
    await driver.hearsWhere((one) => one.t === 'faults' && one.faults.length === 1);
    await driver.hearsWhere((one) => one.t === 'faults' && one.faults.length === 0);
    const healed = await driver.hearsWhere((one) => one.t === 'event' && one.deed.type === 'heal');
    expect(healed).toMatchObject({ by: 'bridge' });
  });

  test.each([
    [{ t: 'fault.set', mode: 'cut', ways: [[1, 2]] }, /^forMs is missing/],
    [{ t: 'fault.set', mode: 'delay', ways: [[1, 2]], forMs: 9 }, /^ms belongs to a delay/],
    [{ t: 'fault.heal', fault: 7 }, /^there is no fault 7; in force: none$/],
    [{ t: 'redis.cmd', node: 1, argv: ['shutdown'] }, /^SHUTDOWN is not allowed here/],
    [{ t: 'redis.cmd', node: 1, argv: ['CLUSTER', 'NODE'] }, /Nearest: CLUSTER NODES\.$/],
    [{ t: 'redis.cmd', node: 1, argv: ['constructor'] }, /^CONSTRUCTOR is not allowed here/],
    [{ t: 'sub', topics: ['weather'] }, /topics\.0 is "weather"/],
  ])('%j is refused in one sentence', async (request, sentence) => {
    const driver = await page().greet();
    const answer = await driver.ask(request);
    expect(answer).toMatchObject({ t: 'err', text: expect.stringMatching(sentence) as string });
  });

  test('more than twenty messages a second are too many', async () => {
    const driver = await page().greet();
    for (let id = 100; id < 130; id++) driver.send({ t: 'sub', id, topics: [] });
    await driver.hearsWhere((one) => one.t === 'err' && one.code === 'rate');
    expect(bridge.done).toEqual([]);
  });

  test('a message of more than 64 KiB ends the connection', async () => {
    const driver = await page().greet();
    driver.send('x'.repeat(65_537));
    expect(await driver.closed).toMatch(/^1009/);
  });
});

describe('the door: what is told', () => {
  const bytes = (size: number): Uint8Array => new Uint8Array(size).fill(7);
  const frame = (
    atMs: number,
    size = 2_568,
  ): Parameters<FakeBridge['journal']['tellFrame']>[0] => ({
    ...{ atMs, from: 1, to: 2, dialer: 1, acceptor: 2, connection: 1 },
    ...{ type: 'PING', verdict: 'pass', bytes: bytes(size) },
  });

  test('who comes later hears what is remembered, then what happens', async () => {
    bridge.journal.tellFrame(frame(1));
    const driver = await page().greet();
    await driver.hears('live');
    bridge.journal.tellFrame(frame(2));
    await eventually(() => expect(driver.frames.map(({ atMs }) => atMs)).toEqual([1, 2]));
    expect(driver.frames[0]!.bytes).toEqual(bytes(2_568));
  });

  test('what is forgotten while somebody comes in was told before', async () => {
    const [firstMs, lastMs] = [1, 90_000];
    bridge.journal.tellFrame(frame(firstMs));
    const driver = await page().greet();
    bridge.journal.tellFrame(frame(lastMs));
    expect(bridge.journal.knownFromMs).toBe(lastMs);
    await eventually(() =>
      expect(driver.frames.map(({ atMs }) => atMs)).toEqual([firstMs, lastMs]),
    );
  });

  test('who does not want frames is sent none', async () => {
    const watcher = await page().opened();
    watcher.send(hello({ topics: ['logs'] }));
    await watcher.hears('live');
    bridge.journal.tellFrame(frame(1));
    await watcher.hears('pulse');
    expect(watcher.frames).toEqual([]);
  });

  test('who stops reading misses frames, and is told how many', async () => {
    const driver = await page().greet();
    await driver.hears('live');
    driver.socket.pause();
    for (let i = 0; i < 3_000; i++) {
      bridge.journal.tellFrame(frame(i, 20_000));
      if (i % 100 === 0) await new Promise((done) => setTimeout(done, 10));
    }
    driver.socket.resume();
    await eventually(() => expect(driver.frames.length + driver.gap).toBe(3_000));
    expect(driver.gap).toBeGreaterThan(500);
  });
});

describe('the door: abuse', () => {
  test('a thousand malformed messages: each is answered or ends its connection', async () => {
    const texts = fc.sample(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .record({ t: fc.constantFrom('proc.signal', 'redis.cmd', 'hello'), id: fc.anything() })
          .map((one) =>
            JSON.stringify(one, (_key, value: unknown) =>
              typeof value === 'bigint' ? String(value) : value,
            ),
          ),
      ),
      { numRuns: 1_000, seed: 7 },
    );
    let refused = 0;
    for (let from = 0; from < texts.length; from += 20) {
      const abuser = page();
      const isKnown = from % 40 === 0;
      await (isKnown ? abuser.greet() : abuser.opened());
      for (const text of texts.slice(from, from + 20)) {
        if (abuser.socket.readyState === abuser.socket.OPEN) abuser.send(text);
      }
      if (isKnown) await abuser.hears('err').catch(() => undefined);
      abuser.socket.close();
      await abuser.closed;
      refused++;
    }
    expect(refused).toBe(50);
    expect(bridge.done).toEqual([]);
    expect((await page().greet()).messages[0]).toMatchObject({ t: 'hello', role: 'driver' });
  }, 30_000);
});

describe('the page it serves', () => {
  const fetched = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; text: string }>((done) => {
      get({ host: '127.0.0.1', port: bridge.port, path, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => done({ status: response.statusCode ?? 0, text }));
      });
    });

  test('may open a WebSocket to the bridge and to nobody else', async () => {
    const { status, text } = await fetched('/');
    expect(status).toBe(200);
    expect(text).toContain(`connect-src 'self' ws://127.0.0.1:${bridge.port} ws://localhost:`);
  });

  test.each(['/../package.json', '/%2e%2e/package.json', '/nothing', '/%00', '/%'])(
    '%s is not there',
    async (path) => {
      expect((await fetched(path)).status).toBe(404);
    },
  );

  test('is not served under another name', async () => {
    expect((await fetched('/', { host: 'evil.example' })).status).toBe(403);
  });
});
