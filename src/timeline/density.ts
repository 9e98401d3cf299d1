import type { MessageTrace } from './cluster-source';

/** How many messages were sent in each bucket of `bucketMs` since 0. */
export function densityOf(
  traces: readonly Pick<MessageTrace, 'sentAtMs'>[],
  bucketMs: number,
): number[] {
  const counts: number[] = [];
  for (const { sentAtMs } of traces) {
    const bucket = Math.floor(sentAtMs / bucketMs);
    while (counts.length <= bucket) counts.push(0);
    counts[bucket]!++;
  }
  return counts;
}
