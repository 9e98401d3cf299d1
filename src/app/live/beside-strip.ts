/** Numbers of the strips: each interval on an axis of its own, so that luck can be seen. */
import { scaleLinear } from 'd3';
import type { IntervalRow } from '../../beside/intervals';

export const STRIP_PX = { width: 300, height: 22, inset: 8 };

export interface Strip {
  readonly p10Px: number;
  readonly medianPx: number;
  readonly p90Px: number;
  /** The run at hand. */
  readonly thisPx: number | null;
  readonly othersPx: readonly number[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shorter axes would show differences that nobody should look at. */
const SHORTEST_MS = 20;

/** Null while the model has nothing to say. */
export function stripOf({ spread, simulated, real, thisMs }: IntervalRow): Strip | null {
  if (spread === null) return null;
  const all = [...simulated, ...real, ...(thisMs === null ? [] : [thisMs])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(0, SHORTEST_MS - (most - least)) / 2;
  const [fromMs, toMs] = [Math.max(0, least - room), most + room];
  const x = scaleLinear([fromMs, toMs], [STRIP_PX.inset, STRIP_PX.width - STRIP_PX.inset]);
  return {
    ...{ p10Px: x(spread.p10Ms), medianPx: x(spread.medianMs), p90Px: x(spread.p90Ms) },
    ...{ thisPx: thisMs === null ? null : x(thisMs), fromMs, toMs },
    othersPx: real.filter((ms) => ms !== thisMs).map((ms) => x(ms)),
  };
}
