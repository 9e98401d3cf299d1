import { describe, expect, test } from 'vitest';
import { walkKey } from './crc16';
import { keyPicture } from './crc16-key';

const TEXTS = { hashed: 'the hash tag', notHashed: 'not hashed' };
const picture = (key: string, widthPx = 326) => keyPicture(walkKey(key), TEXTS, widthPx);

describe('crc16-key', () => {
  test.each([
    'foo',
    'user:{name}:cart',
    '{user1000}.following',
    '商品:{用户42}:购物车',
    'x'.repeat(300),
  ])('%s fits its width, piece after piece', (key) => {
    for (const widthPx of [288, 326, 350]) {
      const { pieces, fontPx } = picture(key, widthPx);
      expect(fontPx).toBeGreaterThanOrEqual(13);
      expect(pieces[2].rightPx).toBeLessThanOrEqual(widthPx + 1);
      expect(pieces[0].rightPx).toBe(pieces[1].leftPx);
      expect(pieces[1].rightPx).toBe(pieces[2].leftPx);
    }
  });

  test('the bracket is under the hashed piece', () => {
    const { bracket, pieces } = picture('user:{name}:cart');
    expect(bracket).toContain(`M${pieces[1].leftPx + 1.5} `);
    expect(bracket).toContain(`H${pieces[1].rightPx - 1.5}v`);
  });

  test('labels stand clear of each other and inside', () => {
    for (const key of ['user:{name}:cart', '{x}:1', '{u1}:a', 'aaaaaaaaaaaaaaaaaaaaa{x}', '{x}']) {
      const { hashedLabel, otherLabels } = picture(key);
      const spans = [
        [hashedLabel.xPx, hashedLabel.xPx + 74],
        ...otherLabels.map(({ xPx }) => [xPx, xPx + 62]),
      ].sort((a, b) => a[0]! - b[0]!);
      for (const [i, [left, right]] of spans.entries()) {
        expect(left, key).toBeGreaterThanOrEqual(0);
        expect(right, key).toBeLessThanOrEqual(326 + 2);
        expect(left, key).toBeGreaterThan(spans[i - 1]?.[1] ?? -1);
      }
    }
  });

  test('a whole key has nothing that is not hashed', () => {
    expect(picture('foo{}{bar}').otherLabels).toEqual([]);
  });

  test('of a key too long the ends of each piece stay', () => {
    const { pieces } = picture(`${'a'.repeat(60)}{${'b'.repeat(60)}}c`);
    expect(pieces.map((piece) => piece.text)).toEqual([
      expect.stringMatching(/^a+….*\{$/),
      expect.stringMatching(/^b+…b+$/),
      '}c',
    ]);
  });
});
