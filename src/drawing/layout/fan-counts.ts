/** How many a broadcast drawn as a fan goes to, and where that is written. */
import type { FrameMessage } from '../../protocol/cluster-frame';
import { broadcastKey, isOfFan } from './broadcasts';
import type { NodePlaces } from './node-places';
import type { Point } from './polar';

/** How far from its sender the glyph of a fan stands, as a share of the way to the centre. */
const BADGE_AT = 0.34;

/** Where the one glyph of a fan stands, with its count. */
export function fanBadge({ x, y }: Point): Point {
  return { x: x * (1 - BADGE_AT), y: y * (1 - BADGE_AT) };
}

export interface FanCount extends Point {
  readonly key: string;
  readonly type: FrameMessage['type'];
  /** How many are on their way. */
  readonly count: number;
}

/** The counts of the fans on a ring of discs, one each. */
export function fanCounts(
  messages: readonly FrameMessage[],
  atMs: number,
  places: NodePlaces,
): FanCount[] {
  const fans = new Map<string, FanCount>();
  for (const message of messages) {
    const { type, from, fate, sentAtMs, deliverAtMs } = message;
    if (fate !== 'flying' || !isOfFan(type, places.size)) continue;
    const sender = places.get(from);
    if (!sender || atMs < sentAtMs || atMs >= deliverAtMs) continue;
    const key = broadcastKey(message);
    const count = (fans.get(key)?.count ?? 0) + 1;
    fans.set(key, { key, type, count, ...fanBadge(sender) });
  }
  return [...fans.values()];
}
