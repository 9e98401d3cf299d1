import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { electionFrame, failingFrame, healthyFrame } from '../fixtures';
import { reportsOn } from './beliefs';
import { planCallouts, type CalloutPlan } from './callout-plan';
import { distancePx } from './polar';
import { stageGeometry } from './stage-geometry';
import { shownElection } from './tally';

function plan(
  frame: ClusterFrame,
  viewpoint: string | null,
  { width = 856, height = 558, insetTop = 0, hasClient = false } = {},
): CalloutPlan {
  const election = shownElection(frame, frame.atMs);
  const stage = { width, height, insetTop };
  const box = { ...stage, hasClient, hasTally: election !== null };
  const geometry = stageGeometry(frame, viewpoint, box);
  const reports = reportsOn('8901', frame, viewpoint);
  return planCallouts({ geometry, stage, viewpoint, reports, election, legendLength: 4 });
}

test('notes: mid-failure all four corners speak', () => {
  const { believes, reports, matrix, legend, matrixKey } = plan(failingFrame(), '8904');
  expect(believes?.corner).toBe('top-left');
  expect(reports?.corner).toBe('top-right');
  expect(matrix?.corner).toBe('bottom-left');
  expect(legend?.corner).toBe('bottom-right');
  expect(matrixKey).toBe(true);
});

test('notes: on a laptop’s stage with the inspector beside it the rows of the matrix are targets', () => {
  const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  for (const height of [558, 622]) {
    const { matrix, matrixKey } = plan(frame, null, { height, insetTop: 64 });
    expect([matrix?.cellPx, matrixKey]).toEqual([24, true]);
  }
});

test('notes: where a client speaks, its arrows have the corner of the matrix', () => {
  const four = healthyFrame({ masters: 4, replicasPerMaster: 0 });
  const wide = { width: 1200, height: 700 };
  expect(plan(four, null, wide).matrix).not.toBeNull();
  expect(plan(four, null, { ...wide, hasClient: true }).matrix).toBeNull();
});

test('notes: an election shows the claim and the denial, each tied to its node', () => {
  const { claims, denial, believes, reports, leaders } = plan(electionFrame(), '8906');
  expect([claims?.corner, denial?.corner]).toEqual(['top-right', 'top-left']);
  expect([believes, reports]).toEqual([null, null]);
  expect(leaders.map(({ id }) => id)).toEqual(['claims', 'denial']);
});

test('notes: a denial is as wide as its reason', () => {
  const frame = electionFrame();
  const [election, ...others] = frame.elections;
  const seats = election!.seats.map((seat) =>
    seat.vote === 'denied' ? { ...seat, reason: 'already voted for epoch 11' } : seat,
  );
  const longer = { ...frame, elections: [{ ...election!, seats }, ...others] };
  expect(plan(longer, '8906').denial).toMatchObject({ width: 198, height: 82 });
});

test('notes: a phone keeps only the reports, and says nothing from above when all is well', () => {
  const phone = { width: 390, height: 380 };
  const { reports, matrix, legend, believes } = plan(failingFrame(), '8904', phone);
  expect(reports).not.toBeNull();
  expect([matrix, legend, believes]).toEqual([null, null, null]);
  const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  expect(plan(six, null, phone).reports).toBeNull();
});

test.each([
  [856, 558, 3, 1],
  [1030, 460, 3, 1],
  [856, 558, 5, 1],
  [700, 420, 3, 2],
  [1030, 700, 15, 1],
])('notes: none lies on a disc (%d × %d, %d masters)', (width, height, masters, replicas) => {
  const frame = healthyFrame({ masters, replicasPerMaster: replicas });
  const stage = { width, height, insetTop: 0 };
  const geometry = stageGeometry(frame, '8901', { ...stage, hasClient: false, hasTally: false });
  const { size, places } = geometry;
  const { believes, matrix, legend } = plan(frame, '8901', { width, height });
  for (const box of [believes, matrix, legend]) {
    if (!box) continue;
    for (const disc of places.values()) {
      const [x, y] = [disc.x + size.centreX, disc.y + size.centreY];
      const nearest = {
        x: Math.max(box.x, Math.min(x, box.x + box.width)),
        y: Math.max(box.y, Math.min(y, box.y + box.height)),
      };
      expect(distancePx(nearest, { x, y })).toBeGreaterThan(disc.radius);
    }
  }
});

test('notes: on a low stage those above have their room, those below give way', () => {
  const low = { width: 640, height: 300, insetTop: 60 };
  const frame = failingFrame();
  const geometry = stageGeometry(frame, '8904', { ...low, hasClient: false, hasTally: false });
  const reports = reportsOn('8901', frame, '8904');
  const wishes = { geometry, stage: low, viewpoint: '8904', reports, election: null };
  const plan = planCallouts({ ...wishes, legendLength: 4 });
  for (const lower of [plan.matrix, plan.legend]) {
    for (const upper of [plan.reports, plan.believes]) {
      if (!lower || !upper || lower.x !== upper.x) continue;
      expect(lower.y).toBeGreaterThan(upper.y + upper.height);
    }
  }
  expect(plan.matrix?.y ?? low.insetTop).toBeGreaterThanOrEqual(low.insetTop);
  expect([plan.matrix, plan.legend]).toContain(null);
});
