/** The lens: the shard in focus as large as among six nodes, and the lines that tie it to it. */
import type { NodeName } from '../../protocol/ids';
import type { SlotArcPicture } from './ring-marks';
import type { Lens } from './crowd-size';
import type { NodePlace, NodePlaces } from './node-places';
import { normalRad, polar, TURN_RAD, xy, type Point } from './polar';

export interface LensNode extends Point {
  readonly name: NodeName;
  readonly shard: number;
  readonly role: 'master' | 'replica';
  readonly radius: number;
  /** On the side that looks at the centre of the ring. */
  readonly badgeRad: number;
  readonly knowledge: NodePlace['knowledge'];
}

export interface LensArc {
  readonly owner: NodeName | null;
  readonly shard: number;
  readonly path: string;
  readonly edges: readonly string[];
}

export interface LensPicture extends Lens {
  readonly centre: NodeName;
  readonly shard: number;
  readonly nodes: readonly LensNode[];
  /** Its own arc and its two neighbours', as wide strokes. */
  readonly arcs: readonly LensArc[];
  readonly band: number;
  /** Two lines from the shard on the ring to the edge of the lens. */
  readonly leaders: string;
}

/** The ring the lens shows a piece of: so large that the piece is nearly straight. */
const BIG_RADIUS = 600;
const BAND = 30;
const MASTER_RADIUS = 27;
const REPLICA_RADIUS = 18;
const ORBIT = 62;
const HALF_ARC_RAD = 0.15;
const MOST_MOONS = 5;

/** What the lens shows of the shard of `focus`; null for a node outside the ring. */
export function lensPicture(
  lens: Lens,
  focus: NodeName,
  places: NodePlaces,
  arcs: readonly SlotArcPicture[],
): LensPicture | null {
  const place = places.get(focus);
  const master = place?.around ? places.get(place.around) : place;
  if (!master || master.place !== 'ring') return null;
  const bearing = master.angleRad;
  const zoom = lens.radius / 114;
  const origin = polar(BIG_RADIUS * zoom, bearing + TURN_RAD / 2);
  const moons = [...places.values()].filter(({ around }) => around === master.name);
  return {
    ...lens,
    centre: master.name,
    shard: master.shard,
    band: BAND * zoom,
    arcs: arcsOf(master, places, arcs).map(({ owner, shard, from, to }) => ({
      ...{ owner, shard },
      path: arcAbout(origin, BIG_RADIUS * zoom, bearing + from, bearing + to),
      edges: [-18, 18].map((away) =>
        arcAbout(origin, (BIG_RADIUS + away) * zoom, bearing + from, bearing + to),
      ),
    })),
    nodes: [
      { ...core(master, bearing), x: 0, y: 0, radius: MASTER_RADIUS * zoom },
      ...moons.slice(0, MOST_MOONS).map((moon, i, shown) => ({
        ...core(moon, bearing),
        ...polar(ORBIT * zoom, bearing + fan(i, shown.length)),
        radius: REPLICA_RADIUS * zoom,
      })),
    ],
    leaders: leadersTo(lens, master),
  };
}

function core({ name, shard, role, knowledge }: NodePlace, bearing: number) {
  return { name, shard, role, knowledge, badgeRad: normalRad(bearing + TURN_RAD / 2) };
}

/** Moons fan out on the far side of the band, far enough apart for their discs. */
function fan(index: number, count: number): number {
  const step = count <= 2 ? 1.24 : Math.min(0.75, 2.6 / (count - 1));
  return (index - (count - 1) / 2) * step;
}

function arcsOf(master: NodePlace, places: NodePlaces, arcs: readonly SlotArcPicture[]) {
  const order = [...places.values()]
    .filter(({ place }) => place === 'ring')
    .sort((a, b) => normalRad(a.angleRad) - normalRad(b.angleRad));
  const at = order.findIndex(({ name }) => name === master.name);
  const hasSlots = (name: NodeName) => arcs.some(({ owner }) => owner === name);
  return [-1, 0, 1].flatMap((step) => {
    const { name, shard } = order.at((at + step + order.length) % order.length)!;
    if (!hasSlots(name)) return [];
    const middle = step * 2 * HALF_ARC_RAD;
    const from = middle - HALF_ARC_RAD + 0.004;
    return [{ owner: name, shard, from, to: middle + HALF_ARC_RAD - 0.004 }];
  });
}

function arcAbout(origin: Point, radius: number, fromRad: number, toRad: number): string {
  const [a, b] = [polar(radius, fromRad), polar(radius, toRad)];
  const from = { x: origin.x + a.x, y: origin.y + a.y };
  const to = { x: origin.x + b.x, y: origin.y + b.y };
  return `M${xy(from)}A${radius} ${radius} 0 0 1 ${xy(to)}`;
}

/** From both sides of the bead to both sides of the lens, so that the two read as a cone. */
function leadersTo(lens: Lens, from: Point): string {
  const angleRad = Math.atan2(lens.y - from.y, lens.x - from.x);
  const along = from.x * Math.cos(angleRad) + from.y * Math.sin(angleRad);
  const aside = Math.abs(from.x * Math.sin(angleRad) - from.y * Math.cos(angleRad));
  // A line past the middle of the ring would be read as a message.
  if (along < 0 && aside < 0.72 * Math.hypot(from.x, from.y)) return '';
  return [-1, 1]
    .map((side) => {
      const outRad = angleRad + (side * Math.PI) / 2;
      const turnRad = angleRad + side * (Math.PI / 2 + 0.18);
      const start = { x: from.x + 12 * Math.cos(outRad), y: from.y + 12 * Math.sin(outRad) };
      const end = {
        x: lens.x + lens.radius * Math.cos(turnRad),
        y: lens.y + lens.radius * Math.sin(turnRad),
      };
      return `M${xy(start)}L${xy(end)}`;
    })
    .join('');
}
