import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openRecording } from './open-source';

const CAPTURES = new URL('../../shadow/captures/', import.meta.url);
const part = (name: string) => new File([readFileSync(new URL(name, CAPTURES))], name);
const PARTS = ['index.json', 'bin', 'nodes.json', 'redis.log'].map((one) => `takeover.${one}.gz`);

test('a recording is opened from its parts, saved as one file, and opened again', async () => {
  const first = await openRecording(PARTS.map(part));
  expect(first.frame.nodes).toHaveLength(8);
  const saved = new File([await first.save!()], 'takeover.capture.json.gz');
  const second = await openRecording([saved]);
  expect([second.label, second.redisVersion]).toEqual([first.label, first.redisVersion]);
  expect(second.beats().map(({ kind }) => kind)).toEqual(first.beats().map(({ kind }) => kind));
});

test('a file that is no recording ends in a sentence', async () => {
  const file = new File(['{"slotscope": 1}'], 'run.capture.json');
  await expect(openRecording([file])).rejects.toThrow(/run\.capture\.json: .*expected/);
});
