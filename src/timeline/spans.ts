/**
 * Spans: stretches of time in which a node suspected another, or was not running itself.
 */
import type { RecordedNote } from '../protocol/notes';
import type { Span } from './cluster-source';

/** The spans after one more note; a new list when it opens or closes one. */
export function withNote(spans: readonly Span[], note: RecordedNote): readonly Span[] {
  switch (note.event) {
    case 'flag.set':
      return open(spans, { kind: note.flag, node: note.at, about: note.about }, note.atMs);
    case 'flag.clear':
      return close(spans, { kind: note.flag, node: note.at, about: note.about }, note.atMs);
    case 'process': {
      let next = spans;
      for (const kind of ['frozen', 'killed'] as const) {
        next = close(next, { kind, node: note.node, about: null }, note.atMs);
      }
      if (note.process === 'running') return next;
      return open(next, { kind: note.process, node: note.node, about: null }, note.atMs);
    }
    default:
      return spans;
  }
}

type Key = Pick<Span, 'kind' | 'node' | 'about'>;

function open(spans: readonly Span[], key: Key, fromMs: number): readonly Span[] {
  return [...spans, { ...key, fromMs, untilMs: null }];
}

function close(spans: readonly Span[], key: Key, untilMs: number): readonly Span[] {
  const isOpen = (span: Span): boolean =>
    span.untilMs === null &&
    span.kind === key.kind &&
    span.node === key.node &&
    span.about === key.about;
  if (!spans.some(isOpen)) return spans;
  return spans.map((span) => (isOpen(span) ? { ...span, untilMs } : span));
}
