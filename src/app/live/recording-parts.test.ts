import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { partsOf } from './recording-parts';

const CAPTURES = new URL('../../shadow/captures/', import.meta.url);
const part = (name: string) => new File([readFileSync(new URL(name, CAPTURES))], name);

test('the parts of a capture are unpacked and put together', async () => {
  const names = ['index.json', 'bin', 'nodes.json', 'redis.log'].map((one) => `takeover.${one}.gz`);
  const files = await partsOf(names.map(part));
  expect(files.name).toBe('takeover');
  expect(JSON.parse(files.index)).toHaveProperty('frames');
  expect(files.log).toMatch(/^n\d/);
  expect(files.views).toBeUndefined();
});

test('a part that is missing is named', async () => {
  await expect(partsOf([part('takeover.index.json.gz')])).rejects.toThrow(
    'takeover.bin is missing',
  );
});

test('two recordings at once are told apart', async () => {
  const files = [part('takeover.bin.gz'), part('two-killed.index.json.gz')];
  await expect(partsOf(files)).rejects.toThrow('two recordings at once: takeover and two-killed');
});

test('damaged bytes end in a sentence', async () => {
  const files = [
    new File([new Uint8Array([0x1f, 0x8b, 1, 2, 3])], 'a.index.json.gz'),
    new File([], 'a.bin'),
  ];
  await expect(partsOf(files)).rejects.toThrow('a.index.json.gz is damaged');
});
