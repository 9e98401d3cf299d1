import { expect, test } from '@playwright/test';
import { open, settled } from './learner';

/** 8901 is frozen, suspected by all, and has failed in the eyes of 8903. */
const SUSPECTED =
  '/#/sandbox?masters=3&replicas=1&timeout=5000&seed=7&do=at+10s+freeze+8901&at=16790';

test.use({ viewport: { width: 1600, height: 900 } });

test('from a report to the message that carried it, byte for byte, and to the verdict', async ({
  page,
}) => {
  await open(page, SUSPECTED);
  await page.keyboard.press('4');
  const stage = page.getByRole('main');
  await stage.getByTitle('Open the message in which 8902 said so').click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByRole('tab', { name: 'Message' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(inspector.getByRole('row', { name: /^08ca/ })).toContainText('myself,master');
  await inspector.getByText('Why these?').click();
  await expect(inspector.getByText(/always rides along: 8901/)).toBeVisible();
  await expect(inspector.getByRole('heading', { name: 'What it changed at 8904' })).toBeVisible();
  // The same thing is marked on the stage, in the matrix and on the lanes.
  await expect(page.locator('.matrix td.picked')).toHaveCount(1);
  await page.keyboard.press('Shift+ArrowRight');
  await settled(page);
  await inspector.getByRole('tab', { name: 'Table' }).click();
  await expect(inspector.getByText(/^FAIL since|^PFAIL since/).first()).toBeVisible();
  await inspector.getByRole('tab', { name: 'Machine' }).click();
  await expect(inspector.getByRole('img', { name: /running, replica/ })).toBeVisible();
});

test('the terminal: Tab, a redirect, the bytes, and a command typed in the past', async ({
  page,
}) => {
  await open(page, '/#/sandbox?masters=3&replicas=1&seed=7&at=9000');
  await page.getByRole('tab', { name: 'Terminal' }).click();
  const line = page.getByRole('textbox', { name: /127\.0\.0\.1:8901>/ });
  await line.fill('CLUSTER KEYSL');
  await line.press('Tab');
  await line.pressSequentially('name');
  await line.press('Enter');
  const screen = page.getByRole('region', { name: 'Inspector' });
  await expect(screen).toContainText('(integer) 5798');
  await settled(page);
  await page.getByRole('textbox', { name: /127\.0\.0\.1:8901>/ }).fill('SET name zhangsan');
  await page.keyboard.press('Enter');
  await expect(screen).toContainText('-> Redirected to slot [5798] located at 127.0.0.1:8902');
  await expect(screen).toContainText(String.raw`-MOVED 5798 127.0.0.1:8902\r\n`);
  await settled(page);
  const there = page.getByRole('textbox', { name: /127\.0\.0\.1:8902>/ });
  await there.press('ArrowUp');
  await expect(there).toHaveValue('SET name zhangsan');
  await there.fill('');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Home');
  await settled(page);
  await expect(screen).not.toContainText('Redirected');
  await expect(screen).toContainText('starts another future');
});
