/** Where the bits of the CRC16 tape go: a column for each shift, the highest bit on top. */
import { bitsOf, hex, isSquare, SHIFTS_PER_BYTE, visible, type KeyWalk, type Shift } from './crc16';

export interface TapeColumn {
  readonly shift: Shift;
  readonly time: 'past' | 'now' | 'ahead';
  /** The bits that are 1, and those that are 0, each as one path. */
  readonly ones: string;
  readonly zeros: string;
  readonly middlePx: number;
}

export interface TapeByte {
  readonly index: number;
  readonly leftPx: number;
  readonly rightPx: number;
  readonly character: string;
  /** Where the figures begin. */
  readonly valuePx: number;
  /** In figures, where there is room. */
  readonly value: string | null;
  readonly register: string | null;
}

export interface TapePicture {
  readonly heightPx: number;
  readonly isWide: boolean;
  /** Left edge of the first column, and right edge of the last. */
  readonly leftPx: number;
  readonly rightPx: number;
  readonly columnPx: number;
  readonly topPx: number;
  readonly rowPx: number;
  /** Where the dots stand that mark an XOR. */
  readonly dotsPx: number;
  readonly playheadPx: number;
  /** The bytes in sight, `[first, last]`; null when there are none. */
  readonly inSight: readonly [number, number] | null;
  readonly bytes: readonly TapeByte[];
  readonly columns: readonly TapeColumn[];
}

const WIDE_PX = 700;
const WIDEST_COLUMN_PX = 34;
const NARROWEST_COLUMN_PX = 8;
const HALVES_GAP_PX = 3;
const TOP_PX = 18;

/** The tape after a number of shifts. A key too long for the width is shown a page at a time. */
export function tapePicture(walk: KeyWalk, done: number, widthPx: number): TapePicture {
  const isWide = widthPx >= WIDE_PX;
  const [leftPx, marginPx, rowPx] = isWide ? [110, 40, 6.6] : [2, 10, 5];
  const roomPx = Math.max(0, widthPx - leftPx - marginPx);
  const [first, count] = pageOf(walk.bytes.length, byteAt(done), bytesIn(roomPx));
  const shiftCount = count * SHIFTS_PER_BYTE;
  const columnPx = Math.min(WIDEST_COLUMN_PX, roomPx / Math.max(1, shiftCount));
  const start = first * SHIFTS_PER_BYTE;
  const grid = { leftPx, columnPx, rowPx };
  return {
    ...{ isWide, leftPx, columnPx, rowPx, topPx: TOP_PX },
    rightPx: leftPx + shiftCount * columnPx,
    dotsPx: TOP_PX + 16 * rowPx + 10,
    heightPx: TOP_PX + 16 * rowPx + 26,
    playheadPx: leftPx + (done - start) * columnPx,
    inSight: count === 0 ? null : [first, first + count - 1],
    bytes: walk.bytes.slice(first, first + count).map((byte, place) => ({
      ...{ index: byte.index, character: visible(byte.character ?? '·') },
      valuePx: valueLeft(leftPx + place * SHIFTS_PER_BYTE * columnPx, byte.character),
      ...byteTexts(byte.value, byte.after, columnPx * SHIFTS_PER_BYTE),
      leftPx: leftPx + place * SHIFTS_PER_BYTE * columnPx,
      rightPx: leftPx + (place + 1) * SHIFTS_PER_BYTE * columnPx,
    })),
    columns: walk.shifts
      .slice(start, start + shiftCount)
      .map((shift, place) => column(shift, place, done, grid)),
  };
}

/** How many shifts are done at a place on the tape, in pixels from its left edge. */
export function shiftsAt(picture: TapePicture, xPx: number): number {
  const [firstByte, lastByte] = picture.inSight ?? [0, -1];
  const place = Math.ceil((xPx - picture.leftPx) / picture.columnPx);
  const start = firstByte * SHIFTS_PER_BYTE;
  const end = (lastByte + 1) * SHIFTS_PER_BYTE;
  // On a later page no shifts of this page done would be the page before.
  return Math.min(end, Math.max(start === 0 ? 0 : start + 1, start + place));
}

/** What the tape says, for those who do not see it: each byte in sight, and which shifts XOR. */
export function tapeTexts(walk: KeyWalk, inSight: TapePicture['inSight']) {
  const [first, last] = inSight ?? [0, -1];
  return walk.bytes.slice(first, last + 1).map((byte) => {
    const start = byte.index * SHIFTS_PER_BYTE;
    const own = walk.shifts.slice(start, start + SHIFTS_PER_BYTE);
    const xors = own.filter((shift) => shift.isXor).map((shift) => shift.index - start + 1);
    const name = byte.character === null ? hex(byte.value, 2) : visible(byte.character);
    return { index: byte.index, name, after: hex(byte.after), xors: xors.join(' ') };
  });
}

function byteAt(done: number): number {
  return Math.max(0, Math.ceil(done / SHIFTS_PER_BYTE) - 1);
}

function bytesIn(roomPx: number): number {
  return Math.max(1, Math.floor(roomPx / (NARROWEST_COLUMN_PX * SHIFTS_PER_BYTE)));
}

/** Whole pages, so that the tape stands still while a byte is played; the last one is full. */
function pageOf(byteCount: number, current: number, capacity: number): [number, number] {
  if (byteCount <= capacity) return [0, byteCount];
  const page = Math.floor(current / capacity) * capacity;
  return [Math.min(page, byteCount - capacity), capacity];
}

function valueLeft(bytePx: number, character: string | null): number {
  return bytePx + (isSquare(visible(character ?? '·')) ? 19 : 15);
}

/** What fits above a byte's eight columns. */
function byteTexts(value: number, register: number, widthPx: number) {
  const digits = value.toString(16).padStart(2, '0');
  return {
    value: widthPx >= 56 ? `0x${digits}` : null,
    register: widthPx >= 108 ? hex(register) : null,
  };
}

interface Grid {
  readonly leftPx: number;
  readonly columnPx: number;
  readonly rowPx: number;
}

function column(shift: Shift, place: number, done: number, grid: Grid): TapeColumn {
  const gapPx = grid.columnPx < 16 ? 2 : 4;
  const xPx = grid.leftPx + place * grid.columnPx + gapPx / 2 - 0.5;
  const cells = bitsOf(shift.after).map((isOne, row) => ({
    isOne,
    path: cell(xPx, rowTop(row, grid.rowPx), grid.columnPx - gapPx, grid.rowPx - 1.6),
  }));
  const paths = (isOne: boolean) =>
    cells
      .filter((c) => c.isOne === isOne)
      .map((c) => c.path)
      .join('');
  const after = shift.index + 1;
  return {
    shift,
    time: after === done ? 'now' : after < done ? 'past' : 'ahead',
    ones: paths(true),
    zeros: paths(false),
    middlePx: grid.leftPx + (place + 0.5) * grid.columnPx - 0.5,
  };
}

/** The two halves of the register stand a little apart. */
function rowTop(row: number, rowPx: number): number {
  return TOP_PX + row * rowPx + (row > 7 ? HALVES_GAP_PX : 0) + 0.5;
}

function cell(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

function round(px: number): number {
  return Math.round(px * 100) / 100;
}
