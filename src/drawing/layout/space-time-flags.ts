/**
 * Beats as flags above the lanes. A label stands right of its flag if there is room before the next
 * one,
 * else left of it, else it waits for the pointer.
 */
import type { Beat, BeatKind } from '../../timeline/cluster-source';
import type { History } from './history';

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
  /** Of real nodes: nobody saw it, and no log says it. */
  readonly isConcluded: boolean;
}

type Unplaced = Omit<Flag, 'side'>;

const LABEL_GAP_PX = 5;
const ROOM_PX = 12;

interface FlagsOptions {
  readonly xOf: (atMs: number) => number;
  readonly label: (beat: Beat) => string;
  /** Step of the cursor: the last beat at or before it is current and always shows its label. */
  readonly cursorStep: number;
  /** How a beat of real nodes is known. Default: it was seen. */
  readonly evidenceOf?: History['evidenceOf'] | undefined;
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
      isConcluded: options.evidenceOf?.(beat.note) === 'concluded',
    };
  });
  return placed(flags, options.cursorStep);
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
  pause: 3,
  manual: 4,
  migration: 5,
  loss: 5,
  slot: 5,
  tool: 4,
  delivery: 4,
  election: 5,
  process: 5,
  win: 6,
  fail: 7,
};

/** A close guess of the width of `text` in the interface face; Han characters are square. */
export function labelWidthPx(text: string, sizePx: number): number {
  let ems = 0;
  for (const char of text) ems += widthEms(char);
  return ems * sizePx;
}

function widthEms(char: string): number {
  if (/[\u2e80-\uffef]/.test(char)) return 1;
  if (/[CDGHMNOQUW]/.test(char)) return 0.76;
  return /[ .,:iIl1|]/.test(char) ? 0.34 : 0.57;
}

function toneOf({ note }: Beat): Flag['tone'] {
  if (note.event === 'flag.set') return note.flag;
  return note.event === 'vote.deny' ? 'fail' : 'plain';
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Words need more room behind them than a pole does. */
  readonly roomPx: number;
}

/**
 * The weightiest choose first, a beat just reached before all. A label takes the side where it
 * covers no other flag; in a crowd it may stand over flags that are left without one.
 */
function placed(flags: readonly Unplaced[], cursorStep: number): Flag[] {
  const taken: Stretch[] = [];
  const sides = new Map<Unplaced, Flag['side']>();
  const isFree = (flag: Unplaced, side: 'left' | 'right') => {
    const mine = stretchOf(flag, side);
    return taken.every((other) => isBefore(mine, other) || isBefore(other, mine));
  };
  const order = flags.map((flag, i) => ({ flag, before: flags[i - 1], after: flags[i + 1] }));
  order.sort((a, b) => priority(b.flag, cursorStep) - priority(a.flag, cursorStep));
  for (const { flag, before, after } of order) {
    const roomy = roomySide(flag, before, after);
    const side = [...(roomy ? [roomy] : []), ...CROWD_SIDES].find((one) => isFree(flag, one));
    sides.set(flag, side ?? 'hidden');
    if (side) taken.push(stretchOf(flag, side));
  }
  return flags.map((flag) => ({ ...flag, side: sides.get(flag) ?? 'hidden' }));
}

const CROWD_SIDES = ['left', 'right'] as const;

/**
 * The side on which a label covers no other flag; the current one has the playhead to its right.
 */
function roomySide(
  flag: Unplaced,
  before: Unplaced | undefined,
  after: Unplaced | undefined,
): 'left' | 'right' | undefined {
  const reachPx = flag.widthPx + LABEL_GAP_PX;
  const isRightFree = !after || after.x - flag.x >= reachPx + ROOM_PX;
  if (isRightFree && !flag.isCurrent) return 'right';
  return !before || flag.x - before.x >= reachPx + LABEL_GAP_PX ? 'left' : undefined;
}

function priority({ beat, isCurrent }: Unplaced, cursorStep: number): number {
  const weight = WEIGHT[beat.kind];
  const isReached = weight > 0 && beat.step === cursorStep;
  return weight + (isCurrent ? 3 : 0) + (isReached ? 100 : 0);
}

function isBefore(first: Stretch, second: Stretch): boolean {
  return first.to + first.roomPx <= second.from;
}

function stretchOf(flag: Unplaced, side: 'left' | 'right'): Stretch {
  const reachPx = flag.widthPx + LABEL_GAP_PX;
  return side === 'left'
    ? { from: flag.x - reachPx, to: flag.x, roomPx: LABEL_GAP_PX }
    : { from: flag.x, to: flag.x + reachPx, roomPx: ROOM_PX };
}

const HEAD_PX = 7;

/** Under the playhead at `x`, or cut by an end of the lanes: half a word says nothing. */
export function isLabelCut(
  flag: Flag,
  { x, fromPx, toPx }: { readonly x: number; readonly fromPx: number; readonly toPx: number },
): boolean {
  const reachPx = flag.widthPx + LABEL_GAP_PX;
  const [left, right] = flag.side === 'left' ? [reachPx, 0] : [0, reachPx];
  if (flag.x - left < fromPx || flag.x + right > toPx) return true;
  if (flag.isCurrent && flag.side === 'left') return false;
  return x > flag.x - left - HEAD_PX && x < flag.x + right + HEAD_PX;
}
