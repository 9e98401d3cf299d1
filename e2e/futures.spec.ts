import { expect, test } from '@playwright/test';
import { clockSeconds, open, visit, worldHash } from './learner';

/** 8901 is frozen and suspected, and the first reports are on file. */
const SUSPECTED =
  '/#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&do=at+10s+freeze+8901&at=17230';

test('what if a message had been lost: two futures, moved as one, and back to the same world', async ({
  page,
}) => {
  await open(page, `${SUSPECTED}&tab=log`);
  const here = await worldHash(page);
  await page.getByRole('button', { name: 'All events' }).click();
  const report = page.getByRole('button', { name: /files 8903’s report on 8901/ }).first();
  await report.click();
  await page.getByRole('button', { name: 'Messages' }).click();
  await page.getByRole('button', { name: 'Beliefs' }).click();
  const carrier = page.locator('.events li.current button');
  await carrier.click();
  await page.keyboard.press('w');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Without it');
  await expect(page.getByRole('region', { name: /^Timeline: (first|second)/ })).toHaveCount(2);
  const fork = await clockSeconds(page);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(fork);
  await page.keyboard.press('Escape');
  await visit(page, `${SUSPECTED}&tab=log&seen`);
  expect(await worldHash(page)).toBe(here);
});

test('run until, breakpoints, and a step that finds nothing', async ({ page }) => {
  await open(page, SUSPECTED);
  await page.getByRole('button', { name: /^Run until a condition/ }).click();
  await page.getByRole('button', { name: 'somebody is promoted' }).click();
  await expect(page.locator('.news')).toContainText('somebody is promoted');
  expect(await clockSeconds(page)).toBeGreaterThan(18);
  await open(page, '/#/sandbox?seed=42&at=15000');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.news')).toContainText('No beat within 120');
  expect(await clockSeconds(page)).toBe(15);
});

test('a run saved as a file opens again, as it was left', async ({ page }) => {
  await open(page, `${SUSPECTED}&as=8904&tab=message`);
  const here = await worldHash(page);
  await page.getByRole('button', { name: 'Share and save' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save this run as a file' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^slotscope-seed42-17\.230s\.slotscope\.json$/);
  await open(page, '/#/sandbox?seed=7');
  await page.getByRole('button', { name: 'Share and save' }).click();
  await page.getByLabel('Open a run from a file').setInputFiles(await download.path());
  await expect(page).toHaveURL(/as=8904/);
  expect(await worldHash(page)).toBe(here);
  await expect(page.getByRole('tab', { name: 'Message' })).toHaveAttribute('aria-selected', 'true');
});
