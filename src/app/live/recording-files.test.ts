import { expect, test } from 'vitest';
import { isRecording } from './recording-files';

const named = (...names: string[]) => isRecording(names.map((name) => new File([], name)));

test('a saved recording, and the parts of a capture', () => {
  expect(named('slotscope-20260102-140231.capture.json.gz')).toBe(true);
  expect(named('takeover.bin.gz', 'takeover.index.json.gz')).toBe(true);
  expect(named('takeover.redis.log')).toBe(true);
});

test('neither a run, nor progress, nor a lesson', () => {
  expect(named('slotscope-seed42-1.000s.slotscope.json')).toBe(false);
  expect(named('slotscope-progress.json')).toBe(false);
  expect(named('lesson.yaml', 'en.md')).toBe(false);
});
