/** A question answered with lines: pressed in the log, or in the question where no log is shown. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ReadLog } from '../../lesson/asked-lines';
import type { LinesAsk } from '../../lesson/lesson';
import type { RecordedNote } from '../../protocol/notes';
import { lineChoice } from '../lesson/line-choice.svelte';
import LogList from './LogList.svelte';
import PredictLines from './PredictLines.svelte';

afterEach(() => {
  cleanup();
  lineChoice.chosen = [];
});

const MS = Date.UTC(2024, 2, 9, 11, 43, 11);
const log: ReadLog = {
  node: '8900',
  members: {},
  lines: [
    '1:M 09 Mar 2024 11:43:11.000 # Cluster state changed: fail',
    '1:M 09 Mar 2024 11:43:12.000 * Cluster state changed: ok',
    '1:M 09 Mar 2024 11:43:13.000 # Cluster state changed: fail',
  ],
  conclusions: [],
};
const ask: LinesAsk = { type: 'lines', proofs: [['1', '2']], most: 3, wrong: [], truth: null };
const question = { ask, log, linesRead: 2, isOpen: true, isOver: false, guess: undefined };

function pose(more: object = {}) {
  const onanswer = vi.fn();
  render(PredictLines, { props: { ...question, ...more, onanswer } });
  return onanswer;
}
const lines = () => screen.queryAllByRole('button', { pressed: false });
const chosen = () => screen.queryAllByRole('button', { pressed: true });
const submit = () => screen.getByRole<HTMLButtonElement>('button', { name: 'That proves it' });

describe('without a log on the screen', () => {
  test('the question brings the lines that have been read, and no later one', () => {
    pose();
    expect(lines().map((line) => line.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      '11:43:11 Cluster state changed: fail',
      '11:43:12 Cluster state changed: ok',
    ]);
    expect(submit().disabled).toBe(true);
  });

  test('lines are chosen, counted, taken back and handed in', async () => {
    const onanswer = pose();
    await fireEvent.click(lines()[1]!);
    await fireEvent.click(lines()[0]!);
    expect(screen.getByRole('status').textContent).toBe('2 lines chosen');
    await fireEvent.click(chosen()[0]!);
    expect(screen.getByRole('status').textContent).toBe('1 line chosen');
    await fireEvent.click(submit());
    expect(onanswer).toHaveBeenCalledWith(['2']);
  });
});

test('what was chosen is kept while the question is off the screen', async () => {
  pose();
  await fireEvent.click(lines()[0]!);
  cleanup();
  expect(lineChoice.isOpen).toBe(false);
  pose();
  expect(chosen()).toHaveLength(1);
});

describe('with the log on the screen', () => {
  const notes: readonly RecordedNote[] = [1, 2].map((step) => ({
    event: 'log',
    node: '8900',
    level: 'warning',
    text: `line ${step}`,
    atMs: step * 1000,
    step,
  }));
  function showLog() {
    const onjump = vi.fn();
    const props = { node: '8900', notes, nameOf: (id: string) => id, startsAtUnixMs: MS, onjump };
    render(LogList, { props });
    return onjump;
  }

  test('a press chooses, and the question shows what was chosen', async () => {
    const onjump = showLog();
    pose();
    await tick();
    expect(lines()).toHaveLength(2);
    await fireEvent.click(screen.getByRole('button', { name: /line 2/ }));
    expect(onjump).not.toHaveBeenCalled();
    expect(chosen()).toHaveLength(2);
    expect(chosen()[1]!.textContent).toContain('Cluster state changed: ok');
  });

  test('when nothing is asked a press goes to the line again', async () => {
    const onjump = showLog();
    pose({ isOpen: false, isOver: true, guess: ['1'] });
    await tick();
    await fireEvent.click(screen.getByRole('button', { name: /line 2/ }));
    expect(onjump).toHaveBeenCalledWith(2);
    expect(lineChoice.isOpen).toBe(false);
  });
});

test('shown without a guess: the proof', () => {
  pose({ isOpen: false, isOver: true, guess: null });
  const said = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(said).toHaveLength(2);
  for (const line of said) expect(line).toContain('part of the proof');
});

test('afterwards each line says in words what it is to the proof', () => {
  pose({ linesRead: 3, isOpen: false, isOver: true, guess: ['1', '3'] });
  const said = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(said[0]).toContain('part of the proof');
  expect(said[1]).toContain('needed as well');
  expect(said[2]).toContain('not needed');
});
