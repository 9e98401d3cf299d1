/**
 * Everything on the stage that stays where it is until somebody changes role, or the window its
 * size.
 */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName, Slot } from '../../protocol/ids';
import { arrange, type ArrangedNode } from './arrangement';
import { chordBetween, plainChord, reversed, type Chord } from './chord';
import { flightAlong, type Flight } from './flight';
import { placeNodes, type NodePlaces } from './node-places';
import { groupShifts, tearLines, tornPlaces, type Groups, type TearLine } from './partition';
import type { Point } from './polar';
import { ringSize, type RingSize } from './ring-size';
import {
  graduations,
  slotArcs,
  type Graduations,
  type ShiftAt,
  type SlotArcPicture,
} from './ring-marks';
import { TALLY_RADIUS } from './tally';

export interface StageGeometry {
  readonly nodes: readonly ArrangedNode[];
  readonly size: RingSize;
  readonly places: NodePlaces;
  /** The same before a tear moved anybody. */
  readonly whole: NodePlaces;
  /** Whom a tear has moved, and how far. */
  readonly shifts: ReadonlyMap<NodeName, Point>;
  /** What cut links leave of the cluster. */
  readonly groups: Groups;
  readonly arcs: readonly SlotArcPicture[];
  readonly graduations: Graduations;
  /** Between the groups of a cluster torn apart; none while it is whole. */
  readonly tear: readonly TearLine[];
  readonly shiftAt: ShiftAt;
  /** Whether two nodes are on different sides of a tear. */
  readonly isTornBetween: (a: NodeName, b: NodeName) => boolean;
  /** Radius of the disc in the centre that chords go round; 0 when the centre is empty. */
  readonly centreDisc: number;
  /** The client's figure, relative to the centre of the ring; null without a client. */
  readonly clientBox: ClientBox | null;
  readonly chordOf: (a: NodeName, b: NodeName) => Chord | null;
  /** The way of a heartbeat, or of a message whose glyph must not cover the ports at its ends. */
  readonly flightBetween: (from: NodeName, to: NodeName, keepsClear?: boolean) => Flight | null;
}

/** From a disc's edge to the middle of a ballot that stands beside it. */
const CLEAR_PX = 13;

export interface ClientBox extends Point {
  readonly width: number;
  readonly height: number;
}

export interface StageBox {
  readonly width: number;
  readonly height: number;
  readonly insetTop: number;
  /** Whether the corners hold no notes. Default false. */
  readonly isBare?: boolean;
  /** Whether it is looked at from the last row. Default false. */
  readonly isFar?: boolean;
  readonly hasClient: boolean;
  /** Whether an election's count stands in the centre. */
  readonly hasTally: boolean;
  /** What cut links leave of the cluster, the largest group first. Default: one whole. */
  readonly groups?: Groups;
}

/**
 * The geometry of a frame seen by `viewpoint`; keep it while `arrangementKey` and the box are
 * the same.
 */
export function stageGeometry(
  frame: ClusterFrame,
  viewpoint: NodeName | null,
  box: StageBox,
): StageGeometry {
  return geometryOf(arrange(frame, viewpoint), box);
}

/** The geometry of nodes already arranged. */
export function geometryOf(nodes: readonly ArrangedNode[], box: StageBox): StageGeometry {
  const groups = box.groups ?? [];
  const size = ringSize({
    ...box,
    isTorn: groups.length > 1,
    nodeCount: nodes.length,
    masterCount: nodes.filter((node) => node.place === 'ring').length,
    moonCount: mostMoons(nodes),
  });
  const clientBox = box.hasClient ? clientBoxOf(size, box) : null;
  const whole = placeNodes(nodes, size, clientBox && middleOf(clientBox));
  const shifts = groupShifts(groups, whole);
  const centreDisc = box.hasTally ? TALLY_RADIUS * tallyScale(size) : 0;
  return assemble({ nodes, groups, size, whole, shifts, centreDisc, clientBox });
}

export interface StageParts {
  readonly nodes: readonly ArrangedNode[];
  readonly groups: Groups;
  readonly size: RingSize;
  readonly whole: NodePlaces;
  readonly shifts: ReadonlyMap<NodeName, Point>;
  readonly centreDisc: number;
  readonly clientBox: ClientBox | null;
  /** Where things are going, and who is there already; absent where nothing moves. */
  readonly settled?: { readonly geometry: StageGeometry; readonly still: ReadonlySet<NodeName> };
}

/** Draws arcs, graduations and curves for places that are known. */
export function assemble(parts: StageParts): StageGeometry {
  const { nodes, groups, size, whole, shifts, centreDisc } = parts;
  const places = tornPlaces(whole, shifts);
  const arcs = slotArcs(nodes, whole, size).map((arc) => ({
    ...arc,
    shift: (arc.owner && shifts.get(arc.owner)) || null,
  }));
  const shiftAt = (slot: Slot) => arcs.findLast(({ id }) => Number(id) <= slot)?.shift ?? null;
  return {
    ...{ nodes, groups, size, whole, shifts, places, arcs, centreDisc },
    clientBox: parts.clientBox,
    tear: tearLines(arcs, groups, size, shifts),
    isTornBetween: (a, b) => groups.some((group) => group.includes(a) !== group.includes(b)),
    shiftAt,
    graduations: graduations(size, nodes.length, shiftAt),
    ...paths(places, parts),
  };
}

/** The tally and all in it, relative to a ring of radius 200. */
export function tallyScale({ radius }: Pick<RingSize, 'radius'>): number {
  return Math.min(1, radius / 185);
}

function mostMoons(nodes: readonly ArrangedNode[]): number {
  const counts = new Map<NodeName | null, number>([[null, 0]]);
  for (const { around } of nodes) {
    if (around !== null) counts.set(around, (counts.get(around) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

function clientBoxOf(size: RingSize, box: StageBox): ClientBox {
  if (size.compact) {
    const side = 84;
    return {
      x: 8 - size.centreX,
      y: box.height - side - 8 - size.centreY,
      width: side,
      height: side,
    };
  }
  return { x: 30 - size.centreX, y: -70, width: 164, height: 190 };
}

function middleOf({ x, y, width, height }: ClientBox): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Chords and flights, each worked out when first asked for. */
function paths(places: NodePlaces, { size, centreDisc, settled }: StageParts) {
  const chords = new Map<string, Chord>();
  const flights = new Map<string, Flight>();
  const room = { radius: size.radius, centreDisc };
  const isStill = (a: NodeName, b: NodeName) => settled?.still.has(a) && settled.still.has(b);
  function chordOf(a: NodeName, b: NodeName): Chord | null {
    const [p, q] = [places.get(a), places.get(b)];
    if (!p || !q || a === b) return null;
    if (isStill(a, b)) return settled!.geometry.chordOf(a, b);
    if (a > b) {
      const other = chordOf(b, a);
      return other && reversed(other);
    }
    const key = `${a} ${b}`;
    const chord =
      chords.get(key) ??
      (size.crowd ? plainChord(p, q, room.radius) : chordBetween(p, q, places, room));
    chords.set(key, chord);
    return chord;
  }
  function flightBetween(from: NodeName, to: NodeName, keepsClear = false): Flight | null {
    const key = `${from} ${to} ${keepsClear}`;
    const known = flights.get(key);
    if (known) return known;
    const chord = chordOf(from, to);
    if (!chord) return null;
    const [leaves, lands] = keepsClear ? [CLEAR_PX, CLEAR_PX] : [3, 5];
    const radii = { from: places.get(from)!.radius + leaves, to: places.get(to)!.radius + lands };
    const flight = flightAlong(chord, radii);
    flights.set(key, flight);
    return flight;
  }
  return { chordOf, flightBetween };
}
