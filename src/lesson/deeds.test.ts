import { expect, test } from 'vitest';
import type { Input } from '../kernel/inputs';
import { deedsBefore, didMatch } from './deeds';
import type { Deed } from './lesson-run';

const freeze: Input = { type: 'freeze', node: '8901' };

function deed(branch: number, atMs: number): Deed {
  return { branch, step: 0, atMs, input: freeze };
}

const BRANCHES = [
  { id: 0, parent: null, forkedAtMs: 0 },
  { id: 1, parent: 0, forkedAtMs: 5000 },
  { id: 2, parent: 1, forkedAtMs: 7000 },
];
const DEEDS = [deed(0, 4000), deed(0, 6000), deed(1, 6500), deed(1, 8000), deed(2, 9000)];

test.each([
  ['the first line up to the cursor', { branch: 0, atMs: 5500 }, [4000]],
  ['all of the first line', { branch: 0, atMs: 9999 }, [4000, 6000]],
  ['a branch, and its parent up to the fork', { branch: 1, atMs: 9999 }, [4000, 6500, 8000]],
  ['a branch of a branch', { branch: 2, atMs: 9999 }, [4000, 6500, 9000]],
  ['before the fork, seen from the branch', { branch: 2, atMs: 4500 }, [4000]],
])('deeds: %s', (_name, cursor, times) => {
  expect(deedsBefore(DEEDS, BRANCHES, cursor).map(({ atMs }) => atMs)).toEqual(times);
});

test('deeds: a sentence is met word for word, a two-way link in either order', () => {
  const cut: Input = { type: 'cut', from: '8901', to: '8902', oneWay: false };
  const oneWay: Input = { ...cut, oneWay: true };
  expect(didMatch([{ atMs: 0, input: cut }], 'cut 8902-8901')).toBe(true);
  expect(didMatch([{ atMs: 0, input: oneWay }], 'cut 8902>8901')).toBe(false);
  expect(didMatch([{ atMs: 0, input: freeze }], 'freeze 890')).toBe(false);
});
