import { describe, expect, test } from 'vitest';
import type { Note } from '../../protocol/notes';
import { inspector as english } from '../../words/en/inspector';
import { inspector as chinese } from '../../words/zh-CN/inspector';
import { eventText, kindOf } from './event-texts';

const recorded = (note: Note) => ({ ...note, atMs: 0, step: 1 });
const lost = (...keys: string[]): Note => ({
  event: 'writes.lost',
  node: '8901',
  master: '8904',
  keys,
});

describe('events: copies', () => {
  test.each([
    [
      { event: 'sync', node: '8904', how: 'full' },
      '8904 has copied everything from its master',
      '8904 全量复制了主节点的数据',
    ],
    [
      { event: 'sync', node: '8904', how: 'partial' },
      '8904 goes on in its master’s stream where it was',
      '8904 从中断处接着复制（部分重同步）',
    ],
    [
      { event: 'tail.refused', node: '8904', replica: '8901', bytes: 60 },
      '8904 does not know the last 60 bytes of 8901’s stream',
      '8904 没有 8901 写入流最后的 60 字节',
    ],
    [
      lost('a', 'b'),
      '8901 loses what it had under a, b: not in the copy of 8904',
      '8901 失去 a、b 的值：8904 的副本里没有',
    ],
    [
      lost('a', 'b', 'c', 'd', 'e'),
      '8901 loses what it had under a, b, c and 2 more: not in the copy of 8904',
      '8901 失去 a、b、c 等 5 个键的值：8904 的副本里没有',
    ],
  ] as const)('%j', (note, inEnglish, inChinese) => {
    expect(eventText(recorded(note), english.events)).toBe(inEnglish);
    expect(eventText(recorded(note), chinese.events)).toBe(inChinese);
    expect(kindOf(recorded(note))).toBe('copies');
  });
});
