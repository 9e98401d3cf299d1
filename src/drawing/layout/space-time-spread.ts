/** How far the news has come: how many nodes hold PFAIL or FAIL about one, as areas over time. */
import type { Span } from '../../timeline/cluster-source';
import { round } from './polar';

export interface Spread {
  /** Nodes that hold PFAIL or FAIL, and those of them that hold FAIL, as closed paths. */
  readonly suspects: string;
  readonly convinced: string;
  /** The same without the ground line. */
  readonly suspectsEdge: string;
  readonly convincedEdge: string;
}

export interface SpreadGround {
  readonly xOf: (atMs: number) => number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly topPx: number;
  readonly bottomPx: number;
  /** How many there are who could know. */
  readonly most: number;
}

/** The curves for `subject` to the end of the sheet; the picture cuts off what is not computed. */
export function spreadOf(
  spans: readonly Span[],
  subject: string,
  computedUntilMs: number,
  ground: SpreadGround,
): Spread {
  const about = spans.filter((span) => span.about === subject);
  const edge = (kinds: readonly Span['kind'][]) => {
    const held = about.filter(({ kind }) => kinds.includes(kind));
    return stairs(countsOver(held, computedUntilMs), ground);
  };
  const [suspects, convinced] = [edge(['pfail', 'fail']), edge(['fail'])];
  return {
    suspects: closed(suspects, ground),
    convinced: closed(convinced, ground),
    suspectsEdge: suspects.path,
    convincedEdge: convinced.path,
  };
}

/** How many nodes hold something at each moment at which that changes. */
export function countsOver(
  spans: readonly Span[],
  computedUntilMs: number,
): readonly { readonly atMs: number; readonly count: number }[] {
  const changes = spans.flatMap(({ fromMs, untilMs }) => [
    { atMs: fromMs, by: 1 },
    ...(untilMs !== null && untilMs <= computedUntilMs ? [{ atMs: untilMs, by: -1 }] : []),
  ]);
  changes.sort((a, b) => a.atMs - b.atMs || b.by - a.by);
  let count = 0;
  const counts: { atMs: number; count: number }[] = [];
  for (const { atMs, by } of changes) {
    count += by;
    if (counts.at(-1)?.atMs === atMs) counts[counts.length - 1] = { atMs, count };
    else counts.push({ atMs, count });
  }
  return counts;
}

interface Stairs {
  readonly path: string;
  readonly startPx: number;
  readonly endPx: number;
}

function stairs(
  counts: ReturnType<typeof countsOver>,
  { xOf, fromMs, toMs, topPx, bottomPx, most }: SpreadGround,
): Stairs {
  const yOf = (count: number) => bottomPx - (count / Math.max(1, most)) * (bottomPx - topPx);
  const before = counts.findLast(({ atMs }) => atMs <= fromMs)?.count ?? 0;
  const startPx = round(xOf(fromMs));
  const endPx = round(xOf(toMs));
  let path = before > 0 ? `M${startPx} ${round(yOf(before))}` : '';
  for (const { atMs, count } of counts) {
    if (atMs <= fromMs || atMs > toMs) continue;
    path += path === '' ? `M${round(xOf(atMs))} ${bottomPx}` : `H${round(xOf(atMs))}`;
    path += `V${round(yOf(count))}`;
  }
  return { path: path === '' ? '' : `${path}H${endPx}`, startPx, endPx };
}

function closed({ path, startPx, endPx }: Stairs, { bottomPx }: SpreadGround): string {
  return path === '' ? '' : `${path}L${endPx} ${bottomPx}H${startPx}Z`;
}
