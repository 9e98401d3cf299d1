/** Where the words of a slot on its way stand: beside its thread, off the band and all discs. */
import { chordPoint, type Chord } from './chord';
import { round, type Point } from './polar';

export interface SideText extends Point {
  readonly anchor: 'start' | 'end';
  /** Keys of the slot on this side, as far as one looks; null where it is not known. */
  readonly count: number | null;
}

export interface TextRoom {
  readonly discs: readonly (Point & { readonly radius: number })[];
  /** Inner and outer edge of the band. */
  readonly band: readonly [inner: number, outer: number];
  readonly thread: Chord;
  /** What stands already. */
  readonly taken: readonly TextBox[];
}

export interface TextBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const HALF_LINE_PX = 8;
/** Widths of a slot's number, in mono type, and of `16 keys`, in pixels. */
const NUMBER_PX = 32;
const KEYS_PX = 46;
const SPACE_PX = 6;

/** The number of the slot, and its keys with the giver, inside the band beside the notch. */
export function giverText(count: number | null, notch: Point, room: TextRoom): SideText {
  const side = notch.x >= 0 ? -1 : 1;
  const widthPx = NUMBER_PX + (count === null ? 0 : SPACE_PX + KEYS_PX);
  const spots = [4, 16, 30].flatMap((inPx) =>
    [-13, 13, -24, 24].map((y) => ({ x: notch.x + side * inPx, y: notch.y + y })),
  );
  const anchor = side < 0 ? 'end' : 'start';
  return {
    ...firstFree(
      spots.map((spot) => ({ ...spot, anchor })),
      widthPx,
      room,
    ),
    count,
  };
}

/** The keys with the taker, near its end of the thread. */
export function takerText(count: number, room: TextRoom): SideText {
  const spots = [0.84, 0.76, 0.68, 0.6, 0.5].flatMap((share) => {
    const { x, y } = chordPoint(room.thread, share);
    const right = { x: x + 9, y, anchor: 'start' as const };
    const left = { x: x - 9, y, anchor: 'end' as const };
    return x >= 0 ? [right, left] : [left, right];
  });
  return { ...firstFree(spots, KEYS_PX, room), count };
}

/** What a text covers. */
export function boxOf({ x, y, anchor, count }: SideText, isNumbered: boolean): TextBox {
  const keys = count === null ? 0 : KEYS_PX + (isNumbered ? SPACE_PX : 0);
  return box({ x, y, anchor }, keys + (isNumbered ? NUMBER_PX : 0));
}

type Spot = Pick<SideText, 'x' | 'y' | 'anchor'>;

function firstFree(spots: readonly Spot[], widthPx: number, room: TextRoom): Spot {
  const { x, y, anchor } = spots.find((spot) => isFree(box(spot, widthPx), room)) ?? spots[0]!;
  return { x: round(x), y: round(y), anchor };
}

function box({ x, y, anchor }: Spot, widthPx: number): TextBox {
  const left = anchor === 'start' ? x : x - widthPx;
  return { left, right: left + widthPx, top: y - HALF_LINE_PX, bottom: y + HALF_LINE_PX };
}

function isFree(text: TextBox, { discs, band, thread, taken }: TextRoom): boolean {
  const [inner, outer] = band;
  const far = cornersAndMiddles(text).map(({ x, y }) => Math.hypot(x, y));
  const isOnBand = far.some((px) => px > inner - 2 && px < outer + 2);
  return (
    !isOnBand &&
    discs.every((disc) => awayPx(text, disc) > disc.radius + 6) &&
    !samples(thread).some((point) => awayPx(text, point) < 1) &&
    taken.every((other) => isApart(text, other))
  );
}

function cornersAndMiddles({ left, right, top, bottom }: TextBox): Point[] {
  const across = [left, (left + right) / 2, right];
  return across.flatMap((x) => [top, bottom].map((y) => ({ x, y })));
}

function samples(thread: Chord): Point[] {
  return Array.from({ length: 41 }, (_, i) => chordPoint(thread, i / 40));
}

function awayPx({ left, right, top, bottom }: TextBox, { x, y }: Point): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

const isApart = (a: TextBox, b: TextBox): boolean =>
  a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
