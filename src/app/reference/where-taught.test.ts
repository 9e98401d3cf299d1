import { expect, test } from 'vitest';
import { whereTaught } from './where-taught';

const LINE = 'Cluster state changed: fail';

test('a line of a log leads to the step that tells of it, with title and number', () => {
  const taught = whereTaught(LINE, '#/sandbox')!;
  expect(taught.href).toMatch(/^#\/lesson\/partition\?step=inside&at=/);
  expect(taught.title.en).toBe('The side that must stop');
  expect(taught.step).toBeGreaterThan(0);
});

test('there is no link in the lesson that tells of it, nor where none does', () => {
  expect(whereTaught(LINE, '#/lesson/partition?step=rooms')).toBeNull();
  expect(whereTaught(LINE, '#/lesson/fail?step=shout')).not.toBeNull();
  expect(whereTaught('Background saving started by pid 7', '#/sandbox')).toBeNull();
});
