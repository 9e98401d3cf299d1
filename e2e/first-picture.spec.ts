import { expect, test } from '@playwright/test';
import { open, settled } from './learner';

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

test('the picture on screen is saved as an SVG that stands alone, and as a PNG twice as large', async ({
  page,
}) => {
  await open(page, '/#/sandbox?masters=3&replicas=1&seed=42&at=8000');
  const box = (await page.locator('[data-picture=stage]').boundingBox())!;
  const save = async (name: string) => {
    await page.getByRole('button', { name: 'Share and save' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await coming).createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const svg = (await save('Picture of the stage: save as SVG')).toString();
  expect(/<title>(.*?)<\/title>/.exec(svg)?.[1]).toMatch(
    /^A Redis Cluster of 6 nodes at 8\.000\ss$/,
  );
  expect(svg.match(/var\(--|class=|https?:(?!\/\/www\.w3\.org)/g)).toBeNull();
  const png = await save('Picture of the stage: save as PNG');
  expect(png.readUInt32BE(16)).toBe(Math.round(box.width * 2));
  expect(png.readUInt32BE(20)).toBe(Math.round(box.height * 2));
});
