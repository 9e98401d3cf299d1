/**
 * Beats as flags above the lanes. A label stands right of its flag if there is room before the next
 * one,
 * else left of it, else it waits for the pointer.
 */
import type { Beat, BeatKind } from '../../timeline/cluster-source';

export interface Flag {
  readonly key: string;
  /** The beat a click goes to. */
  readonly beat: Beat;
  readonly atMs: number;
  readonly x: number;
  readonly tone: 'fail' | 'pfail' | 'plain';
  readonly label: string;
  readonly widthPx: number;
  readonly side: 'left' | 'right' | 'hidden';
  readonly isCurrent: boolean;
}

type Unplaced = Omit<Flag, 'side'>;

const LABEL_GAP_PX = 5;
const ROOM_PX = 12;

interface FlagsOptions {
  readonly xOf: (atMs: number) => number;
  readonly label: (beat: Beat) => string;
  /** Step of the cursor: the last beat at or before it is current and always shows its label. */
  readonly cursorStep: number;
}

/** Flags for the given beats, oldest first, with their labels placed. */
export function flagsOf(beats: readonly Beat[], options: FlagsOptions): Flag[] {
  const foremost = foremostOfEachStep(beats);
  const current = foremost.findLast((beat) => beat.step <= options.cursorStep);
  const flags = foremost.map((beat): Unplaced => {
    const label = options.label(beat);
    return {
      key: `${beat.step}`,
      beat,
      atMs: beat.atMs,
      x: options.xOf(beat.atMs),
      tone: toneOf(beat),
      label,
      widthPx: labelWidthPx(label, 11),
      isCurrent: beat === current,
    };
  });
  return placed(flags);
}

/**
 * The beats of one step are one moment: the report that makes the quorum, the verdict, and the
 * cluster state that follows from it. The weightiest tells it.
 */
export function foremostOfEachStep(beats: readonly Beat[]): Beat[] {
  const foremost: Beat[] = [];
  for (const beat of beats) {
    const last = foremost.at(-1);
    if (last?.step !== beat.step) foremost.push(beat);
    else if (WEIGHT[beat.kind] > WEIGHT[last.kind]) foremost[foremost.length - 1] = beat;
  }
  return foremost;
}

const WEIGHT: Readonly<Record<BeatKind, number>> = {
  state: 0,
  report: 1,
  redirect: 2,
  clear: 2,
  vote: 3,
  denial: 3,
  link: 3,
  pfail: 4,
  demotion: 4,
  election: 5,
  process: 5,
  win: 6,
  fail: 7,
};

/** A close guess of the width of `text` in the interface face; Han characters are square. */
export function labelWidthPx(text: string, sizePx: number): number {
  let ems = 0;
  for (const char of text)
    ems += /[\u2e80-\uffef]/.test(char) ? 1 : /[ .,:il1|]/.test(char) ? 0.34 : 0.57;
  return ems * sizePx;
}

function toneOf({ note }: Beat): Flag['tone'] {
  if (note.event === 'flag.set') return note.flag;
  return note.event === 'vote.deny' ? 'fail' : 'plain';
}

function placed(flags: readonly Unplaced[]): Flag[] {
  const taken: { readonly from: number; readonly to: number }[] = [];
  const sides = new Map<Unplaced, Flag['side']>();
  const isFree = (from: number, to: number) =>
    taken.every((span) => to <= span.from || from >= span.to);
  // The current flag chooses first; the playhead stands right behind it, so its label goes left.
  const order = [...flags].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  for (const flag of order) {
    const index = flags.indexOf(flag);
    const reach = flag.widthPx + LABEL_GAP_PX;
    const left = { from: flag.x - reach, to: flag.x };
    const right = { from: flag.x, to: flag.x + reach };
    const nextX = flags[index + 1]?.x ?? Infinity;
    const previousX = flags[index - 1]?.x ?? -Infinity;
    const fitsRight = nextX >= right.to + ROOM_PX && isFree(right.from, right.to + ROOM_PX);
    const fitsLeft = isFree(left.from - ROOM_PX, left.to) && previousX <= left.from;
    const side = flag.isCurrent ? 'left' : fitsRight ? 'right' : fitsLeft ? 'left' : 'hidden';
    sides.set(flag, side);
    if (side !== 'hidden') taken.push(side === 'left' ? left : right);
  }
  return flags.map((flag) => ({ ...flag, side: sides.get(flag)! }));
}
