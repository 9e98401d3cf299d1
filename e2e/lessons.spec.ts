import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { open, settled } from './learner';

interface Entry {
  readonly slug: string;
}
const course = parse(readFileSync('lessons/course.yaml', 'utf8')) as { lessons: readonly Entry[] };

for (const { slug } of course.lessons) {
  test(`the lesson ${slug} can be walked from its first step to its last`, async ({ page }) => {
    test.setTimeout(240_000);
    await open(page, `/#/lesson/${slug}`);
    const dots = page.locator('.foot [role=img]');
    const count = Number(/of (\d+)/.exec((await dots.getAttribute('aria-label')) ?? '')?.[1]);
    expect(count).toBeGreaterThan(3);
    // The outcomes take half a minute each at the speed they are made to be watched at.
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('.');
    for (let step = 1; step <= count; step += 1) {
      await expect(dots).toHaveAttribute('aria-label', `Step ${step} of ${count}`);
      await settled(page);
      if (await page.locator('.predict').isVisible()) await predict(page);
      await page.locator('.foot button').last().click();
    }
    await expect(page.getByText('That was the lesson.')).toBeVisible();
    await page.goto('/#/');
    const row = page.locator(`a[href^="#/lesson/${slug}"]`, { hasText: 'done' });
    await expect(row).toBeVisible();
  });
}

/** Answers whatever is asked, and finds no verdict before the outcome and one after it. */
async function predict(page: Page): Promise<void> {
  const box = page.locator('.predict');
  await expect(box.locator('.right, .wrong, .after')).toHaveCount(0);
  await expect(page.locator('.foot button').last()).toBeDisabled();
  if (await box.locator('.option').count()) await box.locator('.option').first().click();
  else {
    const field = box.locator('input[type=number]');
    if (await field.isVisible()) await field.fill('3');
    await box.getByRole('button', { name: 'That is my guess' }).click();
  }
  await expect(box.getByText('your guess?')).toHaveCount(0);
  await expect(box.locator('.after').first()).toBeVisible({ timeout: 60_000 });
}

test('a prediction holds the clock: no verdict, no way past, until it is answered', async ({
  page,
}) => {
  await open(page, '/#/lesson/moved');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.locator('.option').first()).toBeEnabled();
  await page.locator('.option').nth(1).click();
  await expect(page.locator('.option').nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('answered', { exact: true })).toBeVisible();
  await settled(page);
  await expect(page.locator('.option.right')).toHaveCount(1);
});

test('“skip, show me” plays the outcome and stays honest about it', async ({ page }) => {
  await open(page, '/#/lesson/moved');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Skip, show me' }).click();
  await expect(page.getByText('shown without a guess')).toBeVisible();
});

test('going back shows the answer that was given, and the language keeps the step', async ({
  page,
}) => {
  await open(page, '/#/lesson/moved');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.locator('.option').first().click();
  await settled(page);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.locator('.option').first()).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('l');
  await expect(page.locator('.lesson')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('.option').first()).toHaveAttribute('aria-pressed', 'true');
});

test('a task turns green by itself', async ({ page }) => {
  test.slow();
  await open(page, '/#/lesson/moved?step=follow');
  const goals = page.locator('.task li');
  await expect(goals.first()).toBeVisible();
  const line = page.getByLabel('In words', { exact: true });
  for (const typed of ['8901 GET name', '8902 GET name', '8902 SET name zhangsan']) {
    await line.fill(typed);
    await line.press('Enter');
    await settled(page);
  }
  await expect(page.locator('.task li.done')).toHaveCount(await goals.count());
});

test('the stage does not tell how many votes are needed while the lesson asks', async ({
  page,
}) => {
  await page.goto('/#/lesson/election?step=votes');
  const stage = page.getByRole('main');
  await expect(stage).toContainText('so far');
  await expect(stage).not.toContainText('of 2 needed');
  await page.getByRole('button', { name: 'Skip, show me' }).click();
  await expect(stage).toContainText(/of 2 needed|elected/);
});
