/**
 * Where each disc lies: masters on the ring, replicas as their moons, who has neither slots nor a
 * master outside the ring about 6 o'clock.
 */
import type { NodeName } from '../../protocol/ids';
import type { ArrangedNode } from './arrangement';
import { distancePx, normalRad, polar, type Point } from './polar';
import { fanLimitRad, moonAnglesRad, type RingSize } from './ring-size';
import { spreadAngles } from './spread-angles';

export interface NodePlace extends Point {
  readonly name: NodeName;
  readonly shard: number;
  readonly role: 'master' | 'replica';
  readonly place: ArrangedNode['place'];
  readonly radius: number;
  /** Bearing from the centre of the ring, or, of a moon, from the node it orbits. */
  readonly angleRad: number;
  readonly around: NodeName | null;
  readonly replicates: boolean;
  readonly knowledge: ArrangedNode['knowledge'];
  /** The true middle of its slots; differs from `angleRad` when neighbours made it move. */
  readonly wishRad: number;
}

export type NodePlaces = ReadonlyMap<NodeName, NodePlace>;

/** Places every node; moons keep away from `avoid` (a client, say) by choosing their side. */
export function placeNodes(
  nodes: readonly ArrangedNode[],
  size: RingSize,
  avoid: Point | null = null,
): NodePlaces {
  const places = new Map<NodeName, NodePlace>();
  for (const place of placeMasters(nodes, size)) places.set(place.name, place);
  for (const centre of [...places.values()]) {
    const moons = nodes.filter((node) => node.around === centre.name);
    for (const place of placeMoons(moons, centre, size, avoid)) places.set(place.name, place);
  }
  for (const place of placeBay(nodes, size, [...places.values()])) places.set(place.name, place);
  return new Map(nodes.map((node) => [node.name, places.get(node.name)!]));
}

/** The names as one meets them going round the ring: each master, then its moons; the bay last. */
export function ringOrder(places: NodePlaces): NodeName[] {
  const all = [...places.values()];
  const masters = all.filter(({ place }) => place === 'ring');
  masters.sort((a, b) => normalRad(a.angleRad) - normalRad(b.angleRad));
  const groups = masters.map((m) => [m, ...all.filter(({ around }) => around === m.name)]);
  const guests = all.filter(({ place }) => place === 'bay');
  return [...groups.flat(), ...guests].map(({ name }) => name);
}

function placeMasters(nodes: readonly ArrangedNode[], size: RingSize): NodePlace[] {
  const masters = nodes.filter((node) => node.place === 'ring');
  const spare = size.crowd ? 0.6 : 5;
  const apartRad = 2 * Math.asin(Math.min(1, (size.masterRadius + spare) / size.radius));
  const angles = spreadAngles(
    masters.map((node) => node.wishRad),
    apartRad,
  );
  return masters.map((node, i) =>
    placed(node, polar(size.radius, angles[i]!), angles[i]!, size.masterRadius),
  );
}

function placeMoons(
  moons: readonly ArrangedNode[],
  centre: NodePlace,
  size: RingSize,
  avoid: Point | null,
): NodePlace[] {
  if (moons.length === 0) return [];
  if (size.crowd) return moons.map((moon, k) => beadBehind(moon, centre, k, size));
  const offsets = moonAnglesRad(moons.length, fanLimitRad(size));
  const sides = [1, -1].map((side) =>
    moons.map((node, j) => {
      const angleRad = centre.angleRad + side * offsets[j]!;
      const step = polar(size.orbit, angleRad);
      const point = { x: centre.x + step.x, y: centre.y + step.y };
      return placed(node, point, angleRad, size.replicaRadius);
    }),
  );
  const [right, left] = [sides[0]!, sides[1]!];
  return moons.length === 1 &&
    avoid &&
    distancePx(left[0]!, avoid) > distancePx(right[0]!, avoid) + 1
    ? left
    : right;
}

/** Replicas of a crowd stand behind their master, one further out than the other. */
function beadBehind(
  moon: ArrangedNode,
  centre: NodePlace,
  index: number,
  size: RingSize,
): NodePlace {
  const out = polar(size.orbit + index * (size.crowd?.moonStep ?? 0), centre.angleRad);
  const at = { x: centre.x + out.x, y: centre.y + out.y };
  return placed(moon, at, centre.angleRad, size.replicaRadius);
}

/** Pixels between a guest and whoever is next to it. */
const BAY_GAP_PX = 10;
const BAY_STEP_RAD = 0.01;

/** Outside the ring, in a crowd inside, as near to 6 o'clock as others leave room, left first. */
function placeBay(
  nodes: readonly ArrangedNode[],
  { crowd, radius, band, replicaRadius }: RingSize,
  taken: NodePlace[],
): NodePlace[] {
  const outPx = crowd ? radius * 0.5 : radius + band / 2 + replicaRadius + 10;
  const guests = nodes.filter((node) => node.place === 'bay');
  return guests.map((node) => {
    let place: NodePlace;
    let k = 0;
    do {
      const angleRad = Math.PI + (k % 2 ? k : -k) * BAY_STEP_RAD;
      place = placed(node, polar(outPx, angleRad), angleRad, replicaRadius);
      k += 1;
    } while (k < 600 && taken.some((other) => isNear(place, other)));
    taken.push(place);
    return place;
  });
}

const isNear = (a: NodePlace, b: NodePlace): boolean =>
  distancePx(a, b) < a.radius + b.radius + BAY_GAP_PX;

function placed(node: ArrangedNode, at: Point, angleRad: number, radius: number): NodePlace {
  const { name, shard, role, place, around, replicates, knowledge, wishRad } = node;
  return {
    ...{ name, shard, role, place, around, replicates, knowledge, wishRad },
    ...{ x: at.x, y: at.y, angleRad, radius },
  };
}
