/** A log read as a run: the published log of an incident, line by line. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../kernel/scene';
import { compileLog } from '../lesson/compile-log';
import type { NodeName } from '../protocol/ids';
import { LogSource } from './log-source';

const { log } = compileLog('incident.yaml', readFileSync('lessons/log/incident.yaml', 'utf8'));
const scene = { ...DEFAULT_SCENE, ports: [8900, 8903, 8901, 8902, 8905, 8904] };
const open = (): LogSource => new LogSource(scene, log!);

/** Whom 8900 holds for failed, at a time of that day. */
function failedAt(time: string): NodeName[] {
  const source = open();
  source.seekTime(Date.parse(`2024-03-09T${time}Z`) - source.startsAtUnixMs);
  const view = source.frame.nodes.find(({ name }) => name === '8900')!.view;
  return view.rows.filter(({ flags }) => flags.includes('fail')).map(({ name }) => name);
}

test('each line is a step, there and back', () => {
  const source = open();
  expect(source.cursor).toEqual({ branch: 0, step: 1, atMs: 0 });
  source.stepEvents(100);
  expect(source.cursor).toMatchObject({ step: 65, atMs: source.computedUntilMs });
  source.stepEvents(-1);
  expect(source.cursor.step).toBe(64);
  source.stepEvents(-100);
  expect(source.cursor.step).toBe(1);
});

describe('what 8900 believed, second by second', () => {
  test.each([
    ['11:43:11.600', []],
    ['11:43:16.053', ['8902', '8903', '8904', '8905']],
    ['11:43:16.363', ['8902', '8903', '8904']],
    ['11:43:16.494', ['8901', '8902', '8903', '8904']],
    ['11:43:17.115', ['8901', '8902', '8903', '8904', '8905']],
    ['11:43:25.320', ['8901', '8903', '8904', '8905']],
    ['11:43:28.290', ['8904']],
    ['11:43:35.722', []],
    ['11:58:34.546', ['8901', '8902', '8903', '8905']],
    ['11:58:39.505', []],
  ])('%s', (time, failed) => expect(failedAt(time)).toEqual(failed));
});

test('beats are verdicts, votes, denials and changes of state; back leads to the one before', () => {
  const source = open();
  const kinds = new Set(source.beats().map(({ kind }) => kind));
  expect([...kinds].sort().join(' ')).toBe('clear denial fail pfail report state vote');
  expect(source.stepBeat(1)?.note).toMatchObject({ event: 'state', state: 'ok' });
  const second = source.stepBeat(1);
  expect(source.stepBeat(-1)?.note).toMatchObject({ event: 'state', state: 'ok' });
  expect(source.stepBeat(1)).toEqual(second);
  source.seekTime(source.computedUntilMs);
  expect(source.stepBeat(1)).toBeNull();
});

test('at the end the shards are as CLUSTER NODES listed them fourteen minutes later', () => {
  const source = open();
  source.seekTime(source.computedUntilMs);
  const { view } = source.frame.nodes.find(({ name }) => name === '8900')!;
  expect(view.currentEpoch).toBe(10);
  const owners = view.rows
    .filter(({ slots }) => slots.length > 0)
    .map(({ name, configEpoch, slots }) => [name, configEpoch, slots[0]]);
  expect(owners).toEqual([
    ['8900', 1, [0, 5460]],
    ['8904', 8, [10923, 16383]],
    ['8905', 10, [5461, 10922]],
  ]);
});

test('what is written stays written: nothing can be done in it', () => {
  const source = open();
  source.stepEvents(30);
  const { cursor } = source;
  source.act();
  expect(source.cursor).toEqual(cursor);
  expect(source.capabilities.act).toBe(false);
});
