import { expect, test } from '@playwright/test';
import { clockSeconds, FROZEN, open, settled, visit, worldHash } from './learner';

test('the same link gives the same world, also after a reload', async ({ page, context }) => {
  await open(page, FROZEN);
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Shift+ArrowRight');
  const here = await worldHash(page);
  const link = page.url();
  await page.reload();
  expect(await worldHash(page)).toBe(here);
  const other = await context.newPage();
  await open(other, link);
  expect(await worldHash(other)).toBe(here);
});

test('what is done goes into the link', async ({ page }) => {
  await open(page, FROZEN);
  await page.getByRole('button', { name: /^Kill/ }).click();
  await settled(page);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('kill+890');
  expect(page.url()).toContain('do=at+10s+freeze+8901');
});

test('language and theme change without losing the place', async ({ page }) => {
  await open(page, FROZEN);
  const here = await worldHash(page);
  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { name: '沙盒' })).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(await worldHash(page)).toBe(here);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the address chooses the language', async ({ page }) => {
  await open(page, '/?lang=zh-CN#/sandbox');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

const WRONG: readonly (readonly [place: string, says: RegExp, wayOn: RegExp])[] = [
  ['#/lesson/slotz', /There is no lesson “slotz”.*nearest name is “slots”/, /Open “slots”/],
  ['#/nowhere/else', /There is no page/, /Go to the lessons/],
  ['#/sandbox?masters=2', /Redis Cluster requires at least 3 master nodes/, /Open 3 masters/],
  ['#/sandbox?seed=x', /is not a whole number from 0/, /Open the sandbox/],
  ['#/sandbox?do=at+4s+freze+8901', /Did you mean freeze/, /Open the sandbox/],
  ['#/sandbox?do=at+4s+kill+9999', /is not a node of this scene/, /Open the sandbox/],
  ['#/sandbox?masters=400', /more than this page can run|not a whole number/, /Go to the lessons/],
];
test('a wrong link says what is wrong and offers a way on', async ({ page }) => {
  test.slow();
  for (const [place, says, wayOn] of WRONG) {
    await visit(page, `/${place}`);
    await expect(page.getByRole('main'), place).toContainText(says);
    await page.getByRole('link', { name: wayOn }).first().click();
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading, place).not.toContainText('leads nowhere');
  }
});

test('a step the lesson has not: the first step, and a word about it', async ({ page }) => {
  await open(page, '/#/lesson/slots?step=nonsense');
  await expect(page.getByRole('alert')).toContainText('This lesson has no step “nonsense”');
  expect(await clockSeconds(page)).toBeGreaterThan(0);
  await open(page, '/#/lesson/slots?at=soon');
  await expect(page.getByRole('alert')).toContainText('at=soon is no moment');
});
