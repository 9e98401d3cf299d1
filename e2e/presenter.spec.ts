import { expect, test } from '@playwright/test';
import { open } from './learner';

test('the presenter’s window leads the wall: answer, next step, back, blank', async ({
  context,
}) => {
  const wall = await context.newPage();
  await open(wall, '/#/lesson/reports?step=one-report&view=projector');
  const desk = await context.newPage();
  await desk.goto('/#/lesson/reports/presenter');
  const place = desk.getByRole('status').first();
  await expect(place).toContainText('Step 2 of 8 · the question is on the wall');
  await desk.getByRole('button', { name: 'Show the answer' }).click();
  await desk.getByRole('button', { name: 'Do the rest at once' }).click();
  await expect(place).toContainText('the answer is on the wall');
  await desk.getByRole('button', { name: 'Next step' }).click();
  await expect(wall).toHaveURL(/step=own-plus/);
  await expect(place).toContainText('Step 3 of 8');
  await desk.getByRole('button', { name: 'Back' }).click();
  await expect(wall).toHaveURL(/step=one-report/);
  await desk.getByRole('button', { name: 'Blank the wall' }).click();
  await expect(desk.getByRole('button', { name: 'Show the wall again' })).toBeVisible();
});

test('a second round asks the same of another run, in which nodes have changed places', async ({
  page,
}) => {
  const goals = page.locator('section.task ul');
  const seed = page.getByText(/Simulation · 6 nodes · seed \d+/);
  await open(page, '/#/lesson/reports?step=own');
  const [before, seedBefore] = [await goals.innerText(), await seed.innerText()];
  await open(page, '/#/lesson/reports?step=again-own');
  await expect(seed).toContainText('seed 1');
  expect(await seed.innerText()).not.toBe(seedBefore);
  const after = await goals.innerText();
  expect(after).not.toBe(before);
  expect(after.replace(/\d{4}/g, 'node')).toBe(before.replace(/\d{4}/g, 'node'));
});
