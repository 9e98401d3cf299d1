import { expect, test } from 'vitest';
import { printAction } from '../../lesson/actions';
import { sandboxSource } from '../opening/sandbox-source';
import { BARE_SANDBOX } from './place';

const DEEDS = [
  'at 8s start 8907',
  'at 9s freeze 8907',
  'at 9s write 5/s for 3s',
  'at 10s partition 8901,8904 | rest',
  'at 11s drop message 1',
  'at 12s heal all',
];

test('a link carries every deed as a sentence, also about a node that a deed before it starts', () => {
  const source = sandboxSource({ ...BARE_SANDBOX, deeds: DEEDS, atMs: 13_000 }, 'en');
  if ('kind' in source) throw new Error(JSON.stringify(source));
  const printed = source.inputs.map(({ atMs, input }) =>
    printAction({ atMs, action: { type: 'input', input } }),
  );
  expect(printed).toEqual(DEEDS);
  expect(source.frame.nodes.map(({ name }) => name)).toContain('8907');
});

test('a node nobody starts is named as such', () => {
  const deeds = ['at 9s freeze 8907', 'at 8s start 8907'];
  const problem = sandboxSource({ ...BARE_SANDBOX, deeds, atMs: 10_000 }, 'en');
  expect(problem).toMatchObject({ kind: 'sentence', found: 'at 9s freeze 8907' });
});
