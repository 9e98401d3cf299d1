/** A cluster torn apart: its groups move away from each other, and a dashed tear runs between. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { NodePlace, NodePlaces } from './node-places';
import { polar, slotAngleRad, TURN_RAD, xy, type Point } from './polar';
import type { SlotArcPicture } from './ring-marks';
import { TEAR_WIDTH, type RingSize } from './ring-size';

export type Groups = readonly (readonly NodeName[])[];

/**
 * The groups that cut links leave, the largest first; one group while anybody can reach anybody.
 * Only links cut in both directions separate.
 */
export function partitionGroups(frame: ClusterFrame): Groups {
  const cuts = new Set(
    frame.faults.flatMap(({ type, from, to }) => (type === 'cut' ? [`${from} ${to}`] : [])),
  );
  const isCut = (a: NodeName, b: NodeName) => cuts.has(`${a} ${b}`) && cuts.has(`${b} ${a}`);
  const rest = new Set(frame.nodes.map((node) => node.name));
  const groups: NodeName[][] = [];
  for (const name of rest) {
    rest.delete(name);
    const group = [name];
    for (const member of group) {
      for (const other of rest) {
        if (isCut(member, other)) continue;
        rest.delete(other);
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups.sort((a, b) => b.length - a.length);
}

/** Whom the tear moves, and by how much: all but the largest group, each outwards as one. */
export function groupShifts(groups: Groups, places: NodePlaces): ReadonlyMap<NodeName, Point> {
  const shifts = new Map<NodeName, Point>();
  for (const group of groups.slice(1)) {
    const members = group.flatMap((name) => places.get(name) ?? []);
    const masters = members.filter(({ place }) => place === 'ring');
    const shift = outwards(masters.length > 0 ? masters : members);
    for (const { name } of members) shifts.set(name, shift);
  }
  return shifts;
}

function outwards(members: readonly NodePlace[]): Point {
  const sum = members.reduce((s, { x, y }) => ({ x: s.x + x, y: s.y + y }), { x: 0, y: 0 });
  const length = Math.hypot(sum.x, sum.y);
  if (length < 1) return { x: TEAR_WIDTH, y: 0 };
  return { x: (sum.x / length) * TEAR_WIDTH, y: (sum.y / length) * TEAR_WIDTH };
}

/** One edge of the tear: from the middle of the ring to beyond its band. */
export interface TearLine {
  readonly from: Point;
  readonly to: Point;
}

/** The tear: a line along each boundary where one group's slots end and another's begin. */
export function tearLines(
  arcs: readonly SlotArcPicture[],
  groups: Groups,
  size: RingSize,
  shifts: ReadonlyMap<NodeName, Point>,
): TearLine[] {
  if (groups.length < 2) return [];
  const groupOf = (owner: NodeName | null) => groups.findIndex((g) => owner && g.includes(owner));
  const shiftOf = (owner: NodeName | null) => (owner && shifts.get(owner)) || { x: 0, y: 0 };
  const lines: TearLine[] = [];
  for (const [i, arc] of arcs.entries()) {
    const before = arcs.at(i - 1)!;
    if (groupOf(arc.owner) === groupOf(before.owner)) continue;
    const [a, b] = [shiftOf(arc.owner), shiftOf(before.owner)];
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const end = polar(size.radius + size.band / 2 + 34, slotAngleRad(Number(arc.id)) % TURN_RAD);
    lines.push({ from: middle, to: { x: middle.x + end.x, y: middle.y + end.y } });
  }
  return lines;
}

/** All of a tear as one path. */
export const tearPath = (lines: readonly TearLine[]): string =>
  lines.map(({ from, to }) => `M${xy(from)}L${xy(to)}`).join('');
