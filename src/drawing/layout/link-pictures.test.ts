import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { healthyFrame } from '../fixtures';
import { faultyLinks } from './faulty-links';
import { mesh, strangers } from './link-pictures';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });
const geometry = stageGeometry(six, null, box);
const count = (path: string) => path.match(/M/g)?.length ?? 0;
const none = {
  stopped: new Set<string>(),
  faulty: new Set<string>(),
  strangers: new Set<string>(),
};

test('mesh: every pair but replication, which has threads of its own', () => {
  expect(count(mesh(geometry, none).live)).toBe(15 - 3);
});

test('mesh: links of a stopped process are silent, faulty ones and strangers are left out', () => {
  const stopped = mesh(geometry, { ...none, stopped: new Set(['8901']) });
  expect([count(stopped.live), count(stopped.silent)]).toEqual([8, 4]);
  expect(count(mesh(geometry, { ...none, faulty: new Set(['8901 8902']) }).live)).toBe(11);
});

test('strangers: pairs of which neither knows the other', () => {
  expect(strangers(six)).toEqual([]);
  const alone: ClusterFrame = {
    ...six,
    nodes: six.nodes.map((node) => ({ ...node, view: { ...node.view, rows: [] } })),
  };
  expect(strangers(alone)).toHaveLength(15);
});

test('faults: both directions alike are one mark, one direction points to its receiver', () => {
  const both = [
    { type: 'cut' as const, from: '8901', to: '8902', addMs: 0, sinceMs: 0 },
    { type: 'cut' as const, from: '8902', to: '8901', addMs: 0, sinceMs: 0 },
    { type: 'delay' as const, from: '8903', to: '8901', addMs: 120, sinceMs: 0 },
  ];
  const links = faultyLinks(both, geometry);
  expect(links.map(({ type, bothWays, addMs }) => [type, bothWays, addMs])).toEqual([
    ['cut', true, 0],
    ['delay', false, 120],
  ]);
});

test('how slow a link is stands where no disc hides it', () => {
  const slow = (from: string, to: string, on = geometry) =>
    faultyLinks([{ type: 'delay', from, to, addMs: 400, sinceMs: 0 }], on)[0]!;
  const across = slow('8903', '8901');
  expect(across.label).toEqual(across.mark);
  const beside = slow('8901', '8904');
  expect(Math.hypot(beside.label.x, beside.label.y)).toBeLessThan(
    Math.hypot(beside.mark.x, beside.mark.y) - 30,
  );
  const phone = stageGeometry(six, null, { ...box, width: 390, height: 346 });
  const { places } = phone;
  for (const [master, replica] of [
    ['8901', '8904'],
    ['8902', '8905'],
  ]) {
    const { label } = slow(master!, replica!, phone);
    const disc = places.get(master!)!;
    expect(Math.hypot(label.x - disc.x, label.y - disc.y)).toBeGreaterThan(disc.radius + 12);
  }
});
