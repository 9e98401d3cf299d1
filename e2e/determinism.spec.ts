// The same scene, seed and inputs: the same world here, in this browser and in Node, byte for byte.
import { execFileSync } from 'node:child_process';
import { expect, test, type Page } from '@playwright/test';

const KILL = 'at 10s kill 8901';
const LINK =
  '#/sandbox?masters=3&replicas=1&timeout=5000&seed=7' + `&do=${encodeURIComponent(KILL)}&at=17230`;

/** What Node computes for the same run up to `untilMs`. */
function hashInNode(untilMs: number): string {
  const words = ['--seed', '7', '--do', KILL, '--for', `${untilMs}ms`, '--quiet', 'all'];
  const line = execFileSync(process.execPath, ['scripts/sim.mjs', ...words], { encoding: 'utf8' });
  return (JSON.parse(line) as { hash: string }).hash;
}

/** The page writes the whole fingerprint into the title of the button that copies it. */
async function shownHash(page: Page): Promise<string> {
  const title = await page.locator('button[title]', { hasText: /^hash / }).getAttribute('title');
  return /[0-9a-f]{16}/.exec(title ?? '')?.[0] ?? `no hash in "${title}"`;
}

async function open(page: Page): Promise<void> {
  // What glides only takes time here.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/${LINK}`);
  await expect(page.locator('button[title]', { hasText: /^hash / })).toBeVisible();
}

test('a kill and its verdict: the page shows the hash that Node computes', async ({ page }) => {
  await open(page);
  await expect.poll(() => shownHash(page)).toBe(hashInNode(17_230));
});

test('10 events forward, back and forward again meet the same worlds', async ({ page }) => {
  test.slow();
  await open(page);
  const start = await shownHash(page);
  // Every event changes the hash, so each press is seen to have worked before the next one.
  const walk = async (key: string): Promise<string> => {
    for (let i = 0; i < 10; i++) {
      const before = await shownHash(page);
      await page.keyboard.press(key);
      await expect.poll(() => shownHash(page), { intervals: [20, 50, 100] }).not.toBe(before);
    }
    return shownHash(page);
  };
  const there = await walk('ArrowRight');
  expect(there).not.toBe(start);
  expect(await walk('ArrowLeft')).toBe(start);
  expect(await walk('ArrowRight')).toBe(there);
});
