import { describe, expect, test } from 'vitest';
import { keyShown } from './key-room';

describe('key-room', () => {
  test('a wide stage has the key and its bytes', () => {
    expect(keyShown('wide', 856)).toBe('bytes');
  });

  test('a narrower one has the key above the ring, its bytes stay in the slot tool', () => {
    expect(keyShown('wide', 696)).toBe('key');
  });

  test('where the slot tool covers the stage, it keeps everything', () => {
    expect(keyShown('compact', 1030)).toBe('nothing');
    expect(keyShown('stacked', 800)).toBe('nothing');
  });
});
