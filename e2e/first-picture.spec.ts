import { expect, test } from '@playwright/test';
import { settled } from './learner';

test('the first picture stands before the engine has loaded, and does not move when it comes', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  let letGo: () => void = () => undefined;
  const mayLoad = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/assets\/engine-.*\.js/, async (route) => {
    await mayLoad;
    await route.continue();
  });
  // Not until it is loaded: to some browsers the engine is part of that.
  await page.goto('/#/lesson/slots', { waitUntil: 'domcontentloaded' });
  const stage = page.locator('[data-picture=stage]');
  await expect(stage.getByRole('button', { name: /^8901/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await expect(page.locator('[data-settled="true"]')).toHaveCount(0);
  const drawn = () => stage.evaluate((element) => element.innerHTML);
  await expect.poll(async () => (await drawn()).includes('In flight')).toBe(true);
  const before = await drawn();
  const log = page.getByRole('tab', { name: 'Log', exact: true });
  await log.click();
  letGo();
  await settled(page);
  expect(await drawn()).toBe(before);
  // What was opened meanwhile stays open, though the step asks for the table.
  await expect(log).toHaveAttribute('aria-selected', 'true');
});
