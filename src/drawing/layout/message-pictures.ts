/** Where each message is at a moment of virtual time, and the tail it draws behind it. */
import type { ClusterFrame, FrameMessage } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { messageColour } from '../palette';
import { isOfFan } from './broadcasts';
import { chordPath, chordPoint, type Chord } from './chord';
import type { Flight } from './flight';
import type { Point } from './polar';
import { distancePx } from './polar';
import { MOST_FEW } from './scale';
import { THINNED_FROM_NODES } from './thinning';
import { entersCircle, trailPolygon } from './trail';

export interface MessagePicture extends Point {
  readonly id: number;
  readonly type: FrameMessage['type'];
  readonly from: NodeName;
  readonly to: NodeName;
  readonly fate: FrameMessage['fate'];
  readonly size: number;
  readonly colour: string;
  readonly rumour: 'pfail' | 'fail' | null;
  /** Whom the suspicions it carries are about. */
  readonly about: readonly NodeName[];
  readonly chord: Chord;
  /** Parameter on the chord. */
  readonly at: number;
  readonly leaves: number;
  readonly lands: number;
  /** Unit direction of flight, for cross-bars. */
  readonly heading: Point;
  readonly tail: Tail | null;
  /** One of so many of the same that it is small, and told of by the count of all. */
  readonly isOfFan: boolean;
}

export interface Tail {
  readonly points: string;
  readonly start: Point;
  readonly opacity: number;
  readonly startOpacity: number;
  /**
   * Where the tail crosses the band, for a gap of paper that keeps its origin in sight; empty
   * for none.
   */
  readonly bandGap: string;
}

/** How long a lost message stays where it was cut, in virtual milliseconds. */
export const LOST_STAYS_MS = 400;
const LOST_AT = 0.5;
const FAN_SIZE = 4.5;
const FAN_TAIL: TailStyle = { length: 1, width: 1, opacity: 0.4, startOpacity: 0.15 };
const HELD_AT = 0.36;

export interface TailStyle {
  /** Share of the chord the tail covers. */
  readonly length: number;
  readonly width: number;
  readonly opacity: number;
  readonly startOpacity: number;
}

/** From so many on, messages are painted on one canvas instead of being elements of their own. */
export const PAINTED_FROM = 60;

const SHORT: TailStyle = { length: 0.14, width: 1.6, opacity: 0.5, startOpacity: 0 };
const TAILS: Readonly<Record<FrameMessage['type'], TailStyle>> = {
  PING: SHORT,
  PONG: SHORT,
  MEET: { ...SHORT, length: 0.2, width: 2 },
  PUBLISH: { ...SHORT, length: 0.2, width: 2 },
  MFSTART: { ...SHORT, length: 0.2, width: 2 },
  MODULE: SHORT,
  PUBLISHSHARD: { ...SHORT, length: 0.2, width: 2 },
  FAIL: { length: 0.95, width: 4.2, opacity: 0.95, startOpacity: 0.3 },
  FAILOVER_AUTH_REQUEST: { length: 0.16, width: 2, opacity: 0.4, startOpacity: 0 },
  FAILOVER_AUTH_ACK: { length: 0.5, width: 4.2, opacity: 0.95, startOpacity: 0.12 },
  UPDATE: { length: 0.6, width: 3.4, opacity: 0.9, startOpacity: 0 },
};

/** How long, wide and dark the tail of a message is. */
export function tailStyle(type: FrameMessage['type'], isOfFan = false): TailStyle {
  return isOfFan ? FAN_TAIL : TAILS[type];
}

export type FlightBetween = (from: NodeName, to: NodeName, keepsClear?: boolean) => Flight | null;

export interface MessageOptions {
  readonly atMs: number;
  readonly flightBetween: FlightBetween;
  /** Stands still halfway, its whole tail an arrow, for people who asked for less motion. */
  readonly reducedMotion: boolean;
  readonly compact: boolean;
  /** Outer radius of the band in pixels; a tail that starts beyond it cuts the band. */
  readonly bandRadius: number;
  /**
   * For a canvas: no outlines of tails, and nobody gives way to anybody. Default false.
   */
  readonly isPainted?: boolean;
}

/** All messages to draw at `atMs`, key messages last so that they lie on top. */
export function messagePictures(frame: ClusterFrame, options: MessageOptions): MessagePicture[] {
  const visible = newestWaiting(frame).filter((m) => isVisible(m, options.atMs));
  const { length } = frame.nodes;
  const waitPx = length > MOST_FEW ? OFF_BADGE_PX : 0;
  const pictures = visible.flatMap((message) => {
    const isFan = isOfFan(message.type, length);
    return messagePicture(message, isFan, { ...options, waitPx }) ?? [];
  });
  return (options.isPainted ? pictures : separate(pictures, options)).sort(
    (a, b) => weight(a) - weight(b) || a.id - b.id,
  );
}

/**
 * Of what waits, unread at a stopped process or kept back by a link, the newest from each sender,
 * in a large cluster the newest for each receiver: a pile says no more.
 */
function newestWaiting({ messages, nodes }: ClusterFrame): readonly FrameMessage[] {
  const isLarge = nodes.length >= THINNED_FROM_NODES;
  const newest = new Map<string, number>();
  const pile = ({ fate, from, to, type }: FrameMessage) => {
    if (fate !== 'unread' && (fate !== 'held' || isKey(type))) return null;
    return `${fate} ${isLarge && !isKey(type) ? '' : from} ${to} ${isKey(type)}`;
  };
  const piles = messages.map(pile);
  for (const [i, key] of piles.entries()) if (key !== null) newest.set(key, messages[i]!.id);
  return messages.filter(({ id }, i) => piles[i] === null || newest.get(piles[i]!) === id);
}

function isVisible(message: FrameMessage, atMs: number): boolean {
  if (atMs < message.sentAtMs) return false;
  if (message.fate === 'lost') return atMs < message.deliverAtMs + LOST_STAYS_MS;
  return message.fate !== 'flying' || atMs < message.deliverAtMs;
}

function messagePicture(
  message: FrameMessage,
  isOfFan: boolean,
  options: MessageOptions & { readonly waitPx: number },
): MessagePicture | null {
  const flight = options.flightBetween(message.from, message.to, isKey(message.type));
  if (!flight) return null;
  const share = shareOfWay(message, options) - waitShare(message, flight, options.waitPx);
  const at = flight.parameterAt(share);
  const hasTail = message.fate === 'flying' && !options.isPainted;
  const tail = hasTail ? tailOf({ type: message.type, isOfFan }, flight, at, options) : null;
  return place(message, flight, at, { tail, isOfFan, compact: options.compact });
}

function place(
  message: FrameMessage,
  { chord, leaves, lands }: Pick<Flight, 'chord' | 'leaves' | 'lands'>,
  at: number,
  { tail, isOfFan, compact }: { tail: Tail | null; isOfFan: boolean; compact: boolean },
): MessagePicture {
  const { id, type, from, to, fate } = message;
  const point = chordPoint(chord, at);
  const beat = type === 'PING' || type === 'PONG';
  return {
    ...{ id, type, from, to, fate, chord, at, leaves, lands, tail, isOfFan },
    ...{ x: point.x, y: point.y, heading: heading(chord, at) },
    size: (isOfFan ? FAN_SIZE : beat ? 8 : 10.5) * (compact ? 0.86 : 1),
    colour: messageColour(type),
    rumour: gravest(message.rumours),
    about: message.rumours.map(({ about }) => about),
  };
}

/**
 * 0 to 1. A lost message stops halfway, a held one early on, an unread one at its receiver's
 * edge.
 */
function shareOfWay(message: FrameMessage, { atMs, reducedMotion }: MessageOptions): number {
  if (message.fate === 'unread') return 1;
  const durationMs = message.deliverAtMs - message.sentAtMs || 1;
  const share = Math.min(1, Math.max(0, (atMs - message.sentAtMs) / durationMs));
  if (message.fate === 'held') return HELD_AT;
  if (message.fate === 'lost') return Math.min(LOST_AT, share);
  return reducedMotion ? 0.5 : share;
}

/** Where a badge sits on the side from which messages come, what waits unread stands before it. */
const OFF_BADGE_PX = 15;

function waitShare({ fate }: FrameMessage, { length }: Flight, waitPx: number): number {
  return fate === 'unread' ? Math.min(0.5, waitPx / (length || 1)) : 0;
}

type TailOptions = Pick<MessageOptions, 'bandRadius' | 'reducedMotion'>;

function tailOf(
  { type, isOfFan }: Pick<MessagePicture, 'type' | 'isOfFan'>,
  { chord, leaves }: Pick<Flight, 'chord' | 'leaves'>,
  at: number,
  { bandRadius, reducedMotion }: TailOptions,
): Tail | null {
  const style = tailStyle(type, isOfFan);
  const from = reducedMotion ? leaves : Math.max(leaves, at - style.length);
  if (at - from < 0.01) return null;
  const points = trailPolygon(chord, { from, to: at, width: style.width });
  const start = chordPoint(chord, from);
  const isOutside = Math.hypot(start.x, start.y) > bandRadius;
  const cutsBand = isOutside && isKey(type) && !isOfFan && crossesSteeply(chord, bandRadius, from);
  const inside = cutsBand ? entersCircle(chord, bandRadius - BAND_PX, from, at) : from;
  const bandGap = inside > from ? chordPath(chord, from, inside) : '';
  const { opacity, startOpacity } = style;
  return { points, start, opacity, startOpacity, bandGap };
}

const BAND_PX = 24;

/** Whether it is soon across the band: a gap along the band would cut that open. */
function crossesSteeply(chord: Chord, bandRadius: number, from: number): boolean {
  const [enters, leaves] = [bandRadius, bandRadius - BAND_PX].map((radius) =>
    chordPoint(chord, entersCircle(chord, radius, from, 1)),
  );
  return distancePx(enters!, leaves!) < 2 * BAND_PX;
}

/**
 * How far ahead of a message two bars stand that say it is kept back: before the receiver's disc,
 * also where the two are neighbours.
 */
export function barsAheadPx(picture: MessagePicture): readonly [near: number, far: number] {
  const roomPx = distancePx(picture, chordPoint(picture.chord, picture.lands));
  const farPx = Math.min(picture.size + 9, roomPx);
  return [Math.min(picture.size + 5, farPx - 4), farPx];
}

function heading(chord: Chord, at: number): Point {
  const [a, b] = [chordPoint(chord, at - 0.01), chordPoint(chord, at + 0.01)];
  const length = distancePx(a, b) || 1;
  return { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
}

/**
 * Messages of one broadcast start as one; where two would overlap, the later id hangs back by
 * just so
 * much that both can be seen, and catches up as they part.
 */
function separate(pictures: readonly MessagePicture[], options: TailOptions): MessagePicture[] {
  const placed: MessagePicture[] = [];
  for (const picture of [...pictures].sort((a, b) => a.id - b.id)) {
    const near = placed.filter(
      ({ from, type, fate }) =>
        from === picture.from && type === picture.type && isKey(type) && fate === 'flying',
    );
    let at = picture.at;
    const isCrowded = () =>
      near.some((other) => distancePx(other, chordPoint(picture.chord, at)) < 2 * picture.size);
    const earliest = Math.max(picture.leaves, picture.at - 0.2);
    while (!picture.isOfFan && isCrowded() && at > earliest) at = Math.max(earliest, at - 0.01);
    placed.push(at < picture.at ? moved(picture, at, options) : picture);
  }
  return placed;
}

function moved(picture: MessagePicture, at: number, options: TailOptions): MessagePicture {
  const { x, y } = chordPoint(picture.chord, at);
  const tail = tailOf(picture, picture, at, options);
  return { ...picture, at, x, y, heading: heading(picture.chord, at), tail };
}

/** Whether a message changes somebody's table; everything but heartbeats. */
export function isKey(type: FrameMessage['type']): boolean {
  return type !== 'PING' && type !== 'PONG';
}

function weight({ type, rumour }: MessagePicture): number {
  return isKey(type) ? 2 : rumour ? 1 : 0;
}

function gravest(rumours: FrameMessage['rumours']): 'pfail' | 'fail' | null {
  if (rumours.some(({ flag }) => flag === 'fail')) return 'fail';
  return rumours.length > 0 ? 'pfail' : null;
}
