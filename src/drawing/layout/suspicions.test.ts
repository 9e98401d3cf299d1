import { expect, test } from 'vitest';
import type { ClusterFrame, FrameElection } from '../../protocol/cluster-frame';
import { electionFrame, failingFrame, healthyFrame } from '../fixtures';
import { flagsIn, legendEntries } from './legend';
import { columnDisagrees, suspicions } from './suspicions';

test('matrix: each row is what one observer says, frozen ones keep their last', () => {
  const rows = suspicions(failingFrame());
  const firstColumn = rows.map(({ cells }) => cells[0]);
  expect(firstColumn).toEqual(['self', 'pfail', 'pfail', 'fail', 'pfail', 'ok']);
  expect(rows[0]).toMatchObject({ observer: '8901', process: 'frozen' });
});

test('matrix: only columns somebody worries about are labelled in a crowd', () => {
  const rows = suspicions(electionFrame());
  expect(rows.map((_, column) => columnDisagrees(rows, column)).indexOf(true)).toBe(0);
  expect(rows.filter((_, column) => columnDisagrees(rows, column))).toHaveLength(1);
});

test('legend: heartbeats at rest, verdicts and rumours in trouble, ballots in an election', () => {
  const types = (entries: ReturnType<typeof legendEntries>) => entries.map(({ type }) => type);
  const legend = (frame: ClusterFrame, election: FrameElection | null = null) =>
    legendEntries(frame, flagsIn(frame), election);
  const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  expect(types(legend(six))).toEqual(['PING', 'PONG']);
  expect(types(legend(failingFrame()))).toEqual(['FAIL', 'PING', 'PONG', 'PING']);
  const election = electionFrame().elections[0]!;
  expect(types(legend(electionFrame(), election))).toEqual([
    'FAILOVER_AUTH_REQUEST',
    'FAILOVER_AUTH_ACK',
    'DENIED',
  ]);
});
