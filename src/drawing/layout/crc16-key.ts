/** The key drawn large, what is hashed of it bracketed, with room found for the labels below. */
import { isSquare, visible, type KeyWalk } from './crc16';

export interface KeyPiece {
  readonly text: string;
  readonly leftPx: number;
  readonly rightPx: number;
}

export interface KeyLabel {
  readonly text: string;
  readonly xPx: number;
}

export interface KeyPicture {
  readonly fontPx: number;
  /** Before, hashed, after. */
  readonly pieces: readonly [KeyPiece, KeyPiece, KeyPiece];
  readonly bracket: string;
  readonly hashedLabel: KeyLabel;
  /** Under the pieces that are not hashed, where there is room. */
  readonly otherLabels: readonly KeyLabel[];
}

interface LabelTexts {
  readonly hashed: string;
  readonly notHashed: string;
}

export const LARGEST_FONT_PX = 30;
const SMALLEST_FONT_PX = 13;
const LABEL_FONT_PX = 14.5;
const LABEL_GAP_PX = 14;
const BRACKET_PX = 6;

/** Lays the key out in a width; pieces too long for the smallest type are cut with `…`. */
export function keyPicture(
  walk: KeyWalk,
  texts: LabelTexts,
  widthPx: number,
  largestPx = LARGEST_FONT_PX,
): KeyPicture {
  const [before, hashed, after] = shortened(walk, widthPx);
  const ems = emsOf(before + hashed + after);
  const fontPx = Math.max(SMALLEST_FONT_PX, Math.min(largestPx, widthPx / Math.max(1, ems) - 0.05));
  const start = emsOf(before) * fontPx;
  const end = start + emsOf(hashed) * fontPx;
  return {
    fontPx,
    pieces: [
      { text: before, leftPx: 0, rightPx: start },
      { text: hashed, leftPx: start, rightPx: end },
      { text: after, leftPx: end, rightPx: ems * fontPx },
    ],
    bracket: bracket(start + 1.5, Math.max(end - 1.5, start + 4)),
    ...labels({ start, end, last: ems * fontPx, widthPx }, texts, [before, after]),
  };
}

/** Pieces for the width at hand: what is short stays whole, the rest shares what is left. */
function shortened({ pieces }: KeyWalk, widthPx: number): [string, string, string] {
  const shown = pieces.map((piece) => [...piece].map(visible).join(''));
  let leftEms = widthPx / SMALLEST_FONT_PX;
  let waiting = shown.length;
  const limits = new Map<number, number>();
  for (const [i, text] of [...shown.entries()].sort((x, y) => emsOf(x[1]) - emsOf(y[1]))) {
    const limit = Math.min(emsOf(text), leftEms / waiting);
    limits.set(i, limit);
    leftEms -= limit;
    waiting -= 1;
  }
  const [before = '', hashed = '', after = ''] = shown.map((text, i) => cut(text, limits.get(i)!));
  return [before, hashed, after];
}

/** Both ends of a text too long for so many ems. */
function cut(text: string, ems: number): string {
  const characters = [...text];
  if (emsOf(text) <= ems + 1e-9) return text;
  for (let half = Math.floor(characters.length / 2); half > 0; half -= 1) {
    const short = [...characters.slice(0, half), '…', ...characters.slice(-half)].join('');
    if (emsOf(short) <= ems) return short;
  }
  return '…';
}

/** The width of mono text in ems: Latin is narrow, Han is square. */
function emsOf(text: string): number {
  let ems = 0;
  for (const character of text) ems += isSquare(character) ? 1 : 0.6;
  return ems;
}

function bracket(left: number, right: number): string {
  return `M${left} 0v${BRACKET_PX}H${right}v${-BRACKET_PX}`;
}

interface Extent {
  readonly start: number;
  readonly end: number;
  readonly last: number;
  readonly widthPx: number;
}

function labels(
  { start, end, last, widthPx }: Extent,
  { hashed, notHashed }: LabelTexts,
  [before, after]: readonly [string, string],
): Pick<KeyPicture, 'hashedLabel' | 'otherLabels'> {
  const [hashedPx, otherPx] = [labelPx(hashed), labelPx(notHashed)];
  const isWhole = before + after === '';
  const centred = Math.min(widthPx - hashedPx, (start + end - hashedPx) / 2);
  const xPx = isWhole ? 0 : Math.max(0, centred);
  const others: KeyLabel[] = [];
  if (before !== '' && otherPx + LABEL_GAP_PX <= xPx) others.push({ text: notHashed, xPx: 0 });
  const rest = Math.max(end, xPx + hashedPx + LABEL_GAP_PX);
  // A label no piece reaches would be about nothing.
  if (after !== '' && rest < last && rest + otherPx <= widthPx) {
    others.push({ text: notHashed, xPx: rest });
  }
  return { hashedLabel: { text: hashed, xPx }, otherLabels: others };
}

/** About as wide as the label's serif sets it. */
function labelPx(text: string): number {
  let ems = 0;
  for (const character of text) ems += isSquare(character) ? 1 : 0.43;
  return ems * LABEL_FONT_PX;
}
