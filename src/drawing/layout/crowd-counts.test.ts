import { expect, test } from 'vitest';
import { crowd as en } from '../../words/en/crowd';
import { crowd as zh } from '../../words/zh-CN/crowd';
import { crowdCounts } from './crowd-counts';

type Counted = Parameters<typeof crowdCounts>[0][number];

const serving: Counted = { role: 'master', slots: [[0, 5]], knowledge: 'known' };
const bare: Counted = { role: 'master', slots: [], knowledge: 'known' };
const replica: Counted = { role: 'replica', slots: [], knowledge: 'known' };
const stranger: Counted = { role: 'master', slots: [], knowledge: 'unknown' };
const many = (count: number, one: Counted): Counted[] => Array.from({ length: count }, () => one);

test('counts of a crowd: a master without slots is not one with, a stranger is neither', () => {
  const nodes = [...many(40, serving), ...many(3, bare), ...many(70, replica), stranger];
  expect(crowdCounts(nodes)).toEqual({ serving: 40, bare: 3, replicas: 70, unknown: 1 });
});

test('counts of a crowd: their sentence, from the first moment on', () => {
  const said = (nodes: Counted[], words: typeof en) => words.count(crowdCounts(nodes));
  expect(said(many(120, bare), en)).toBe('120 masters, none with slots');
  expect(said([...many(40, serving), ...many(80, bare)], en)).toBe(
    '40 masters with slots, 80 without',
  );
  expect(said([...many(40, serving), ...many(80, replica)], en)).toBe('40 masters, 80 replicas');
  expect(said([...many(9, serving), bare, replica, stranger], en)).toBe(
    '9 masters with slots, 1 without, 1 replica, 1 not known',
  );
  expect(said([...many(40, serving), ...many(80, bare)], zh)).toBe(
    '40 个主节点有槽位，80 个还没有',
  );
});
