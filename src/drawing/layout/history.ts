import type { Beat, MessageTrace, Sight, Span, TypeFilter } from '../../timeline/cluster-source';
import type { Talk } from './talk';

/**
 * What is recorded of one branch. A new object whenever more is known, so that layouts can be kept
 * until then.
 */
export interface History {
  /** Differs whenever more is recorded, or another branch is at hand. */
  readonly recorded: string;
  readonly computedUntilMs: number;
  readonly beats: readonly Beat[];
  readonly spans: readonly Span[];
  messages(fromMs: number, toMs: number, isMeant?: TypeFilter): readonly MessageTrace[];
  /** Messages sent in each bucket of `bucketMs` since 0. */
  density(bucketMs: number): readonly number[];
  /** How something is known that happened to real nodes. Default: everything is seen. */
  readonly evidenceOf?: Sight['evidenceOf'];
  /** The conversation of a client; its lane stands above the others. Default none. */
  readonly talk?: Talk | null;
  /** What is said of the time that nothing is known of. Default: it is not computed yet. */
  readonly beyond?: string | undefined;
  /** What a real clock showed at 0, in Unix milliseconds. Default none: virtual time. */
  readonly startsAtUnixMs?: number | undefined;
  /** Nothing is known of the time before; absent: all is, from 0. */
  readonly beginsAtMs?: number | undefined;
}

/** What a source has recorded, at the moment of asking; `recorded` names that state of the record. */
export function historyOf(source: Sight, recorded: string): History {
  return {
    recorded,
    computedUntilMs: source.computedUntilMs,
    beats: source.beats(),
    spans: source.spans(),
    messages: (fromMs, toMs, isMeant) => source.messages(fromMs, toMs, isMeant),
    density: (bucketMs) => source.density(bucketMs),
    evidenceOf: source.evidenceOf && ((note) => source.evidenceOf!(note)),
  };
}
