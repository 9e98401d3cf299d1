/** The texts beside a client's arrows: which stay where they would lie on something newer. */
import { chordPoint, type Chord } from './chord';
import type { ExchangePicture } from './client-picture';

export const LETTER_PX = 7.6;
export const LINE_PX = 18;

/**
 * Where two texts would lie on each other, or a newer arrow goes through one, the older goes; its
 * number and arrow stay.
 */
export function withoutOverlaps(pictures: readonly ExchangePicture[]): ExchangePicture[] {
  const taken: ExchangePicture[] = [];
  return pictures
    .map((picture, i) => ({ picture, newer: pictures.slice(i + 1) }))
    .toReversed()
    .map(({ picture, newer }) => {
      if (picture.isFlying) return picture;
      const isCrossed = newer.some(({ chord }) => goesThrough(chord, labelBox(picture)));
      if (isCrossed || taken.some((other) => overlap(picture, other))) {
        return { ...picture, lines: [] };
      }
      taken.push(picture);
      return picture;
    })
    .toReversed();
}

const ARROW_POINTS = 60;

function goesThrough(chord: Chord, box: ReturnType<typeof labelBox>): boolean {
  return Array.from({ length: ARROW_POINTS }, (_, i) => chordPoint(chord, i / ARROW_POINTS)).some(
    ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom,
  );
}

function overlap(a: ExchangePicture, b: ExchangePicture): boolean {
  const [first, second] = [labelBox(a), labelBox(b)];
  return (
    first.left < second.right &&
    second.left < first.right &&
    first.top < second.bottom &&
    second.top < first.bottom
  );
}

/** The room of a text. */
export function labelBox({ label, lines, anchor }: ExchangePicture) {
  const width = Math.max(...lines.map((line) => line.length)) * LETTER_PX;
  const left = anchor === 'end' ? label.x - width : label.x;
  const top = label.y - LINE_PX / 2;
  return { left, right: left + width, top, bottom: top + LINE_PX * lines.length };
}
