/** Something the page has to say about time itself; the words are made where it is shown. */
import type { BeatKind } from '../../timeline/cluster-source';

export type News =
  /** No next beat or delivery, as far as one looked ahead. */
  | { readonly type: 'none'; readonly what: 'beat' | 'delivery'; readonly limitMs: number }
  /** A breakpoint stopped the clock. */
  | { readonly type: 'break'; readonly kind: BeatKind }
  /** A search came to its end. */
  | { readonly type: 'found' | 'already'; readonly atMs: number; readonly what: string }
  | { readonly type: 'missing'; readonly limitMs: number; readonly what: string };
