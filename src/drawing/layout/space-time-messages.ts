/**
 * Messages of the lanes. Lines of one look share one path, so that hundreds of heartbeats cost a
 * handful of
 * elements; only what matters gets a glyph of its own.
 */
import type { Beat, MessageTrace } from '../../timeline/cluster-source';
import type { MessageType } from '../../protocol/notes';
import { beliefColour, messageColour } from '../palette';
import type { Lanes } from './space-time-lanes';

export interface MessageLine {
  readonly trace: MessageTrace;
  readonly isKey: boolean;
  readonly rumour: 'pfail' | 'fail' | null;
  readonly x0: number;
  readonly y0: number;
  /** Where the message is at `endMs`: at the receiver's lane, or where it was lost. */
  readonly x1: number;
  readonly y1: number;
  readonly endMs: number;
}

export interface Stroke {
  readonly key: string;
  readonly colour: string;
  readonly dashed: boolean;
  readonly weight: 'key' | 'rumour' | 'plain';
  readonly d: string;
}

export interface LineEnd {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly kind: 'lost' | 'unread' | 'held';
}

/** Beyond this many, heartbeats that carry no news would only be grey fog. */
const MOST_PLAIN_LINES = 1_500;
/** From so many decisive lines on, the broadcasts of many verdicts would cover the lanes. */
const BUSY_FROM_LINES = 120;
/** A lost message goes this far; the journey of one held back ends sooner. */
const REACH: Readonly<Record<MessageTrace['fate'], number>> = {
  flying: 1,
  delivered: 1,
  unread: 1,
  lost: 0.55,
  held: 0.3,
};

/** One line for each message whose ends both have a lane of their own, or at least one of them. */
export function messageLines(
  traces: readonly MessageTrace[],
  beats: readonly Beat[],
  lanes: Lanes,
  xOf: (atMs: number) => number,
): MessageLine[] {
  const filedReports = new Set(beats.filter(isReport).map(reportKey));
  const lines: MessageLine[] = [];
  for (const trace of traces) {
    const y0 = lanes.yOf.get(trace.from);
    const yEnd = lanes.yOf.get(trace.to);
    if (y0 === undefined || yEnd === undefined || y0 === yEnd) continue;
    const reach = REACH[trace.fate];
    const endMs = trace.sentAtMs + (trace.deliverAtMs - trace.sentAtMs) * reach;
    lines.push({
      trace,
      isKey: isKeyMessage(trace, filedReports),
      rumour: gravestRumour(trace),
      x0: xOf(trace.sentAtMs),
      y0,
      x1: xOf(endMs),
      y1: y0 + (yEnd - y0) * reach,
      endMs,
    });
  }
  return lines;
}

/**
 * The lines as paths, one for each look; plain ones are left out when they are too many to tell
 * apart.
 */
export function strokesOf(lines: readonly MessageLine[]): Stroke[] {
  const plainCount = lines.reduce((n, line) => n + (weightOf(line) === 'plain' ? 1 : 0), 0);
  const parts = new Map<string, { stroke: Omit<Stroke, 'd'>; d: string[] }>();
  for (const line of lines) {
    const stroke = strokeOf(line);
    if (stroke.weight === 'plain' && plainCount > MOST_PLAIN_LINES) continue;
    const path = `M${round(line.x0)} ${round(line.y0)}L${round(line.x1)} ${round(line.y1)}`;
    const same = parts.get(stroke.key);
    if (same) same.d.push(path);
    else parts.set(stroke.key, { stroke, d: [path] });
  }
  const order = { plain: 0, rumour: 1, key: 2 };
  return [...parts.values()]
    .map(({ stroke, d }) => ({ ...stroke, d: d.join('') }))
    .sort((a, b) => order[a.weight] - order[b.weight]);
}

/** Whether a message changes what somebody holds, heartbeats with reports apart. */
export function decides({ trace }: MessageLine): boolean {
  return isDecisive(trace.type);
}

/** The same of a type. */
export const isDecisive = (type: MessageType): boolean => !ORDINARY.has(type);

/** Whether so much was decided at once that each line has to stand back. */
export function areBusy(lines: readonly MessageLine[]): boolean {
  return lines.length >= BUSY_FROM_LINES && lines.filter(decides).length >= BUSY_FROM_LINES;
}

/** The small rings where a message was lost, waits unread, or is held back. */
export function lineEnds(lines: readonly MessageLine[]): LineEnd[] {
  const ends: LineEnd[] = [];
  for (const { trace, x1, y1 } of lines) {
    const kind = trace.fate;
    if (kind === 'lost' || kind === 'unread' || kind === 'held') {
      ends.push({ id: trace.id, x: x1, y: y1, kind });
    }
  }
  return ends;
}

/** More glyphs than this on the wire would hide each other; their lines tell, then. */
const MOST_FLYING = 48;

/** The key messages on the wire at `atMs`, each with where it is; none if they are too many. */
export function inFlight(lines: readonly MessageLine[], atMs: number) {
  const flying = lines.filter(
    (line) => line.isKey && line.trace.sentAtMs < atMs && atMs < line.endMs,
  );
  if (flying.length > MOST_FLYING) return [];
  return flying.map((line) => {
    const share = (atMs - line.trace.sentAtMs) / (line.endMs - line.trace.sentAtMs);
    return {
      id: line.trace.id,
      type: line.trace.type,
      rumour: line.rumour,
      x: line.x0 + (line.x1 - line.x0) * share,
      y: line.y0 + (line.y1 - line.y0) * share,
    };
  });
}

/** The message drawn nearest to a point, if one is within `reachPx`; key messages win ties. */
export function messageNear(
  lines: readonly MessageLine[],
  point: { readonly x: number; readonly y: number },
  reachPx: number,
): MessageLine | null {
  let nearest: MessageLine | null = null;
  let leastPx = reachPx;
  for (const line of lines) {
    if (point.x < line.x0 - reachPx || point.x > line.x1 + reachPx) continue;
    const distancePx = distanceToLine(line, point) - (line.isKey ? 2 : 0);
    if (distancePx < leastPx) {
      leastPx = distancePx;
      nearest = line;
    }
  }
  return nearest;
}

const CHARACTER_PX = 6.7;

/** The middle of a message's name: over its line, whole between the ends of the lanes. */
export function nameX(
  { x0, x1 }: Pick<MessageLine, 'x0' | 'x1'>,
  length: number,
  [from, to]: readonly [from: number, to: number],
): number | null {
  if (x1 < from || x0 > to) return null;
  const halfPx = namePx(length) / 2;
  return Math.max(from + halfPx, Math.min((x0 + x1) / 2, to - halfPx));
}

/** How wide a name of so many characters is, with a little room at both ends. */
export const namePx = (length: number): number => length * CHARACTER_PX + 8;

const ORDINARY: ReadonlySet<MessageType> = new Set(['PING', 'PONG']);

function isKeyMessage(trace: MessageTrace, filedReports: ReadonlySet<string>): boolean {
  if (!ORDINARY.has(trace.type)) return true;
  return trace.rumours.some((rumour) =>
    filedReports.has(`${trace.to} ${rumour.about} ${trace.from} ${trace.deliverAtMs}`),
  );
}

type ReportBeat = Beat & { readonly note: { readonly event: 'report.add' } };

function isReport(beat: Beat): beat is ReportBeat {
  return beat.note.event === 'report.add';
}

function reportKey({ note, atMs }: ReportBeat): string {
  return `${note.at} ${note.about} ${note.by} ${atMs}`;
}

function gravestRumour(trace: MessageTrace): 'pfail' | 'fail' | null {
  if (trace.rumours.length === 0) return null;
  return trace.rumours.some((rumour) => rumour.flag === 'fail') ? 'fail' : 'pfail';
}

function weightOf(line: MessageLine): Stroke['weight'] {
  if (line.isKey) return 'key';
  return line.rumour === 'pfail' ? 'rumour' : 'plain';
}

function strokeOf(line: MessageLine): Omit<Stroke, 'd'> {
  const weight = weightOf(line);
  const carried = line.rumour !== null && (line.isKey || line.rumour === 'pfail');
  const colour =
    ORDINARY.has(line.trace.type) && carried
      ? beliefColour(line.rumour)
      : messageColour(line.trace.type);
  const dashed = line.trace.type === 'PONG';
  return { key: `${weight} ${colour} ${dashed}`, colour, dashed, weight };
}

function distanceToLine(line: MessageLine, point: { x: number; y: number }): number {
  const dx = line.x1 - line.x0;
  const dy = line.y1 - line.y0;
  const along = ((point.x - line.x0) * dx + (point.y - line.y0) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - line.x0 - dx * share, point.y - line.y0 - dy * share);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
