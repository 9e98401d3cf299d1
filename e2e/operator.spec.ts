import { expect, test, type Page } from '@playwright/test';
import { caption, open, settled, worldHash } from './learner';

/** Six nodes that have agreed, at ten seconds. */
const CALM = '/#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&at=10000';

async function type(page: Page, text: string): Promise<void> {
  const line = page.getByLabel('In words', { exact: true });
  await line.fill(text);
  await line.press('Enter');
  await settled(page);
  await line.blur();
}

/** Beat by beat until the caption says `last`; what it said on the way. */
async function beatsUntil(page: Page, last: RegExp, way: 'on' | 'back' = 'on'): Promise<string[]> {
  const told = [await caption(page).innerText()];
  for (let i = 0; i < 20 && !last.test(told.at(-1)!); i += 1) {
    await page.keyboard.press(way === 'on' ? 'Shift+ArrowRight' : 'Shift+ArrowLeft');
    await settled(page);
    told.push(await caption(page).innerText());
  }
  return told;
}

/** Some beats back and as many on: the same world; and the same again from the link. */
async function rewindsExactly(page: Page, beats: number): Promise<void> {
  const there = await worldHash(page);
  for (let i = 0; i < beats; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  expect(await worldHash(page)).not.toBe(there);
  for (let i = 0; i < beats; i += 1) await page.keyboard.press('Shift+ArrowRight');
  expect(await worldHash(page)).toBe(there);
  await open(page, page.url());
  expect(await worldHash(page)).toBe(there);
}

test('a learner hands a master’s place over, sees each step, and rewinds it exactly', async ({
  page,
}) => {
  test.slow();
  await open(page, CALM);
  await type(page, '8904 CLUSTER FAILOVER');
  await expect(page.locator('.terminal')).toContainText('OK');
  await page.keyboard.press('Home');
  const told = await beatsUntil(page, /8901 learns that its slots have a newer owner/);
  const story = told.join('\n');
  expect(story).toMatch(/8904 is told to take over\. It asks 8901 to pause/);
  expect(story).toMatch(/8901 lets writes wait/);
  expect(story).toMatch(/8904 has every write of its master, and asks all for their votes/);
  expect(story).toMatch(/8904 has a majority in epoch 7/);
  await expect(page.getByRole('radio', { name: /8904, master/ })).toBeAttached();
  await expect(page.getByRole('radio', { name: /8901, replica/ })).toBeAttached();
  await rewindsExactly(page, 3);
});

test('a learner moves slots with redis-cli, sees the first and the end, and rewinds it exactly', async ({
  page,
}) => {
  test.slow();
  await open(page, CALM);
  await type(
    page,
    'redis-cli --cluster reshard 127.0.0.1:8901 --cluster-from @8901 --cluster-to @8902 ' +
      '--cluster-slots 5 --cluster-yes',
  );
  // What is typed is watched to its end.
  await expect(caption(page)).toHaveText('redis-cli --cluster reshard is done.');
  // One slot of five is told, so it is a few beats away.
  const told = await beatsUntil(page, /8902 takes slot 0 under epoch 7/, 'back');
  expect(told.length).toBeLessThan(8);
  await beatsUntil(page, /redis-cli --cluster reshard is done/);
  await expect(page.locator('.terminal')).toContainText('Moving slot 4 from 127.0.0.1:8901');
  await expect(page.getByRole('main')).toContainText('5–5460');
  await rewindsExactly(page, 3);
});

test('an open slot is seen on the ring, and only where it is known', async ({ page }) => {
  const deeds = ['at 9s cli 8902 CLUSTER SETSLOT 866 IMPORTING @8901'];
  await open(page, `${CALM}${deeds.map((deed) => `&do=${encodeURIComponent(deed)}`).join('')}`);
  const slot = page.getByRole('img', { name: 'slot 866: from 8901 to 8902' });
  await expect(slot).toBeAttached();
  await page.keyboard.press('1');
  await expect(slot).not.toBeAttached();
  await page.keyboard.press('2');
  await expect(slot).toBeAttached();
});
