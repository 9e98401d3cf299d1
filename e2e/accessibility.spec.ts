import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { caption, FROZEN, open, settled, visit } from './learner';

/** Some suspect 8901, one has reports on file. */
const SUSPECTED = FROZEN.replace('at=12000', 'at=17500');
const PLACES = [
  ['home', '/#/'],
  ['lesson', '/#/lesson/slots'],
  ['wrong link', '/#/lesson/slotz'],
  ['reference', '/#/reference'],
] as const;

const LOOKS = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'zh-CN' },
] as const;

for (const { colorScheme, language } of LOOKS) {
  test(`axe finds nothing to mend: every page, ${colorScheme}, ${language}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.addInitScript((lang) => localStorage.setItem('language', lang), language);
    const found: string[] = [];
    const look = async (where: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        found.push(`${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      }
    };
    for (const [name, place] of PLACES) {
      await visit(page, place);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await look(name);
    }
    await open(page, SUSPECTED);
    const tabs = page.getByRole('tab');
    for (let i = 0; i < (await tabs.count()); i += 1) {
      await tabs.nth(i).click();
      await look(`tab ${i}`);
    }
    for (const [key, where] of [
      ['c', 'compare'],
      ['p', 'projector'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.locator(`.bench > .${where}`)).toBeVisible();
      await look(where);
      await page.keyboard.press(key);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, SUSPECTED);
    await look('phone');
    expect(found).toEqual([]);
  });
}

const SIZES = [
  [390, 844],
  [360, 640],
  [768, 1024],
  [1024, 768],
  [1366, 768],
] as const;

test('nothing scrolls sideways, from a small phone to a laptop', async ({ page }) => {
  test.slow();
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  for (const place of [...PLACES.map(([, address]) => address), SUSPECTED]) {
    await visit(page, place);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      const at = `${place} at ${width} × ${height}`;
      await expect.poll(wide, at).toBeLessThanOrEqual(0);
    }
  }
});

test('a journey by keyboard alone: from home to a verdict', async ({ page }) => {
  test.slow();
  await page.goto('/#/');
  const sandbox = page.getByRole('link', { name: 'Open the sandbox' });
  for (let i = 0; i < 20 && !(await isFocused(sandbox)); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await settled(page);
  await page.keyboard.press('/');
  await page.keyboard.type('freeze 8901');
  await page.keyboard.press('Enter');
  await expect(caption(page)).toContainText('8901 freezes');
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: /8902/ })).toBeChecked();
  for (let i = 0; i < 30; i += 1) {
    await page.keyboard.press('Shift+ArrowRight');
    if ((await caption(page).innerText()).includes('tells everyone')) break;
  }
  await expect(caption(page)).toContainText('tells everyone');
});

test('letters are letters while one types', async ({ page }) => {
  await open(page, FROZEN);
  const line = page.getByLabel('In words', { exact: true });
  await line.click();
  await page.keyboard.type('delay 8901-8902 20ms');
  await expect(line).toHaveValue('delay 8901-8902 20ms');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the key sheet opens with ?, holds the focus, and closes with Escape', async ({ page }) => {
  await open(page, FROZEN);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('under reduced motion a step is there at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, FROZEN);
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('.bench').getAttribute('data-settled')).toBe('true');
});

async function isFocused(locator: ReturnType<import('@playwright/test').Page['locator']>) {
  return locator.evaluate((element) => element === document.activeElement);
}
