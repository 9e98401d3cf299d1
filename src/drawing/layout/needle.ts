/** The needle that points at a slot, its pin on the band, and the read-out outside. */
import type { Slot } from '../../protocol/ids';
import { distancePx, polar, slotAngleRad, xy, type Point } from './polar';
import type { RingSize } from './ring-size';

export interface NeedlePicture {
  readonly blade: string;
  readonly pin: Point;
  readonly leader: string;
  /** Where the blade crosses the slot ranges inside the band. */
  readonly crossing: Point;
  readonly label: Point;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The needle at a slot; the read-out moves further out where a disc is in its way. */
export function needlePicture(
  slot: Slot,
  size: RingSize,
  discs: Iterable<Point & { radius: number }>,
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
  const label = polar(reach + 6, angleRad);
  const anchor = Math.abs(Math.sin(angleRad)) < 0.3 ? 'middle' : label.x > 0 ? 'start' : 'end';
  return {
    blade: `${xy(hub[0])} ${xy(tip)} ${xy(hub[1])}`,
    pin: polar(size.radius, angleRad),
    crossing: polar(size.radius - size.band / 2 - 12, angleRad),
    leader: `M${xy(polar(outer + 6, angleRad))}L${xy(polar(reach, angleRad))}`,
    ...{ label, anchor },
  };
}
