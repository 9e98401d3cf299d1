/** A cluster torn apart: its groups move away from each other, and a dashed tear runs between. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { NodePlace, NodePlaces } from './node-places';
import { distancePx, polar, slotAngleRad, TURN_RAD, xy, type Point } from './polar';
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

/** Pixels between a moon that a tear took from its master and any disc. */
const STRAY_GAP_PX = 9;
const MOST_PUSHES = 12;

/**
 * Places as the tear leaves them. A moon that went another way than its master would come to lie
 * on somebody: it is pushed aside until it covers nobody.
 */
export function tornPlaces(places: NodePlaces, shifts: ReadonlyMap<NodeName, Point>): NodePlaces {
  if (shifts.size === 0) return places;
  const torn = new Map<NodeName, NodePlace>();
  for (const place of places.values()) {
    const { x, y } = shifts.get(place.name) ?? { x: 0, y: 0 };
    torn.set(place.name, { ...place, x: place.x + x, y: place.y + y });
  }
  for (const stray of torn.values()) {
    if (isStray(stray, shifts)) torn.set(stray.name, pushedAside(stray, [...torn.values()]));
  }
  return torn;
}

function isStray({ name, around }: NodePlace, shifts: ReadonlyMap<NodeName, Point>): boolean {
  if (around === null) return false;
  const still = { x: 0, y: 0 };
  return distancePx(shifts.get(name) ?? still, shifts.get(around) ?? still) > 1;
}

function pushedAside(stray: NodePlace, all: readonly NodePlace[]): NodePlace {
  let { x, y } = stray;
  const others = all.filter(({ name }) => name !== stray.name);
  for (let i = 0; i < MOST_PUSHES; i += 1) {
    const under = others.find((other) => coveredPx({ ...stray, x, y }, other) > 0);
    if (!under) break;
    const away = Math.hypot(x - under.x, y - under.y);
    // Right on top of somebody, any direction is as good: away from the centre of the ring.
    const [dx, dy] = away < 1 ? outwardsFrom(under) : [(x - under.x) / away, (y - under.y) / away];
    const step = coveredPx({ ...stray, x, y }, under);
    [x, y] = [x + dx * step, y + dy * step];
  }
  return { ...stray, x, y };
}

const coveredPx = (a: NodePlace, b: NodePlace): number =>
  a.radius + b.radius + STRAY_GAP_PX - distancePx(a, b);

function outwardsFrom({ x, y }: Point): [number, number] {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
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
