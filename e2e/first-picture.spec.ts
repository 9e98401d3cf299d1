import { expect, test } from '@playwright/test';
import { settled } from './learner';

test('the first picture stands before the engine has loaded, and does not move when it comes', async ({
  page,
}) => {
  let letGo: () => void = () => undefined;
  const mayLoad = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/assets\/engine-.*\.js/, async (route) => {
    await mayLoad;
    await route.continue();
  });
  await page.goto('/#/lesson/slots');
  const stage = page.locator('[data-picture=stage]');
  await expect(stage.getByRole('button', { name: /^8901/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await expect(page.locator('[data-settled="true"]')).toHaveCount(0);
  const drawn = () => stage.evaluate((element) => element.innerHTML);
  await expect.poll(async () => (await drawn()).includes('In flight')).toBe(true);
  const before = await drawn();
  letGo();
  await settled(page);
  expect(await drawn()).toBe(before);
});
