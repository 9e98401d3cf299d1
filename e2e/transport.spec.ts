import { expect, test } from '@playwright/test';
import { caption, clockSeconds, FROZEN, open, settled, worldHash } from './learner';

test('a second key press completes the first at once and queues nothing', async ({ page }) => {
  await open(page, FROZEN);
  const start = await worldHash(page);
  const place = page.locator('.place span').first();
  const before = Number((await place.innerText()).replace(/\D/g, ''));
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await settled(page);
  const after = Number((await place.innerText()).replace(/\D/g, ''));
  expect(after).toBeGreaterThanOrEqual(before + 5);
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft');
  expect(await worldHash(page)).toBe(start);
});

test('beat by beat: suspicion, verdict, election, and back again', async ({ page }) => {
  await open(page, FROZEN);
  const heard: string[] = [];
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Shift+ArrowRight');
    heard.push(await caption(page).innerText());
    if (heard.at(-1)?.includes('takes over')) break;
  }
  const story = heard.join('\n');
  expect(story).toMatch(/writes PFAIL/);
  expect(story).toMatch(/marks 8901 FAIL and tells everyone/);
  expect(story).toMatch(/8904 asks every master for its vote/);
  expect(story).toMatch(/8904 has a majority in epoch 7/);
  const atTheWin = await worldHash(page);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await worldHash(page)).toBe(atTheWin);
});

test('play runs the clock, pause stands still', async ({ page }) => {
  await open(page, FROZEN);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(12.3);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await settled(page);
  const stood = await clockSeconds(page);
  await page.waitForTimeout(300);
  expect(await clockSeconds(page)).toBe(stood);
});

test('“beat” plays to the next beat and stops there', async ({ page }) => {
  test.slow();
  await open(page, FROZEN.replace('at=12000', 'at=15000'));
  await page.getByRole('button', { name: 'beat', exact: true }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  // The next beat may be a blink away: what counts is that it comes, and that time stands there.
  await expect(caption(page)).toContainText('PFAIL');
  await settled(page);
  const stood = await clockSeconds(page);
  await page.waitForTimeout(300);
  expect(await clockSeconds(page)).toBe(stood);
  await expect(caption(page)).toContainText('PFAIL');
});

test('the past can be acted on: a second future, and a way back to the first', async ({ page }) => {
  await open(page, FROZEN.replace('at=12000', 'at=19000'));
  await page.keyboard.press('Home');
  const line = page.getByLabel('In words', { exact: true });
  await line.fill('at 8s kill 8903');
  await line.press('Enter');
  await settled(page);
  const futures = page.locator('.sandbox li', { hasText: 'as first seen' });
  await expect(futures).toBeVisible();
  await expect(page.locator('.sandbox [aria-current="true"]')).toContainText('Kill 8903');
  await page.getByRole('button', { name: 'Go to the future “as first seen”' }).click();
  await page.keyboard.press('End');
  await expect(page.locator('.sandbox [aria-current="true"]')).toContainText('as first seen');
  expect(await clockSeconds(page)).toBeGreaterThanOrEqual(19);
  await expect(page.getByRole('radio', { name: /8901, master, frozen/ })).toBeAttached();
});
