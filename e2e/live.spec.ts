/**
 * Real redis-server processes behind the bridge, driven from the page. Needs redis-server 7.0 or
 * later; without it these tests are skipped, but never where CI=true.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
test.skip(!hasRedis && process.env['CI'] !== 'true', 'there is no redis-server on this machine');
test.describe.configure({ mode: 'serial' });

const NODE_TIMEOUT_MS = 1_500;
let bridge: ChildProcess;
let link: string;
let port: number;

/** Starts a bridge with a cluster of six; resolves with the link it prints. */
function startBridge(): Promise<string> {
  const options = ['--port', String(port), '--timeout', String(NODE_TIMEOUT_MS)];
  bridge = spawn('node', ['scripts/bridge.mjs', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((done, fail) => {
    let said = '';
    bridge.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    bridge.stdout?.on('data', (text: Buffer) => {
      const found = /http:\/\/\S+token=[\da-f]{32}/.exec(text.toString());
      if (found) done(found[0]);
    });
    bridge.once('exit', (code) => fail(new Error(`the bridge ended with ${code}: ${said}`)));
  });
}

async function endBridge(): Promise<void> {
  if (bridge.exitCode !== null) return;
  const ended = new Promise((done) => bridge.once('exit', done));
  bridge.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return free;
}

const badge = (page: Page) => page.getByText('LIVE · 6 real processes');
const rows = (page: Page) => page.locator('#pane li');

async function openLive(page: Page): Promise<void> {
  await page.goto(link);
  await expect(badge(page)).toBeVisible({ timeout: 20_000 });
}

test.beforeAll(async () => {
  test.setTimeout(60_000);
  port = await freePort();
  link = await startBridge();
});
test.afterAll(endBridge);

test('a master is killed from the page, and its replica wins', async ({ page }) => {
  await openLive(page);
  expect(new URL(page.url()).hash).toBe('#/live');
  await expect(rows(page)).toHaveCount(6);
  const replica = rows(page)
    .filter({ hasText: /replica of/ })
    .first();
  const replicaName = (await replica.getByRole('button').first().innerText()).trim();
  const master = /replica of (\d+)/.exec(await replica.innerText())![1]!;
  await page.getByRole('button', { name: `Kill ${master} (SIGKILL)` }).click();
  await expect(rows(page).filter({ hasText: 'killed' })).toHaveCount(1);
  const winner = rows(page).filter({ has: page.getByText(replicaName, { exact: true }) });
  await expect(winner).toContainText(/master$|master\s/m, { timeout: 25_000 });
  await page.getByRole('button', { name: `Start ${master} again` }).click();
  await expect(rows(page).filter({ hasText: `replica of ${replicaName}` })).toHaveCount(1, {
    timeout: 15_000,
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('a node is cut off for five seconds; the bridge heals it', async ({ page }) => {
  await openLive(page);
  const name = (await rows(page).first().getByRole('button').first().innerText()).trim();
  await page.locator(`[data-node="${name}"]`).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Cut it off from all others' }).click();
  const ask = page.getByRole('dialog', { name: /for how long/ });
  await expect(ask.getByRole('button', { name: '10 s' })).toBeFocused();
  await ask.getByRole('button', { name: '5 s', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Faults now' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Heal now/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Faults now' })).toBeHidden({ timeout: 10_000 });
});

test('behind the live edge nothing can be done; a reload comes back to it', async ({ page }) => {
  await openLive(page);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/You are behind the live edge/)).toBeVisible();
  const kill = page.getByRole('button', { name: /^Kill / }).first();
  await expect(kill).toBeDisabled();
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(kill).toBeEnabled();
  await page.reload();
  await expect(badge(page)).toBeVisible({ timeout: 20_000 });
});

test('a second tab watches, and drives when the first has gone', async ({ page, context }) => {
  await openLive(page);
  const second = await context.newPage();
  await openLive(second);
  const freeze = second.getByRole('button', { name: /^Freeze / }).first();
  await expect(second.getByText(/Another page drives/)).toBeVisible();
  await expect(freeze).toBeDisabled();
  await page.close();
  await expect(freeze).toBeEnabled();
});

test('a wrong token ends in one sentence', async ({ page }) => {
  await page.goto(link.replace(/[\da-f]{32}$/, '0'.repeat(32)));
  await expect(page.getByText(/is not the one of the bridge that runs now/)).toBeVisible();
});

test('a bridge that ends leaves its recording; one started anew is another', async ({ page }) => {
  await openLive(page);
  await endBridge();
  await expect(page.getByText(/What is recorded stays/)).toBeVisible({ timeout: 10_000 });
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Save recording' })).toBeEnabled();
  link = await startBridge();
  await expect(page.getByText(/is not the one of the bridge that runs now/)).toBeVisible({
    timeout: 20_000,
  });
  await openLive(page);
});
