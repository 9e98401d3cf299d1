/** The needle that points at a slot, its pin on the band, and the read-out outside. */
import type { Slot } from '../../protocol/ids';
import { distancePx, polar, slotAngleRad, xy, type Point } from './polar';
import type { RingSize } from './ring-size';

/** A slot to point at, the key that hashes to it, and where it stood for the key's beginnings. */
export interface NeedleTarget {
  readonly slot: Slot;
  readonly label: string;
  readonly earlier?: readonly { readonly slot: Slot; readonly label: string }[];
}

export interface NeedlePicture {
  readonly blade: string;
  readonly pin: Point;
  readonly leader: string;
  /** Where the blade crosses the slot ranges inside the band. */
  readonly crossing: Point;
  readonly label: Point;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Thin lines to where it stood before, the oldest faintest. */
  readonly earlier: readonly {
    readonly line: string;
    readonly at: Point;
    readonly text: string;
    readonly opacity: number;
    readonly crossing: Point;
  }[];
}

/** How wide and high the stage is, and about how wide the read-out's text. */
interface Room {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly textPx: number;
  /** Points of arrows and texts that the read-out must not lie on; none unless given. */
  readonly covered?: readonly Point[];
}

/** So far the read-out keeps from what is written. */
const WRITTEN_PX = 9;

/** The needle at a slot; the read-out moves further out where a disc is in its way. */
export function needlePicture(
  { slot, earlier = [] }: Pick<NeedleTarget, 'slot' | 'earlier'>,
  size: RingSize,
  discs: Iterable<Point & { radius: number }>,
  room: Room,
): NeedlePicture {
  const angleRad = slotAngleRad(slot + 0.5);
  const outer = size.radius + size.band / 2;
  const tip = polar(outer + 3, angleRad);
  const hub = [polar(10, angleRad - 0.6), polar(10, angleRad + 0.6)] as const;
  let reach = size.radius + 38;
  const busy = [...discs];
  const isTaken = () => {
    const at = polar(reach + 14, angleRad);
    return busy.some((disc) => distancePx(disc, at) < disc.radius + 14);
  };
  while (isTaken() && reach < size.radius + 86) reach += 8;
  const free = polar(reach + 6, angleRad);
  const anchor: Anchor =
    Math.abs(Math.sin(angleRad)) < 0.3 ? 'middle' : free.x > 0 ? 'start' : 'end';
  const written = (room.covered ?? []).map((point) => ({ ...point, radius: WRITTEN_PX }));
  const wish = { x: insideX(free.x, anchor, size, room), y: free.y };
  const within = { anchor, room, bottomPx: room.heightPx - size.centreY };
  const things = [...busy, ...written];
  const { label, side } = clearOf([...things, ...alongBand(size)], wish, within) ??
    clearOf(things, wish, within) ?? {
      label: { x: wish.x, y: Math.min(wish.y, within.bottomPx - TEXT_DROP_PX) },
      side: anchor,
    };
  return {
    blade: `${xy(hub[0])} ${xy(tip)} ${xy(hub[1])}`,
    pin: polar(size.radius, angleRad),
    crossing: polar(size.radius - size.band / 2 - 12, angleRad),
    leader: `M${xy(polar(outer + 6, angleRad))}L${xy(polar(reach, angleRad))}`,
    ...{ label, anchor: side },
    earlier: earlier.map((one, i) => earlierLine(one, size, i / Math.max(1, earlier.length - 1))),
  };
}

const BAND_DISCS = 90;

/** Discs that cover the band together: a text that had to move inside the stage keeps off it. */
function alongBand({ radius, band }: RingSize): (Point & { readonly radius: number })[] {
  return Array.from({ length: BAND_DISCS }, (_, i) => ({
    ...polar(radius, (i / BAND_DISCS) * 2 * Math.PI),
    radius: band / 2,
  }));
}

/** From the hub to the band; the names stand further out from one to the next. */
function earlierLine(
  { slot, label }: { slot: Slot; label: string },
  size: RingSize,
  share: number,
): NeedlePicture['earlier'][number] {
  const angleRad = slotAngleRad(slot + 0.5);
  const inner = size.radius - size.band / 2 - 3;
  return {
    line: `M${xy(polar(12, angleRad))}L${xy(polar(inner, angleRad))}`,
    at: polar(size.radius * (0.5 + 0.16 * share), angleRad),
    text: label,
    opacity: 0.22 + 0.2 * share,
    crossing: polar(inner - 9, angleRad),
  };
}

/** Two lines of text: how far they reach above and below the upper one. */
const TEXT_RISE_PX = 10;
const TEXT_DROP_PX = 30;

type Anchor = NeedlePicture['anchor'];

/**
 * Text that had to move inside the stage stands above or below the discs it would lie on, and
 * beside them where the stage ends below.
 */
function clearOf(
  discs: readonly (Point & { radius: number })[],
  { x, y }: Point,
  { anchor, room, bottomPx }: { anchor: Anchor; room: Room; bottomPx: number },
): { label: Point; side: Anchor } | null {
  const isFree = (at: Point, side: Anchor) => {
    const left = at.x - room.textPx * SHARE_LEFT[side];
    return discs.every((disc) => {
      const aside = Math.max(left - disc.x, disc.x - left - room.textPx, 0);
      const away = Math.max(at.y - TEXT_RISE_PX - disc.y, disc.y - at.y - TEXT_DROP_PX, 0);
      return Math.hypot(aside, away) > disc.radius + 2;
    });
  };
  const lowest = bottomPx - TEXT_DROP_PX;
  for (let by = 0; by <= 112; by += 8) {
    const free = [y + by, y - by].find((at) => at <= lowest && isFree({ x, y: at }, anchor));
    if (free !== undefined) return { label: { x, y: free }, side: anchor };
    const side = x > 0 ? 'start' : 'end';
    const beside = { x: x + (x > 0 ? by : -by), y: lowest };
    if (y + by > lowest && isFree(beside, side)) return { label: beside, side };
  }
  return null;
}

const EDGE_PX = 8;
const SHARE_LEFT = { start: 0, middle: 0.5, end: 1 } as const;

/** Text at `x` moved so that all of it is on the stage. */
function insideX(
  x: number,
  anchor: NeedlePicture['anchor'],
  { centreX }: RingSize,
  { widthPx, textPx }: Room,
): number {
  const leftPx = textPx * SHARE_LEFT[anchor];
  const least = EDGE_PX - centreX + leftPx;
  const most = widthPx - EDGE_PX - centreX - (textPx - leftPx);
  return Math.max(least, Math.min(most, x));
}
