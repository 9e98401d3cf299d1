/** The client's conversation: numbered arrows between its figure and the nodes it talks to. */
import type { FrameClient, FrameExchange } from '../../protocol/cluster-frame';
import type { SlotRanges } from '../../protocol/slot-ranges';
import { chordPoint, type Chord } from './chord';
import type { NodePlace, NodePlaces } from './node-places';
import { arcPath, slotAngleRad, xy, type Point } from './polar';
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
  readonly trail: string;
  readonly head: { readonly point: Point; readonly turnDeg: number };
  readonly badge: Point;
  readonly label: Point;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** How many arrows are drawn at once; older ones are history for the terminal. */
const SHOWN = 4;

/** The newest exchanges, oldest first, numbered from 1 within the conversation. */
export function exchangePictures(
  client: FrameClient,
  { box, places, atMs }: { box: ClientBox; places: NodePlaces; atMs: number },
): ExchangePicture[] {
  const begun = client.exchanges.filter(({ sentAtMs }) => sentAtMs <= atMs);
  const first = Math.max(0, begun.length - SHOWN);
  return begun.slice(first).flatMap((exchange, i) => {
    const place = places.get(exchange.node);
    const repeats = begun.slice(first, first + i).filter((e) => isTwin(e, exchange)).length;
    if (!place) return [];
    const chord = exchangeChord(exchange, { box, place, repeats });
    return [exchangePicture(exchange, { number: first + i + 1, chord, atMs })];
  });
}

function isTwin(a: FrameExchange, b: FrameExchange): boolean {
  return a.node === b.node && a.direction === b.direction;
}

/** Commands leave by the top or the bottom of the figure, replies come in at its side. */
function exchangeChord(
  { direction }: FrameExchange,
  { box, place, repeats }: { box: ClientBox; place: NodePlace; repeats: number },
): Chord {
  const isUpper = place.y < box.y + box.height / 2;
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const shift = repeats * 16;
  const isSmall = box.width < 100;
  if (direction === 'command') {
    const from = { x: right - 52 - shift, y: isUpper ? box.y - 6 : bottom + 4 };
    const to = edge(place, isUpper ? { x: -25, y: -18 } : { x: -31, y: 8 });
    const control = isUpper
      ? { x: isSmall ? from.x - 20 : from.x + 30, y: Math.min(from.y, to.y) - (isSmall ? 10 : 70) }
      : { x: from.x + 80, y: Math.max(from.y, to.y) + (isSmall ? 8 : 54) };
    return { from, control, to };
  }
  const from = edge(place, isUpper ? { x: -30, y: 6 } : { x: -31, y: -10 });
  const to = {
    x: right + 5,
    y: isUpper ? box.y + (isSmall ? 20 : 44) + shift : bottom - 44 - shift,
  };
  const control = { x: right + (from.x - right) * 0.34, y: from.y + (isUpper ? 25 : -30) };
  return { from, control, to };
}

function edge(place: NodePlace, towards: Point): Point {
  const reach = (place.radius + 5) / Math.hypot(towards.x, towards.y);
  return { x: place.x + towards.x * reach, y: place.y + towards.y * reach };
}

function exchangePicture(
  exchange: FrameExchange,
  { number, chord, atMs }: { number: number; chord: Chord; atMs: number },
): ExchangePicture {
  const { id, direction, redirect, text, sentAtMs, deliverAtMs } = exchange;
  const isFlying = atMs < deliverAtMs;
  const at = isFlying ? Math.max(0, (atMs - sentAtMs) / (deliverAtMs - sentAtMs || 1)) : 1;
  const [before, end] = [chordPoint(chord, 0.94), chord.to];
  const isCommand = direction === 'command';
  const badge = chordPoint(chord, isFlying ? 0.2 : isCommand ? 0.42 : 0.5);
  const label = isCommand
    ? { x: badge.x - 18, y: badge.y - 18 }
    : { x: chord.to.x + 8, y: chord.to.y + 22 };
  return {
    ...{ id, number, direction, redirect, chord, isFlying, at, badge, label },
    lines: linesOf(text, redirect !== null),
    trail: at > 0.02 && isFlying ? trailPolygon(chord, { from: 0, to: at, width: 4.4 }) : '',
    head: { point: end, turnDeg: (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI },
    anchor: isCommand ? 'end' : 'start',
  };
}

const LINE_LENGTH = 22;

function linesOf(text: string, isRedirect: boolean): string[] {
  const words = text.split(' ');
  if (isRedirect) return [words.slice(0, 2).join(' '), words.slice(2).join(' ')];
  return [text.length > LINE_LENGTH ? `${text.slice(0, LINE_LENGTH - 1)}…` : text];
}

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

/** The centre of a pill that carries the command's text. */
export function pillAt({ chord, at }: ExchangePicture): string {
  return `translate(${xy(chordPoint(chord, at))})`;
}
