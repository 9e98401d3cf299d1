/**
 * A stage between two arrangements, on the interface's own clock: discs exchange along arcs,
 * masters slide along the ring, slots sweep, groups of a torn cluster drift apart.
 */
import { arrangementKey } from './arrangement';
import { EASE_BELIEF, EASE_SWAP, easeLinear } from './easing';
import type { NodePlace, NodePlaces } from './node-places';
import { distancePx, normalRad, polar, TURN_RAD, type Point } from './polar';
import type { RingSize } from './ring-size';
import { assemble, type StageGeometry } from './stage-geometry';
import { sweepSlots } from './sweep';

/** What changes the stage: the cluster itself, or through whose eyes it is seen. */
export type Cause = 'cluster' | 'viewpoint';

/** How far each kind of change has come, 0 to 1. */
export interface Shares {
  readonly swap: number;
  readonly slide: number;
  readonly sweep: number;
  readonly tear: number;
}

const SWAP_MS = 640;
const SLIDE_MS = 480;
const SWEEP_MS = 480;
const TEAR_MS = 520;
const HEAL_MS = 640;
/** Also that of what the viewpoint believes. */
export const VIEWPOINT_MS = 320;

/** How long until everything is in its place. */
export function transitionMs(cause: Cause): number {
  return cause === 'viewpoint' ? VIEWPOINT_MS : SWAP_MS;
}

/** How far things are after `sinceMs` of real time. */
export function sharesAt(sinceMs: number, cause: Cause, opens: boolean): Shares {
  if (cause === 'viewpoint') {
    const share = easeLinear(sinceMs / VIEWPOINT_MS);
    return { swap: share, slide: share, sweep: share, tear: share };
  }
  return {
    swap: EASE_SWAP(sinceMs / SWAP_MS),
    slide: EASE_BELIEF(sinceMs / SLIDE_MS),
    sweep: EASE_BELIEF(sinceMs / SWEEP_MS),
    tear: EASE_BELIEF(sinceMs / (opens ? TEAR_MS : HEAL_MS)),
  };
}

/** Whether anything has to move to get from one to the other. */
export function differs(from: StageGeometry, to: StageGeometry): boolean {
  return (
    arrangementKey(from.nodes) !== arrangementKey(to.nodes) ||
    from.size.radius !== to.size.radius ||
    from.size.centreX !== to.size.centreX ||
    from.groups.length !== to.groups.length ||
    to.nodes.some(({ name }) => !isSamePoint(shiftOf(from, name), shiftOf(to, name)))
  );
}

/** Everything on the stage on its way from one arrangement to the next. */
export function geometryBetween(
  from: StageGeometry,
  to: StageGeometry,
  shares: Shares,
): StageGeometry {
  const isTearing = from.groups.length !== to.groups.length;
  const size = sizeBetween(from.size, to.size, isTearing ? shares.tear : shares.slide);
  const whole = placesBetween(from, to, size, shares);
  const shifts = shiftsBetween(from, to, shares.tear);
  const still = sameSize(from, to) ? stillNodes(from, to) : new Set<string>();
  return assemble({
    nodes: sweepSlots(from.nodes, to.nodes, shares.sweep),
    // The tear stays until the halves have met.
    groups: to.groups.length > 1 ? to.groups : from.groups,
    ...{ size, whole, shifts, centreDisc: to.centreDisc, clientBox: to.clientBox },
    settled: { geometry: to, still },
  });
}

function placesBetween(
  from: StageGeometry,
  to: StageGeometry,
  size: RingSize,
  shares: Shares,
): NodePlaces {
  const places = new Map<string, NodePlace>();
  const all = [...to.whole.values()];
  // Masters first: moons that keep their master go along with it.
  for (const end of [...all.filter(isOnRing), ...all.filter((place) => !isOnRing(place))]) {
    const start = from.whole.get(end.name);
    const at = start ? placeBetween(start, end, { places, size, shares }) : end;
    places.set(end.name, at);
  }
  return new Map(all.map(({ name }) => [name, places.get(name)!]));
}

interface OnTheWay {
  /** Those already placed. */
  readonly places: ReadonlyMap<string, NodePlace>;
  readonly size: RingSize;
  readonly shares: Shares;
}

function placeBetween(
  start: NodePlace,
  end: NodePlace,
  { places, size, shares }: OnTheWay,
): NodePlace {
  const isExchange = start.place !== end.place || start.around !== end.around;
  const share = isExchange ? shares.swap : shares.slide;
  const radius = mix(start.radius, end.radius, share);
  if (isExchange) return { ...end, ...alongArc(start, end, share), radius };
  const angleRad = start.angleRad + share * turnRad(start.angleRad, end.angleRad);
  if (isOnRing(end)) return { ...end, ...polar(size.radius, angleRad), angleRad, radius };
  const centre = end.around === null ? undefined : places.get(end.around);
  if (!centre) return { ...end, ...mixPoints(start, end, share), radius };
  const step = polar(size.orbit, angleRad);
  return { ...end, x: centre.x + step.x, y: centre.y + step.y, angleRad, radius };
}

/** How far an exchange bulges, as a share of the way: two discs pass each other on two sides. */
const BULGE = 0.5;

function alongArc(start: Point, end: Point, share: number): Point {
  const straight = mixPoints(start, end, share);
  const aside = BULGE * Math.sin(Math.PI * share);
  return {
    x: straight.x + aside * (start.y - end.y),
    y: straight.y + aside * (end.x - start.x),
  };
}

function sizeBetween(from: RingSize, to: RingSize, share: number): RingSize {
  const at = (key: Exclude<keyof RingSize, 'compact' | 'crowd'>) => mix(from[key], to[key], share);
  return {
    ...{ compact: to.compact, crowd: to.crowd, centreX: at('centreX'), centreY: at('centreY') },
    ...{ radius: at('radius'), band: at('band'), orbit: at('orbit') },
    ...{ masterRadius: at('masterRadius'), replicaRadius: at('replicaRadius') },
  };
}

function shiftsBetween(
  from: StageGeometry,
  to: StageGeometry,
  share: number,
): ReadonlyMap<string, Point> {
  const shifts = new Map<string, Point>();
  for (const { name } of to.nodes) {
    const shift = mixPoints(shiftOf(from, name), shiftOf(to, name), share);
    if (shift.x !== 0 || shift.y !== 0) shifts.set(name, shift);
  }
  return shifts;
}

/** Nodes that stand where they will stand: the curves between them can be kept. */
function stillNodes(from: StageGeometry, to: StageGeometry): ReadonlySet<string> {
  const still = [...to.places.values()].filter((end) => {
    const start = from.places.get(end.name);
    return start && start.around === end.around && distancePx(start, end) < 0.01;
  });
  return new Set(still.map(({ name }) => name));
}

function sameSize(from: StageGeometry, to: StageGeometry): boolean {
  return from.size.radius === to.size.radius && from.centreDisc === to.centreDisc;
}

function shiftOf({ shifts }: StageGeometry, name: string): Point {
  return shifts.get(name) ?? { x: 0, y: 0 };
}

function isOnRing({ place }: NodePlace): boolean {
  return place === 'ring';
}

/** The shorter way from one bearing to another, negative for anticlockwise. */
function turnRad(from: number, to: number): number {
  const turn = normalRad(to - from);
  return turn > TURN_RAD / 2 ? turn - TURN_RAD : turn;
}

function isSamePoint(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

function mixPoints(a: Point, b: Point, share: number): Point {
  return { x: mix(a.x, b.x, share), y: mix(a.y, b.y, share) };
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
