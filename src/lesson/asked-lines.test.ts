/** Questions that are answered with lines of a log. */
import { describe, expect, test } from 'vitest';
import { nodeId } from '../protocol/ids';
import { accepts } from './accepted-answers';
import { askedLines, judgedLines, logOfStep, type ReadLog } from './asked-lines';
import { complaintsOf, linesLesson } from './asked-lines-fixture';
import type { LinesAsk } from './lesson';

const ID = nodeId('a'.repeat(40));
const LOG: ReadLog = {
  node: '8900',
  members: { 8901: { id: ID, ip: '10.0.0.1' } },
  lines: [`1:M 09 Mar 2024 11:43:16.053 * Marking node ${ID} () as failing (quorum reached).`],
  conclusions: [],
};

const ask: LinesAsk = {
  type: 'lines',
  proofs: [
    ['2', '3'],
    ['2', '5'],
  ],
  most: 3,
  wrong: [],
  truth: null,
};

test('a line is read with names in place of ids, and no empty brackets', () => {
  expect(askedLines(LOG)).toEqual([
    {
      number: '1',
      atUnixMs: Date.UTC(2024, 2, 9, 11, 43, 16, 53),
      text: 'Marking node 8901 as failing (quorum reached).',
    },
  ]);
});

describe('what is accepted', () => {
  test.each([
    [['2', '3'], true],
    [['5', '2'], true],
    [['2', '4', '5'], true],
    [['2'], false],
    [['3', '5'], false],
    [['1', '2', '3', '4'], false],
  ])('%j: %s', (answer, is) => expect(accepts(ask, answer)).toBe(is));
});

test('after the answer each line is told what it is to the nearest proof', () => {
  expect(judgedLines(ask.proofs, ['5', '4'])).toEqual([
    { number: '2', role: 'missing' },
    { number: '4', role: 'spare' },
    { number: '5', role: 'needed' },
  ]);
  expect(judgedLines(ask.proofs, [])).toEqual([
    { number: '2', role: 'missing' },
    { number: '3', role: 'missing' },
  ]);
});

describe('in a lesson file', () => {
  test('a question of lines compiles, with two lines to spare unless it says how many', () => {
    const lesson = linesLesson('proofs: [[1, 2]]');
    expect(lesson!.steps[0]!.ask).toMatchObject({ proofs: [['1', '2']], most: 4 });
    expect(logOfStep(lesson!, 'ask')!.lines).toHaveLength(2);
  });

  test.each([
    ['proofs: [[1, 3]]', /Line 3 is asked for; the log of this scene has 2 lines/],
    ['proofs: []', /Question ask has no accepted answer/],
    ['proofs: [[1, 2]]\n    most: 1', /Question ask has no accepted answer/],
    ["proofs: [[1]]\n    truth: '1'", /Lines have no truth to measure/],
  ])('%s is refused', (question, said) => {
    expect(complaintsOf(question)).toEqual([expect.stringMatching(said)]);
  });
});
