import { expect, test } from '@playwright/test';
import { open } from './learner';

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
