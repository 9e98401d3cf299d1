import { expect, test } from '@playwright/test';
import { caption, clockSeconds, open, settled } from './learner';

const FRESH = '/#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&at=12000';

test('a node is killed from the stage, and the cluster finds out', async ({ page }) => {
  test.slow();
  await open(page, FRESH);
  await page.locator('[data-node="8901"]').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: /kill/i }).click();
  await settled(page);
  await expect(caption(page)).toContainText('8901 is killed');
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Shift+ArrowRight');
    if ((await caption(page).innerText()).includes('takes over')) break;
  }
  await expect(caption(page)).toContainText('takes over its master’s slots');
});

test('disasters by one key: freeze, and wake', async ({ page }) => {
  await open(page, FRESH);
  await page.getByRole('button', { name: 'Freeze 8901', exact: true }).click();
  await expect(caption(page)).toContainText('8901 freezes');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByRole('button', { name: 'Wake and restart all' }).click();
  await expect(caption(page)).toContainText('8901 wakes');
});

test('two masters frozen at once: nobody is promoted, and the page says why', async ({ page }) => {
  test.slow();
  await open(page, FRESH);
  await page.getByRole('button', { name: 'Freeze 8901, 8902 at once' }).click();
  await expect(page.locator('.outlook')).toContainText(
    'No majority. 3 masters hold slots, so 2 must agree. Only 8903 still can.',
  );
  const line = page.getByLabel('In words', { exact: true });
  // To say something about 60 s is to go there first: half a minute after all are suspected.
  await line.fill('at 60s delay 8903-8904 1ms');
  await line.press('Enter');
  await settled(page);
  expect(await clockSeconds(page)).toBeGreaterThanOrEqual(60);
  await expect(page.locator('.outlook')).toContainText('no replica is elected');
  for (const node of ['8904', '8905', '8906']) {
    await expect(page.getByRole('radio', { name: new RegExp(`${node}, replica`) })).toBeAttached();
  }
  await expect(page.getByRole('table').getByText(/FAIL, since/)).toHaveCount(0);
});

test('a slip of the finger is answered with the word that was meant', async ({ page }) => {
  await open(page, FRESH);
  const line = page.getByLabel('In words', { exact: true });
  await line.fill('freze 8901');
  await line.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Did you mean freeze?');
  await line.fill('freeze 9901');
  await line.press('Enter');
  await expect(page.getByRole('alert')).toContainText('is not a node of this scene');
});

test('a command is answered in redis-cli’s words, and a redirect is followed', async ({ page }) => {
  await open(page, FRESH);
  const line = page.getByLabel('In words', { exact: true });
  const terminal = page.getByRole('log', { name: 'Terminal' });
  await line.fill('redis-cli -p 8901 GET name');
  await line.press('Enter');
  await expect(terminal).toContainText('(error) MOVED 5798 127.0.0.1:8902');
  await settled(page);
  await expect(caption(page)).toContainText('8901 does not serve slot 5798');
  await line.fill('redis-cli -c -p 8901 SET name zhangsan');
  await line.press('Enter');
  await expect(terminal).toContainText('-> Redirected to slot [5798] located at 127.0.0.1:8902');
  await expect(terminal).toContainText('OK');
});
