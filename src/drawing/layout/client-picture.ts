/** The client's conversation: numbered arrows between its figure and the nodes it talks to. */
import type { FrameClient, FrameExchange } from '../../protocol/cluster-frame';
import type { SlotRanges } from '../../protocol/slot-ranges';
import { chordPoint, type Chord } from './chord';
import {
  labelBox,
  lettersBeside,
  linesOf,
  LETTER_PX,
  LINE_PX,
  numbersApart,
  withoutOverlaps,
  type TextBox,
} from './client-texts';
import type { NodePlace, NodePlaces } from './node-places';
import { arcPath, slotAngleRad, type Point } from './polar';
import type { ClientBox } from './stage-geometry';
import { trailPolygon } from './trail';

export interface ExchangePicture {
  readonly id: number;
  readonly number: number;
  readonly direction: FrameExchange['direction'];
  readonly redirect: FrameExchange['redirect'];
  /** First line of the text, and the rest: `MOVED 5798` and its address. */
  readonly lines: readonly string[];
  readonly chord: Chord;
  readonly isFlying: boolean;
  /** Parameter on the chord; 1 once delivered. */
  readonly at: number;
  /** 1 while the conversation is fresh; it pales when nothing more is said. */
  readonly strength: number;
  readonly trail: string;
  readonly head: { readonly point: Point; readonly turnDeg: number };
  /** Where on its arrow it is. */
  readonly place: Point;
  /** The middle of the pill that carries the text in flight, and its width. */
  readonly pill: Point;
  readonly pillWidth: number;
  readonly badge: Point;
  readonly label: Point;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Points on its arrow and its text, which nothing else may lie on. */
  readonly covers: readonly Point[];
}

/** How many arrows are drawn at once; older ones are history for the terminal. */
const SHOWN = 4;
/** Virtual milliseconds after its last word at which a conversation pales, and is put away. */
const PALES_MS = { from: 2_000, to: 4_000 };
const GONE_MS = 12_000;
const PALE = 0.4;

interface ConversationOptions {
  readonly box: ClientBox;
  readonly places: NodePlaces;
  readonly atMs: number;
  /** Where the stage has notes, which go before; none unless given. */
  readonly notes?: readonly TextBox[];
}

/** The newest exchanges, oldest first, numbered from 1 within the conversation. */
export function exchangePictures(
  client: FrameClient,
  { box, places, atMs, notes }: ConversationOptions,
): ExchangePicture[] {
  const begun = client.exchanges.filter(({ sentAtMs }) => sentAtMs <= atMs);
  const quietMs = atMs - Math.max(0, ...begun.map(({ deliverAtMs }) => deliverAtMs));
  if (quietMs > GONE_MS) return [];
  const strength = strengthAfter(quietMs);
  const first = Math.max(0, begun.length - SHOWN);
  const shown = begun.slice(first).filter(({ node }) => places.has(node));
  const ports = portsOf(shown, { box, places });
  const drawn = shown.flatMap((exchange, i) => {
    if (isSmall(box) && isRetraced(exchange, shown.slice(i + 1))) return [];
    const chordFor = isSmall(box) ? smallChord : exchangeChord;
    const chord = chordFor(exchange, places.get(exchange.node)!, ports[i]!);
    const number = first + i + 1;
    const letters = isSmall(box) ? Infinity : lettersBeside(chord, places);
    const node = places.get(exchange.node)!;
    return [exchangePicture(exchange, { number, chord, atMs, box, node, strength, letters })];
  });
  const apart = isSmall(box) ? numbersApart(drawn, places) : drawn;
  return withoutOverlaps(apart, notes).map((one) => ({ ...one, covers: coveredBy(one) }));
}

/** On a phone all words to one node take one way; the last of them is drawn. */
function isRetraced(exchange: FrameExchange, newer: readonly FrameExchange[]): boolean {
  return newer.some((o) => o.node === exchange.node && o.direction === exchange.direction);
}

function strengthAfter(quietMs: number): number {
  const share = (quietMs - PALES_MS.from) / (PALES_MS.to - PALES_MS.from);
  return 1 - (1 - PALE) * Math.min(1, Math.max(0, share));
}

/** How far a text may reach beyond the figure to the left; the stage ends there. */
const MARGIN_PX = 22;

/** Points on its arrow and its text, which nothing else may lie on. */
function coveredBy(picture: ExchangePicture): Point[] {
  const onArrow = Array.from({ length: 15 }, (_, i) => chordPoint(picture.chord, 0.1 + i * 0.06));
  if (picture.lines.length === 0 || picture.isFlying) return onArrow;
  const { left, right, top } = labelBox(picture);
  const shares = [0, 0.5, 1].map((share) => left + (right - left) * share);
  return [...onArrow, ...shares.map((x) => ({ x, y: top + LINE_PX / 2 }))];
}

/** Where an arrow leaves the figure or comes in. */
interface Port extends Point {
  readonly side: 'top' | 'right' | 'bottom';
}

/**
 * Commands leave by the top or the bottom, whichever is nearer to their node; replies come in at
 * the right side, one below the other in the order of the nodes they come from.
 */
function portsOf(
  shown: readonly FrameExchange[],
  { box, places }: { box: ClientBox; places: NodePlaces },
): Port[] {
  if (isSmall(box)) return smallPortsOf(shown, { box, places });
  const isUpper = ({ node }: FrameExchange) => places.get(node)!.y < box.y + box.height / 2;
  const replies = shown.filter(({ direction }) => direction === 'reply');
  // Of two from one node the newer comes in where the older's arrow does not cross its text.
  const ordered = (a: FrameExchange, b: FrameExchange) =>
    (shown.indexOf(a) - shown.indexOf(b)) * (isUpper(a) ? 1 : -1);
  replies.sort((a, b) => places.get(a.node)!.y - places.get(b.node)!.y || ordered(a, b));
  const [inset, used] = [44, { top: 0, bottom: 0 }];
  const stepPx = replies.length > 1 ? (box.height - 2 * inset) / (replies.length - 1) : 0;
  return shown.map((exchange): Port => {
    if (exchange.direction === 'reply') {
      const alone = isUpper(exchange) ? inset : box.height - inset;
      const down = replies.length > 1 ? inset + stepPx * replies.indexOf(exchange) : alone;
      return { side: 'right', x: box.x + box.width + 5, y: box.y + down };
    }
    const side = isUpper(exchange) ? 'top' : 'bottom';
    const x = box.x + box.width - 52 - 30 * used[side]++;
    return { side, x, y: side === 'top' ? box.y - 6 : box.y + box.height + 4 };
  });
}

/** A phone's figure stands in the lower left corner: up the ring's side, or along its foot. */
function smallPortsOf(
  shown: readonly FrameExchange[],
  { box, places }: { box: ClientBox; places: NodePlaces },
): Port[] {
  const right = box.x + box.width;
  return shown.map(({ node, direction }): Port => {
    const place = places.get(node)!;
    const isReply = direction === 'reply';
    if (place.x > right + 30 && place.y > box.y - 40) {
      return { side: 'right', x: right + 5, y: box.y + (isReply ? 0.75 : 0.4) * box.height };
    }
    return { side: 'top', x: isReply ? right - 22 : box.x + 18, y: box.y - 5 };
  });
}

function exchangeChord(exchange: FrameExchange, place: NodePlace, port: Port): Chord {
  const isReply = exchange.direction === 'reply';
  const here = { x: port.x, y: port.y };
  if (isReply && port.side === 'right') {
    const isAbove = place.y < port.y;
    const from = edge(place, isAbove ? { x: -30, y: 6 } : { x: -31, y: -10 });
    const control = { x: port.x + (from.x - port.x) * 0.34, y: from.y + (isAbove ? 25 : -30) };
    return { from, control, to: here };
  }
  const isUpper = port.side !== 'bottom';
  const there = edge(place, isUpper ? { x: -25, y: isReply ? 10 : -18 } : { x: -31, y: 8 });
  const away = isUpper ? Math.min(here.y, there.y) : Math.max(here.y, there.y);
  const control = isUpper ? { x: here.x + 30, y: away - 70 } : { x: here.x + 80, y: away + 54 };
  return { from: here, control, to: there };
}

/** The same on a phone: a slight bow to the left, or downwards. */
function smallChord(exchange: FrameExchange, place: NodePlace, port: Port): Chord {
  const here = { x: port.x, y: port.y };
  const isUp = port.side === 'top';
  const isReply = exchange.direction === 'reply';
  const there = edge(place, isUp ? { x: -25, y: isReply ? 12 : -12 } : { x: -31, y: 8 });
  const middle = { x: (here.x + there.x) / 2, y: (here.y + there.y) / 2 };
  const control = isUp
    ? { x: Math.min(here.x, there.x) - (isReply ? 8 : 18), y: middle.y }
    : { x: middle.x, y: middle.y + 14 };
  return isReply ? { from: there, control, to: here } : { from: here, control, to: there };
}

function isSmall(box: ClientBox): boolean {
  return box.width < 100;
}

function edge(place: NodePlace, towards: Point): Point {
  const reach = (place.radius + 5) / Math.hypot(towards.x, towards.y);
  return { x: place.x + towards.x * reach, y: place.y + towards.y * reach };
}

interface DrawnAs {
  readonly number: number;
  readonly chord: Chord;
  readonly atMs: number;
  readonly box: ClientBox;
  /** Whom it is said to, or who says it. */
  readonly node: NodePlace;
  readonly strength: number;
  /** The most that a reply may have on its line. */
  readonly letters: number;
}

function exchangePicture(
  exchange: FrameExchange,
  { number, chord, atMs, box, node, strength, letters }: DrawnAs,
): ExchangePicture {
  const { id, direction, redirect, text, sentAtMs, deliverAtMs } = exchange;
  const isFlying = atMs < deliverAtMs;
  const at = isFlying ? Math.max(0, (atMs - sentAtMs) / (deliverAtMs - sentAtMs || 1)) : 1;
  const [before, end] = [chordPoint(chord, 0.94), chord.to];
  const isCommand = direction === 'command';
  // Answers of one node come in side by side: their numbers stand one before the other.
  const badge = chordPoint(chord, isFlying ? 0.2 : isCommand ? 0.42 : 0.4 + 0.1 * (number % 3));
  const lines = linesOf(text, { direction, isRedirect: redirect !== null, letters });
  // A label stands on the side its arrow does not come from.
  const isFromBelow = isCommand ? chord.control.y < chord.from.y : chord.from.y > chord.to.y;
  const pillWidth = Math.max(...lines.map((line) => line.length)) * 8.2 + 24;
  const place = chordPoint(chord, at);
  const pillX = besideNode(place.x, pillWidth / 2, { box, node });
  const isOverFigure = isCommand && pillX - pillWidth / 2 < box.x + box.width + PILL_OFF_PX;
  const pill = { x: pillX, y: isOverFigure ? offFigure(place.y, chord.from.y, box) : place.y };
  const widthPx = Math.max(...lines.map((line) => line.length)) * LETTER_PX;
  const label = isCommand
    ? {
        x: Math.max(badge.x - 18, box.x - MARGIN_PX + widthPx),
        y: badge.y + (isFromBelow ? -18 : 18),
      }
    : { x: chord.to.x + 8, y: chord.to.y + (isFromBelow ? -4 - 18 * lines.length : 22) };
  return {
    ...{ place, pill, pillWidth, strength },
    ...{ id, number, direction, redirect, chord, isFlying, at, badge, label },
    lines,
    trail: at > 0.02 && isFlying ? trailPolygon(chord, { from: 0, to: at, width: 4.4 }) : '',
    head: { point: end, turnDeg: (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI },
    anchor: isCommand ? 'end' : 'start',
    covers: [],
  };
}

/** The middle of a pill: within the stage, and before the disc it goes to or comes from. */
function besideNode(
  x: number,
  halfPx: number,
  { box, node }: Pick<DrawnAs, 'box' | 'node'>,
): number {
  const most = node.x - node.radius - PILL_OFF_PX - halfPx;
  return Math.max(Math.min(x, most), box.x + halfPx);
}

/** A command that sets out upwards keeps above the figure, one that sets out downwards below it. */
function offFigure(y: number, fromY: number, { y: top, height }: ClientBox): number {
  const away = PILL_OFF_PX + PILL_HALF_PX;
  return fromY < top ? Math.min(y, top - away) : Math.max(y, top + height + away);
}

const PILL_OFF_PX = 8;
const PILL_HALF_PX = 12;

/** One arc of the client's own slot map, at least wide enough to be seen. */
export function mapArcs(
  client: FrameClient,
  radius: number,
): { path: string; node: string; id: string }[] {
  const least = 0.055;
  return client.slotMap.flatMap(({ slots, node }) =>
    slots.map(([first, last]) => {
      const middle = slotAngleRad((first + last + 1) / 2);
      const half = Math.max(least, (slotAngleRad(last + 1) - slotAngleRad(first)) / 2 - 0.01);
      return { path: arcPath(radius, middle - half, middle + half), node, id: `${first} ${node}` };
    }),
  );
}

/** The newest entry of the map, which the figure names. */
export function newestEntry(
  client: FrameClient,
): { slots: SlotRanges; node: string; learntAtMs: number } | null {
  return client.slotMap.reduce<FrameClient['slotMap'][number] | null>(
    (newest, entry) => (!newest || entry.learntAtMs >= newest.learntAtMs ? entry : newest),
    null,
  );
}
