/** In what two futures differ, as a sentence: the first difference, in both languages. */
import { describe, expect, test } from 'vitest';
import type { Beat } from '../../timeline/cluster-source';
import type { Difference } from '../../timeline/difference';
import { futures } from '../../words/en/futures';
import { inspector } from '../../words/en/inspector';
import { futures as chinese } from '../../words/zh-CN/futures';
import { inspector as chineseInspector } from '../../words/zh-CN/inspector';
import { firstDifferenceText } from './difference-text';

const seconds = (ms: number) => `${ms / 1000} s`;
const english = { futures, events: inspector.events, clock: seconds, seconds };
const inChinese = { futures: chinese, events: chineseInspector.events, clock: seconds, seconds };

const fail = (atMs: number): Beat => ({
  ...{ step: atMs, atMs, kind: 'fail' },
  note: { ...{ event: 'flag.set', at: '8903', about: '8901', flag: 'fail', atMs, step: atMs } },
});
const LATER: Difference = { type: 'moved', left: fail(17_000), right: fail(18_200) };
const lost = { change: 'lost', untilMs: 20_000 } as const;

describe('english', () => {
  test.each<[string, Difference[], string]>([
    ['later', [LATER], 'Without it, 8903 marks 8901 FAIL 1.2 s later.'],
    [
      'earlier',
      [{ ...LATER, left: LATER.right, right: LATER.left }],
      'Without it, 8903 marks 8901 FAIL 1.2 s earlier.',
    ],
    [
      'only as it was',
      [{ type: 'only', in: 'left', beat: fail(17_000) }],
      'Without it, by 20 s this has not happened: 8903 marks 8901 FAIL.',
    ],
    [
      'only in the other',
      [{ type: 'only', in: 'right', beat: fail(17_000) }],
      'Without it, at 17 s: 8903 marks 8901 FAIL.',
    ],
    ['nothing', [], 'Without it, nothing that matters differs by 20 s.'],
  ])('%s', (_, differences, sentence) => {
    expect(firstDifferenceText(differences, lost, english)).toBe(sentence);
  });

  test('any two futures', () => {
    const about = { change: 'other', untilMs: 20_000 } as const;
    expect(firstDifferenceText([LATER], about, english)).toMatch(/^In the second, 8903/);
  });
});

test('chinese', () => {
  expect(firstDifferenceText([LATER], lost, inChinese)).toBe(
    '没有它，“8903 将 8901 标记为 FAIL”会晚 1.2 s。',
  );
  expect(firstDifferenceText([], lost, inChinese)).toBe('没有它，到 20 s 为止没有要紧的差别。');
});
