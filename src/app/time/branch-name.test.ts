/** Futures are called by what was done, in the language of the page, whenever one looks. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../kernel/inputs';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { loadLaterWords, loadWords, words } from '../../words/words.svelte';
import { branchName } from './branch-name';

const locale = words.locale;
beforeAll(async () => {
  await loadWords('zh-CN');
  await loadLaterWords();
});
afterEach(() => {
  words.locale = locale;
});

const kill: Input = { type: 'kill', node: '8901' };

function inBoth(source: SimulatedSource, id: number): string[] {
  return (['en', 'zh-CN'] as const).map((one) => {
    words.locale = one;
    return branchName({ source }, id);
  });
}

test('done in the past, done besides, not done after all', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(8_000);
  source.seekTime(7_000);
  source.act(kill);
  const { branch } = source.cursor;
  expect(inBoth(source, 0)).toEqual(['as first seen', '最初所见']);
  expect(inBoth(source, branch)).toEqual(['Kill 8901', '杀死 8901']);
  expect(inBoth(source, source.whatIf(7_500, { type: 'kill', node: '8902' }))[0]).toBe('Kill 8902');
  expect(inBoth(source, source.without(0))).toEqual(['without: Kill 8901', '没有：杀死 8901']);
});

test('a message that only this future has is called by what it is', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.seekTime(9_000);
  source.seekTime(7_000);
  source.act(kill);
  source.seekTime(9_000);
  const { id, type, from, to, deliverAtMs } = source.messages(7_500, 8_500)[0]!;
  const lost = source.whatIf(deliverAtMs, { type: 'drop-message', message: id });
  source.switchBranch(0);
  expect(inBoth(source, lost)[0]).toBe(`${type} ${from} → ${to}, lost`);
});

test('the name a reader gave stays in any language', () => {
  const source = new SimulatedSource(DEFAULT_SCENE);
  source.renameBranch(0, 'all well');
  expect(inBoth(source, 0)).toEqual(['all well', 'all well']);
});
