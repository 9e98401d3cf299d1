import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { open, settled } from './learner';

interface Entry {
  readonly slug: string;
}
const course = parse(readFileSync('lessons/course.yaml', 'utf8')) as {
  readonly lessons: readonly Entry[];
  readonly cases: readonly string[];
};
const slugs = [...course.lessons.map(({ slug }) => slug), ...course.cases];

/** Three lessons share a page, as for a reader who goes on: loading it takes much of the time. */
const AT_ONCE = 3;

for (let first = 0; first < slugs.length; first += AT_ONCE) {
  const some = slugs.slice(first, first + AT_ONCE);
  test(`lessons can be walked to their end and back: ${some.join(', ')}`, async ({ page }) => {
    test.setTimeout(240_000 * AT_ONCE);
    // What glides only takes time here.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [i, slug] of some.entries()) {
      await test.step(slug, () => walk(page, slug, { isLeftInTheMiddle: i === 0 }));
    }
  });
}

/** A lesson is walked on in English, wrongly at times, and back in Chinese. */
async function walk(
  page: Page,
  slug: string,
  { isLeftInTheMiddle }: { isLeftInTheMiddle: boolean },
): Promise<void> {
  await open(page, `/#/lesson/${slug}`);
  const count = await stepCount(page);
  expect(count).toBeGreaterThan(1);
  for (let step = 1; step <= count; step += 1) {
    await at(page, step, count);
    if (await page.locator('.predict').isVisible()) await predict(page, step);
    if (isLeftInTheMiddle && step === Math.ceil(count / 2)) await reload(page, step, count);
    await page.locator('.foot button').last().click();
  }
  await expect(page.getByText(/^That was the (lesson|case)\.$/)).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.locator('.lesson')).toHaveAttribute('lang', 'zh-CN');
  for (let step = count; step > 1; step -= 1) {
    await expect(page.locator('.lesson .step')).toHaveText(/\p{Script=Han}/u);
    await page.getByRole('button', { name: '上一步' }).click();
    await expect(dots(page)).toHaveAttribute('aria-label', `第 ${step - 1} 步，共 ${count} 步`);
  }
  await page.goto('/#/');
  const row = page.locator(`a[href^="#/lesson/${slug}"]`, { hasText: /学完|已查明/ });
  await expect(row).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

const dots = (page: Page) => page.locator('.foot [role=img]');
const onward = (page: Page) => page.locator('.foot button').last();

async function stepCount(page: Page): Promise<number> {
  return Number(/of (\d+)/.exec((await dots(page).getAttribute('aria-label')) ?? '')?.[1]);
}

/** At a step, once its script has played; what takes long is skipped as a reader would. */
async function at(page: Page, step: number, count: number): Promise<void> {
  await expect(dots(page)).toHaveAttribute('aria-label', `Step ${step} of ${count}`);
  await hurry(page);
}

/** Does the rest of a script at once. */
async function hurry(page: Page): Promise<void> {
  // In one go: the same button leads to the next step as soon as the script is over.
  await page.evaluate(() => {
    const button = [...document.querySelectorAll<HTMLElement>('.foot button')].at(-1);
    if (button?.textContent.includes('Skip ahead')) button.click();
  });
  await settled(page);
}

/** Answers, or asks to be shown; there is no verdict before the outcome, and one after it. */
async function predict(page: Page, step: number): Promise<void> {
  const box = page.locator('.predict');
  await expect(box.locator('.right, .wrong, .after')).toHaveCount(0);
  await expect(onward(page)).toBeDisabled();
  const isSkipped = step % 3 === 0;
  if (isSkipped) await box.getByRole('button', { name: 'Skip, show me' }).click();
  else await answer(page);
  await expect(box.getByText('your guess?')).toHaveCount(0);
  await hurry(page);
  // Of a suspicion in one's own words nothing is said before it has been looked into.
  const outcome = box.locator('.after[role=status]');
  await expect(outcome).toBeAttached({ timeout: 60_000 });
  if (isSkipped) await expect(box.getByText('shown without a guess')).toBeVisible();
}

async function answer(page: Page): Promise<void> {
  const box = page.locator('.predict');
  const option = box.locator('.option').first();
  const line = box.getByRole('textbox');
  const field = box.locator('input[type=number]');
  const proof = box.getByRole('button', { name: 'That proves it' });
  if (await option.isVisible()) return option.click();
  if (await proof.isVisible()) {
    await page.locator('.log li button[aria-pressed]').last().click();
    return proof.click();
  }
  if (await line.isVisible()) {
    await line.fill('Because of the epoch.');
    return box.getByRole('button', { name: 'Keep it' }).click();
  }
  if (await field.isVisible()) await field.fill('3');
  await box.getByRole('button', { name: 'That is my guess' }).click();
}

/** A reload in the middle comes back to the step; it has to be answered anew. */
async function reload(page: Page, step: number, count: number): Promise<void> {
  await page.reload();
  await settled(page);
  await at(page, step, count);
  if (await page.locator('.predict').isVisible()) await predict(page, 3);
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

test('a lesson of one’s own opens from its files, and another is told what is wrong with it', async ({
  page,
}) => {
  await page.goto('/#/');
  const input = page.getByLabel('Open a lesson from files');
  const file = (name: string) => ({
    name,
    mimeType: 'text/plain',
    buffer: readFileSync(`lessons/moved/${name}`),
  });
  const files = ['lesson.yaml', 'en.md', 'zh-CN.md', 'solution.yaml'].map(file);
  await input.setInputFiles(files);
  await expect(page.getByText('Your own lesson')).toBeVisible();
  await settled(page);
  await page.reload();
  await expect(page.getByText('Your own lesson')).toBeVisible();
  await page.goto('/#/');
  const bad = {
    ...files[1]!,
    buffer: Buffer.from('# x\n\n## door\n\n<img src=x onerror=alert(1)>'),
  };
  await input.setInputFiles([files[0]!, bad]);
  await expect(page.getByText('This lesson cannot be played yet')).toBeVisible();
  await expect(page.getByText(/en\.md:5/).first()).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
});

test('a lesson leaves paper: handout without answers, key with them, notes', async ({ page }) => {
  await page.goto('/#/lesson/reports/handout');
  await expect(page.getByText('My guess:').first()).toBeVisible();
  await expect(page.getByText('✓')).toHaveCount(0);
  await page.getByRole('link', { name: 'Answer key' }).click();
  await expect(page.getByText('✓').first()).toBeVisible();
  await page.getByRole('link', { name: 'Teacher notes' }).click();
  await expect(page.getByRole('heading', { name: 'Misconceptions met here' })).toBeVisible();
});
