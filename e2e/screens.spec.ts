import { expect, test } from '@playwright/test';
import { caption, FROZEN, open } from './learner';

/** 8901 froze at 10 s; by now some suspect it. */
const SUSPECTED = FROZEN.replace('at=12000', 'at=16600');

test('one moment, six tables, in step with time; a ring takes its view', async ({ page }) => {
  await open(page, SUSPECTED);
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('One moment, six tables');
  const ring = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) });
  await expect(ring('8901')).toHaveAccessibleName(/frozen at .* so still all well/);
  const before = await caption(page).innerText();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(caption(page)).not.toHaveText(before);
  await ring('8905').click();
  await expect(page.getByRole('radio', { name: /8905/ })).toBeChecked();
});

test('before a room: the evidence beside the ring, a clicker, a blank screen', async ({ page }) => {
  await open(page, `${SUSPECTED}&view=projector`);
  const evidence = page.getByRole('complementary', { name: 'What it rests on' });
  await expect(evidence).toContainText('fail_reports');
  await expect(evidence.getByRole('table')).toBeVisible();
  const before = await caption(page).innerText();
  await page.keyboard.press('PageDown');
  await expect(caption(page)).not.toHaveText(before);
  await page.keyboard.press('.');
  await expect(page.getByText('Blank. Press B to come back.')).toBeVisible();
  await page.keyboard.press('b');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('radio', { name: /8901/ })).toBeVisible();
});

test('before a room: eight lines to put in order stand on the wall whole', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('/#/lesson/replicate?step=lines&view=projector');
  await expect(page.getByRole('button', { name: 'That is my guess' })).toBeInViewport({ ratio: 1 });
  const question = page.locator('.question').first();
  await expect
    .poll(() => question.evaluate((room) => room.scrollHeight - room.clientHeight))
    .toBeLessThanOrEqual(1);
});
