/**
 * What the lanes themselves carry: who believed what about the subject, who was frozen, and the
 * marks between.
 */
import type { Beat, Span } from '../../timeline/cluster-source';
import type { GlyphType } from '../marks/glyph-type';
import type { Lanes } from './space-time-lanes';
import type { MessageLine } from './space-time-messages';

export interface Band {
  readonly key: string;
  readonly kind: Span['kind'];
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
}

export interface LaneMark {
  readonly key: string;
  readonly kind: 'pfail' | 'report' | 'start' | 'win' | 'glyph';
  readonly glyph: GlyphType;
  readonly x: number;
  readonly y: number;
  readonly atMs: number;
  /** The node whose colour the mark wears: a report's author, a new master. */
  readonly owner: string | null;
}

const MARK_ROOM_PX = 9;
const GLYPHS_ON_ARRIVAL: ReadonlySet<string> = new Set([
  'FAIL',
  'FAILOVER_AUTH_REQUEST',
  'FAILOVER_AUTH_ACK',
  'UPDATE',
  'MFSTART',
  'MEET',
  'PUBLISH',
  'PUBLISHSHARD',
]);

interface Ground {
  readonly lanes: Lanes;
  readonly xOf: (atMs: number) => number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Whose downfall the lanes tell: the latest node that anyone suspects at or before `atMs`, or null.
 */
export function subjectAt(spans: readonly Span[], atMs: number): string | null {
  let latest: Span | null = null;
  for (const span of spans) {
    const isBelief = span.kind === 'pfail' || span.kind === 'fail';
    if (isBelief && span.fromMs <= atMs && span.fromMs > (latest?.fromMs ?? -1)) latest = span;
  }
  return latest?.about ?? null;
}

/**
 * Belief about `subject` and stops of processes, cut to the sheet; what still holds reaches its end.
 */
export function bandsOf(spans: readonly Span[], subject: string | null, ground: Ground): Band[] {
  const bands: Band[] = [];
  for (const span of spans) {
    // What still holds reaches beyond what is computed; the picture cuts it off there.
    const untilMs = Math.min(span.untilMs ?? ground.toMs, ground.toMs);
    const fromMs = Math.max(span.fromMs, ground.fromMs);
    if (untilMs < fromMs || !isTold(span, subject, ground.lanes)) continue;
    bands.push({
      key: `${span.kind} ${span.node} ${span.about ?? ''} ${span.fromMs}`,
      kind: span.kind,
      x0: ground.xOf(fromMs),
      x1: ground.xOf(untilMs),
      y: ground.lanes.yOf.get(span.node)!,
    });
  }
  return bands;
}

/**
 * Marks of changed belief, reports, elections and arrivals; where they would touch, the graver one
 * stays.
 */
export function marksOf(
  {
    spans,
    beats,
    lines,
  }: {
    readonly spans: readonly Span[];
    readonly beats: readonly Beat[];
    readonly lines: readonly MessageLine[];
  },
  subject: string | null,
  ground: Ground,
): LaneMark[] {
  const isDense = ground.lanes.isDense;
  const candidates = [
    ...(isDense ? [] : spans.flatMap((span) => beliefMark(span, subject, ground))),
    ...beats.flatMap((beat) => beatMark(beat, ground)),
    ...(isDense ? [] : lines.flatMap(arrivalMark)),
  ].filter((mark) => mark.atMs >= ground.fromMs && mark.atMs <= ground.toMs);
  return thinned(candidates);
}

function isTold(span: Span, subject: string | null, lanes: Lanes): boolean {
  if (!lanes.yOf.has(span.node) || lanes.foldedNames.has(span.node)) return false;
  return span.kind === 'frozen' || span.kind === 'killed' || span.about === subject;
}

function beliefMark(span: Span, subject: string | null, ground: Ground): LaneMark[] {
  if (span.about === null || !isTold(span, subject, ground.lanes)) return [];
  const kind = span.kind === 'pfail' ? 'pfail' : 'glyph';
  return markAt(span.node, span.fromMs, { kind, glyph: 'FAIL', owner: null }, ground);
}

function beatMark({ note, atMs }: Beat, ground: Ground): LaneMark[] {
  switch (note.event) {
    case 'report.add':
      if (ground.lanes.isDense) return [];
      return markAt(note.at, atMs, { kind: 'report', glyph: 'PING', owner: note.by }, ground);
    case 'vote.deny':
      return markAt(note.by, atMs, { kind: 'glyph', glyph: 'DENIED', owner: null }, ground);
    case 'election.start':
      return markAt(note.node, atMs, { kind: 'start', glyph: 'PING', owner: null }, ground);
    case 'promote':
      return markAt(note.node, atMs, { kind: 'win', glyph: 'PING', owner: note.node }, ground);
    default:
      return [];
  }
}

function arrivalMark(line: MessageLine): LaneMark[] {
  const { type, id, fate } = line.trace;
  // What nobody read has no glyph at the receiver: a ring says so.
  if (!GLYPHS_ON_ARRIVAL.has(type) || (fate !== 'delivered' && fate !== 'flying')) return [];
  return [
    {
      key: `arrival ${id}`,
      kind: 'glyph',
      glyph: type,
      x: line.x1,
      y: line.y1,
      atMs: line.endMs,
      owner: null,
    },
  ];
}

function markAt(
  node: string,
  atMs: number,
  look: Pick<LaneMark, 'kind' | 'glyph' | 'owner'>,
  { lanes, xOf }: Ground,
): LaneMark[] {
  const y = lanes.yOf.get(node);
  if (y === undefined || lanes.foldedNames.has(node)) return [];
  return [
    {
      key: `${look.kind} ${look.glyph} ${node} ${atMs} ${look.owner}`,
      x: xOf(atMs),
      y,
      atMs,
      ...look,
    },
  ];
}

function thinned(marks: readonly LaneMark[]): LaneMark[] {
  const kept = new Map<number, LaneMark[]>();
  const gravestFirst = [...marks].sort((a, b) => gravity(a) - gravity(b) || a.atMs - b.atMs);
  for (const mark of gravestFirst) {
    const onLane = kept.get(mark.y) ?? [];
    if (onLane.some((other) => Math.abs(other.x - mark.x) < MARK_ROOM_PX)) continue;
    kept.set(mark.y, [...onLane, mark]);
  }
  return [...kept.values()].flat();
}

function gravity(mark: LaneMark): number {
  const order = ['FAIL', 'DENIED', 'win', 'start', 'FAILOVER_AUTH_ACK', 'FAILOVER_AUTH_REQUEST'];
  const rank = order.indexOf(mark.kind === 'glyph' ? mark.glyph : mark.kind);
  return rank === -1 ? order.length : rank;
}
