import { expect, test } from 'vitest';
import { failingFrame, healthyFrame, withRow } from '../fixtures';
import { beliefs, likelySubject, reportsOn } from './beliefs';

test('beliefs: each viewpoint has its own', () => {
  const frame = failingFrame();
  expect(beliefs(frame, '8904').get('8901')).toBe('fail');
  expect(beliefs(frame, '8902').get('8901')).toBe('pfail');
  expect(beliefs(frame, '8906').get('8901')).toBe('ok');
});

test('beliefs: from above, more than half of the running nodes must agree', () => {
  const frame = failingFrame();
  expect(beliefs(frame, null).get('8901')).toBe('pfail');
  const observers = ['8902', '8903'];
  const settled = observers.reduce(
    (f, observer) => withRow(f, { observer, subject: '8901' }, { flags: ['master', 'fail'] }),
    frame,
  );
  expect(beliefs(settled, null).get('8901')).toBe('fail');
});

test('reports: drain over twice the node timeout, a replica’s own suspicion is not counted', () => {
  const reports = reportsOn('8901', failingFrame(), '8904')!;
  expect(reports.reports.map(({ leftMs }) => (leftMs / 1000).toFixed(1))).toEqual(['8.2', '9.9']);
  expect(reports.reports[0]!.left).toBeCloseTo(0.823, 3);
  expect(reports).toMatchObject({ own: 'not-counted', count: 2, needed: 2, verdict: 'fail' });
  expect(reports.seats).toEqual(['8902', '8903', null]);
});

test('reports: a master’s own suspicion fills the first seat', () => {
  const reports = reportsOn('8901', failingFrame(), '8902')!;
  expect(reports).toMatchObject({ own: 'counts', count: 1, needed: 2 });
  expect(reports.seats).toEqual(['8902', null, null]);
});

test('reports: from above, those of the node that holds the most', () => {
  expect(reportsOn('8901', failingFrame(), null)!.keeper).toBe('8904');
});

test('reports: none where nobody suspects, and none about oneself', () => {
  const healthy = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  expect(reportsOn('8901', healthy, '8904')).toBeNull();
  expect(reportsOn('8901', failingFrame(), '8901')).toBeNull();
});

test('subject: whom the viewpoint fears for, else nobody', () => {
  expect(likelySubject(failingFrame(), '8904')).toBe('8901');
  expect(likelySubject(failingFrame(), '8906')).toBeNull();
  expect(likelySubject(failingFrame(), null)).toBe('8901');
});
