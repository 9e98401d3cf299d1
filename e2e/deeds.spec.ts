import { expect, test } from '@playwright/test';
import { caption, open, settled } from './learner';

const FRESH = '/#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&at=12000';

test('a line drawn across the ring parts it, and can be taken back', async ({ page }) => {
  await open(page, FRESH);
  const [master, neighbour] = await Promise.all(
    ['8901', '8902'].map((node) => page.locator(`[data-node="${node}"]`).first().boundingBox()),
  );
  const stage = (await page.locator('#stage').boundingBox())!;
  // From above 8901 down between it and everyone but its replica.
  const x = (master!.x + neighbour!.x) / 2 + 30;
  await page.mouse.move(x, stage.y + 120);
  await page.mouse.down();
  await page.mouse.move(x + 4, stage.y + 300, { steps: 4 });
  await expect(page.getByText('cuts off 8901, 8904')).toBeVisible();
  await page.mouse.up();
  await settled(page);
  await expect(caption(page)).toContainText('The network is cut: eight links');
  await expect(page.getByText('Partition: 8901, 8904 | the rest')).toBeVisible();
  await page.getByRole('button', { name: /^Undo: Partition/ }).click();
  await settled(page);
  await expect(caption(page)).toContainText('6 nodes agree');
  await expect(page.getByText('Nothing has been done to this cluster.')).toBeVisible();
});

test('one message is dropped from the keyboard alone', async ({ page }) => {
  await open(page, FRESH);
  const node = page.locator('[data-node="8901"]').first();
  const way = page.getByRole('menuitem', { name: 'Its messages on their way …' });
  await node.focus();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu')).toBeVisible();
    if (await way.isVisible()) break;
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('ArrowRight');
    await settled(page);
    await node.focus();
  }
  await way.focus();
  await page.keyboard.press('Enter');
  await page
    .getByRole('menuitem', { name: /P[IO]NG/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Drop it' }).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(
    page.getByRole('button', { name: /^Undo: Drop P[IO]NG 890\d → 890\d$/ }),
  ).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a finger drawn across the stage does not leave the page', async ({ page, browserName }) => {
    test.skip(browserName !== 'chromium', 'fingers are moved by its own protocol');
    await open(page, FRESH);
    const stage = (await page.locator('#stage').boundingBox())!;
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: x === undefined ? [] : [{ x, y: stage.y + stage.height / 2 }],
      });
    await touch('touchStart', 60);
    for (let x = 70; x <= 320; x += 10) await touch('touchMove', x);
    await touch('touchEnd');
    // A page that is left is gone within a second.
    await page.waitForTimeout(1_000);
    await expect(page).toHaveURL(/#\/sandbox/);
    await expect(caption(page)).toContainText('6 nodes agree');
  });
});
