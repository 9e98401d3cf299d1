import { expect, test } from 'vitest';
import { electionFrame, failingFrame, healthyFrame, movedFrame } from '../fixtures';
import { evidenceOf } from './evidence';

const BARE = { viewpoint: null, subject: null };

test('an election: its ballots, whatever else is going on', () => {
  const frame = electionFrame();
  const seen = { atMs: frame.atMs, viewpoint: '8902', subject: '8901' };
  expect(evidenceOf(frame, seen)).toMatchObject({
    kind: 'ballots',
    election: { candidate: '8906' },
  });
});

test('a failure: the reports that the viewpoint keeps', () => {
  const frame = failingFrame();
  const seen = { atMs: frame.atMs, viewpoint: '8904', subject: '8901' };
  expect(evidenceOf(frame, seen)).toMatchObject({ kind: 'reports', reports: { keeper: '8904' } });
});

test('a client that speaks: its talk; later it is history', () => {
  const frame = movedFrame();
  expect(evidenceOf(frame, { ...BARE, atMs: 2_019 }).kind).toBe('talk');
  expect(evidenceOf(frame, { ...BARE, atMs: 9_000 }).kind).toBe('cluster');
});

test('nothing the matter: the table of the viewpoint, or the cluster from above', () => {
  const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  const seen = { atMs: 2_000, viewpoint: '8902', subject: null };
  expect(evidenceOf(frame, seen)).toEqual({ kind: 'table', node: '8902' });
  expect(evidenceOf(frame, { ...BARE, atMs: 2_000 })).toEqual({ kind: 'cluster' });
});
