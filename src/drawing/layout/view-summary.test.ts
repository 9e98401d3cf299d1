import { describe, expect, test } from 'vitest';
import { views as en } from '../../words/en/views';
import { views as zh } from '../../words/zh-CN/views';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { electionFrame, failingFrame, healthyFrame, withNode, withRow } from '../fixtures';
import { viewLine } from '../views/view-line';
import { disputesOf, viewSummary } from './view-summary';

const PRINT = {
  clock: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  duration: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
};

function line(frame: ClusterFrame, name: string, words = en): string {
  const node = frame.nodes.find((other) => other.name === name)!;
  const summary = viewSummary(node, { frame, atMs: frame.atMs, disputes: disputesOf(frame) });
  const { head, basis } = viewLine(summary, words, PRINT);
  return basis === '' ? head : `${head} | ${basis}`;
}

describe('one moment, six tables: 8901 is frozen, 8904 has just declared it FAIL', () => {
  const frame = failingFrame();

  test.each([
    ['8901', 'frozen at 4.2 s, so still all well | up to date as of 4.2 s'],
    ['8902', 'suspects 8901 | no report on file'],
    ['8904', 'has two reports: 8901 is FAIL | telling the others'],
    ['8906', 'has noticed nothing | heard from 8901 9.5 s ago'],
  ])('%s: %s', (name, said) => {
    expect(line(frame, name)).toBe(said);
  });

  test('the node nobody answers to has waited since its PING', () => {
    const waiting = withRow(frame, { observer: '8906', subject: '8901' }, { pingSentMs: 6_500 });
    expect(line(waiting, '8906')).toBe('has noticed nothing | PING unanswered for 4.9 s');
  });

  test('who was told by a FAIL message has no reports of its own', () => {
    const told = withRow(
      frame,
      { observer: '8905', subject: '8901' },
      { flags: ['master', 'fail'], failSinceMs: 11_000 },
    );
    expect(line(told, '8905')).toBe('was told that 8901 is FAIL | for 0.4 s');
  });

  test('a report on file is not a suspicion of one’s own', () => {
    const failReports = [{ by: '8902', atMs: 11_300, expiresAtMs: 21_300 }];
    const told = withRow(
      frame,
      { observer: '8906', subject: '8901' },
      { flags: ['master'], failReports },
    );
    expect(line(told, '8906')).toBe('does not suspect 8901 itself | 1 report on file');
  });

  test('a suspected node that runs does not know', () => {
    const awake = withNode(frame, '8901', (n) => ({ ...n, process: 'running' }));
    expect(line(awake, '8901')).toBe('does not know that others say FAIL of it');
  });

  test('in Chinese', () => {
    expect(line(frame, '8904', zh)).toBe('有 2 份报告：8901 FAIL | 正在告诉其他节点');
  });
});

test('a master that adds its own suspicion says so', () => {
  const frame = withRow(
    failingFrame(),
    { observer: '8902', subject: '8901' },
    {
      flags: ['master', 'fail'],
      failSinceMs: 11_288,
      failReports: [{ by: '8903', atMs: 11_288, expiresAtMs: 21_288 }],
    },
  );
  expect(line(frame, '8902')).toBe('has one report and its own PFAIL: 8901 is FAIL | for 0.1 s');
});

test('a candidate asks for votes', () => {
  const frame = withNode(electionFrame(), '8906', (n) => ({
    ...n,
    view: {
      ...n.view,
      failover: { ...n.view.failover, phase: 'collecting', epoch: 11, voteCount: 2 },
    },
  }));
  expect(line(frame, '8906')).toBe('asks for votes in epoch 11 | 2 of 3 votes');
});

test('after a victory, those who have heard and those who have not name different owners', () => {
  let frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  const slots = [[0, 5460]] as const;
  for (const observer of ['8904', '8902']) {
    frame = withRow(frame, { observer, subject: '8901' }, { slots: [] });
    frame = withRow(frame, { observer, subject: '8904' }, { slots, configEpoch: 7 });
  }
  expect(line(frame, '8902')).toBe('gives slots 0–5460 to 8904 | under configEpoch 7');
  expect(line(frame, '8903')).toBe('still gives slots 0–5460 to 8901 | under configEpoch 1');
});

test('a calm cluster: nobody suspects anybody', () => {
  expect(line(healthyFrame({ masters: 3, replicasPerMaster: 1 }), '8905')).toBe('suspects nobody');
});
