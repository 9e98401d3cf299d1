/**
 * What flies in a crowd: heartbeats as dots, a broadcast as a fan of hairlines with its count, and
 * only what is left with glyphs.
 */
import type { ClusterFrame, FrameMessage } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { broadcastKey, FAN_FROM, isOfFan } from './broadcasts';
import { chordPoint, plainChord, type Chord } from './chord';
import { fanBadge } from './fan-counts';
import { isKey, LOST_STAYS_MS } from './message-pictures';
import type { NodePlace, NodePlaces } from './node-places';
import { distancePx, type Point } from './polar';

export interface Dot extends Point {
  readonly id: number;
  readonly type: FrameMessage['type'];
  readonly rumour: 'pfail' | 'fail' | null;
}

export interface FlightGlyph extends Point {
  readonly id: number;
  readonly type: FrameMessage['type'];
  readonly fate: FrameMessage['fate'];
}

export interface Hairline {
  readonly chord: Chord;
  readonly at: number;
}

export interface Fan {
  readonly key: string;
  readonly from: NodeName;
  readonly type: FrameMessage['type'];
  /** How many are on their way. */
  readonly count: number;
  /** Where its one glyph stands. */
  readonly badge: Point;
}

export interface CrowdFlights {
  readonly dots: readonly Dot[];
  readonly glyphs: readonly FlightGlyph[];
  /** The way that each message which is more than a heartbeat has come, by its type. */
  readonly hairlines: ReadonlyMap<FrameMessage['type'], readonly Hairline[]>;
  /** The broadcasts whose counts have room, the first ones. */
  readonly fans: readonly Fan[];
}

/** More glyphs than this would hide each other; then they are dots. */
const MOST_GLYPHS = 90;
const LOST_AT = 0.5;
const HELD_AT = 0.36;
/** Counts closer than this to each other would overlap; more than a few would hide the ring. */
const FANS_APART_PX = 64;
const MOST_FANS = 4;

export interface CrowdOptions {
  readonly atMs: number;
  readonly places: NodePlaces;
  readonly radius: number;
  /** Everything stands still halfway. */
  readonly reducedMotion: boolean;
}

/** Where everything in flight is at `atMs`. */
export function crowdFlights(
  messages: ClusterFrame['messages'],
  options: CrowdOptions,
): CrowdFlights {
  const dots: Dot[] = [];
  const glyphs: FlightGlyph[] = [];
  const hairlines = new Map<FrameMessage['type'], Hairline[]>();
  const broadcasts = new Map<string, FlightGlyph[]>();
  for (const message of messages) {
    const way = wayOf(message, options);
    if (way === null) continue;
    const { x, y } = chordPoint(way.chord, way.at);
    const { id, type, fate } = message;
    if (!isKey(type)) {
      dots.push({ id, type, x, y, rumour: rumourOf(message) });
      continue;
    }
    if (fate === 'flying') append(hairlines, type, way);
    append(broadcasts, broadcastKey(message), { id, type, fate, x, y });
  }
  for (const members of broadcasts.values()) {
    if (!isFan(members, options)) glyphs.push(...members);
    else for (const { id, type, x, y } of members) dots.push({ id, type, x, y, rumour: null });
  }
  const fans = fansOf(broadcasts, options);
  if (glyphs.length <= MOST_GLYPHS) return { dots, glyphs, hairlines, fans };
  const more = glyphs.map(({ id, type, x, y }): Dot => ({ id, type, x, y, rumour: null }));
  return { dots: [...dots, ...more], glyphs: [], hairlines, fans };
}

/** How far from a message one may point and still mean it, in pixels. */
const REACH_PX = 9;

/** The message nearest to a point, by its id; null where none is near. */
export function flightNear(
  flights: readonly (Point & { readonly id: number })[],
  point: Point,
): number | null {
  let nearest: number | null = null;
  let leastPx = REACH_PX;
  for (const flight of flights) {
    const awayPx = distancePx(flight, point);
    if (awayPx < leastPx) [nearest, leastPx] = [flight.id, awayPx];
  }
  return nearest;
}

function fansOf(
  broadcasts: ReadonlyMap<string, readonly FlightGlyph[]>,
  options: CrowdOptions,
): Fan[] {
  const fans: Fan[] = [];
  for (const [key, members] of broadcasts) {
    if (!isFan(members, options)) continue;
    const [type, from] = key.split(' ') as [FrameMessage['type'], NodeName];
    const badge = fanBadge(options.places.get(from)!);
    const isClear = fans.every(({ badge: other }) => distancePx(other, badge) > FANS_APART_PX);
    if (isClear) fans.push({ key, from, type, count: members.length, badge });
    if (fans.length === MOST_FANS) break;
  }
  return fans;
}

/** Also when few are left of it: what flies does not change its look on the way. */
function isFan([first, ...more]: readonly FlightGlyph[], { places }: CrowdOptions): boolean {
  if (first === undefined) return false;
  return more.length >= FAN_FROM || (first.fate === 'flying' && isOfFan(first.type, places.size));
}

/** The chord and how far along it the message is; null for one that is not drawn. */
function wayOf(message: FrameMessage, options: CrowdOptions): Hairline | null {
  const { fate, type, sentAtMs, deliverAtMs } = message;
  const { atMs, places, radius, reducedMotion } = options;
  const [from, to] = [places.get(message.from), places.get(message.to)];
  if (!from || !to || atMs < sentAtMs) return null;
  // What piles up before a stopped process, or behind a held link, is told by the process itself.
  if ((fate === 'unread' || fate === 'held') && !isKey(type)) return null;
  if (fate === 'flying' && atMs >= deliverAtMs) return null;
  if (fate === 'lost' && atMs >= deliverAtMs + LOST_STAYS_MS) return null;
  const share = Math.min(1, (atMs - sentAtMs) / (deliverAtMs - sentAtMs || 1));
  const chord = chordOf(from, to, radius);
  if (fate === 'unread') return { chord, at: 1 };
  if (fate === 'held') return { chord, at: HELD_AT };
  if (fate === 'lost') return { chord, at: Math.min(LOST_AT, share) };
  return { chord, at: reducedMotion ? 0.5 : share };
}

/** Of the same two places at every frame: thousands a second are asked for. */
const chords = new WeakMap<NodePlace, Map<NodePlace, Chord>>();

function chordOf(from: NodePlace, to: NodePlace, radius: number): Chord {
  const leaving = chords.get(from) ?? new Map<NodePlace, Chord>();
  if (leaving.size === 0) chords.set(from, leaving);
  const chord = leaving.get(to) ?? plainChord(from, to, radius);
  leaving.set(to, chord);
  return chord;
}

function rumourOf({ rumours }: FrameMessage): Dot['rumour'] {
  if (rumours.length === 0) return null;
  return rumours.some(({ flag }) => flag === 'fail') ? 'fail' : 'pfail';
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
