/**
 * Messages of a recording in columns, most of them of small numbers: so they take half the room in
 * a file that is waited for.
 */
import type { MessageTrace } from './cluster-source';

type Rest = Omit<MessageTrace, 'id' | 'sentAtMs' | 'deliverAtMs'>;

export interface TraceColumns {
  /** How much greater each number is than the one before. */
  readonly ids: readonly number[];
  readonly sentAtMs: readonly number[];
  readonly tookMs: readonly number[];
  /** What else a message is, by its place in `kinds`. */
  readonly kind: readonly number[];
  readonly kinds: readonly Rest[];
}

export function columnsOf(traces: readonly MessageTrace[]): TraceColumns {
  const places = new Map<string, number>();
  const kind = traces.map(({ id: _id, sentAtMs: _sent, deliverAtMs: _deliver, ...rest }) => {
    const text = JSON.stringify(rest);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return {
    ids: gaps(traces.map(({ id }) => id)),
    sentAtMs: gaps(traces.map(({ sentAtMs }) => sentAtMs)),
    tookMs: traces.map(({ sentAtMs, deliverAtMs }) => deliverAtMs - sentAtMs),
    kind,
    kinds: [...places.keys()].map((text) => JSON.parse(text) as Rest),
  };
}

const gaps = (values: readonly number[]): number[] =>
  values.map((value, i) => value - (values[i - 1] ?? 0));

export function tracesOf({ ids, sentAtMs, tookMs, kind, kinds }: TraceColumns): MessageTrace[] {
  let [id, atMs] = [0, 0];
  return ids.map((gap, i) => {
    [id, atMs] = [id + gap, atMs + sentAtMs[i]!];
    return { id, sentAtMs: atMs, deliverAtMs: atMs + tookMs[i]!, ...kinds[kind[i]!]! };
  });
}
