import { expect, test } from 'vitest';
import { isLow, layoutOf } from './layout';

test.each([
  [1920, 1080, 'wide'],
  [1600, 900, 'wide'],
  [1440, 820, 'wide'],
  [1440, 819, 'compact'],
  [1366, 768, 'compact'],
  [1180, 900, 'compact'],
  [1179, 900, 'narrow'],
  [900, 700, 'narrow'],
  [899, 900, 'stacked'],
  [600, 900, 'stacked'],
  [599, 900, 'phone'],
  [390, 844, 'phone'],
  [844, 390, 'short'],
  [683, 384, 'short'],
  [1366, 500, 'short'],
  [390, 400, 'phone'],
] as const)('%i × %i is %s', (width, height, layout) => {
  expect(layoutOf(width, height)).toBe(layout);
});

test('below 640 pixels of height the lanes give way', () => {
  expect(isLow(639)).toBe(true);
  expect(isLow(640)).toBe(false);
});
