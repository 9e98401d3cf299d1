/** The texts beside a client's arrows: which stay where they would lie on something newer. */
import { chordPoint, type Chord } from './chord';
import type { ExchangePicture } from './client-picture';
import type { NodePlaces } from './node-places';
import type { FrameExchange } from '../../protocol/cluster-frame';
import { distancePx, type Point } from './polar';

export const LETTER_PX = 7.6;
export const LINE_PX = 18;

/** The room of a text, about the centre of the ring. */
export interface TextBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Where two texts would lie on each other, or a newer arrow goes through one, the older goes, and
 * any goes where a note of the stage stands; its number and arrow stay.
 */
export function withoutOverlaps(
  pictures: readonly ExchangePicture[],
  notes: readonly TextBox[] = [],
): ExchangePicture[] {
  const taken: ExchangePicture[] = [];
  return pictures
    .map((picture, i) => ({ picture, newer: pictures.slice(i + 1) }))
    .toReversed()
    .map(({ picture, newer }) => {
      if (picture.isFlying) return picture;
      const box = labelBox(picture);
      const isCrossed =
        newer.some(({ chord }) => goesThrough(chord, box)) ||
        notes.some((note) => boxesOverlap(box, note));
      if (isCrossed || taken.some((other) => overlap(picture, other))) {
        return { ...picture, lines: [] };
      }
      taken.push(picture);
      return picture;
    })
    .toReversed();
}

/** Where along a short arrow its number may stand: the first is free beside most others. */
const NUMBER_AT = {
  command: [0.7, 0.42, 0.56, 0.3, 0.2],
  reply: [0.55, 0.7, 0.4, 0.8, 0.3],
} as const;
const NUMBER_RADIUS_PX = 11.5;

/** The same, with numbers clear of each other and of every disc where arrows are short. */
export function numbersApart(
  pictures: readonly ExchangePicture[],
  places: NodePlaces,
): ExchangePicture[] {
  const taken: Point[] = [];
  const discs = [...places.values()];
  const isFree = (at: Point) =>
    taken.every((other) => distancePx(at, other) >= 2 * NUMBER_RADIUS_PX) &&
    discs.every((disc) => distancePx(at, disc) >= disc.radius + NUMBER_RADIUS_PX);
  return pictures.map((picture) => {
    if (picture.isFlying) return picture;
    const spots = NUMBER_AT[picture.direction].map((at) => chordPoint(picture.chord, at));
    const badge = spots.find(isFree) ?? spots[0]!;
    taken.push(badge);
    return { ...picture, badge };
  });
}

const ARROW_POINTS = 60;

function goesThrough(chord: Chord, box: TextBox): boolean {
  return Array.from({ length: ARROW_POINTS }, (_, i) => chordPoint(chord, i / ARROW_POINTS)).some(
    ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom,
  );
}

function overlap(a: ExchangePicture, b: ExchangePicture): boolean {
  return boxesOverlap(labelBox(a), labelBox(b));
}

function boxesOverlap(first: TextBox, second: TextBox): boolean {
  return (
    first.left < second.right &&
    second.left < first.right &&
    first.top < second.bottom &&
    second.top < first.bottom
  );
}

/** Where an exchange's text stands. */
export function labelBox({ label, lines, anchor }: ExchangePicture): TextBox {
  const width = Math.max(...lines.map((line) => line.length)) * LETTER_PX;
  const left = anchor === 'end' ? label.x - width : label.x;
  const top = label.y - LINE_PX / 2;
  return { left, right: left + width, top, bottom: top + LINE_PX * lines.length };
}

/** As many letters stand beside the foot of a phone's ring. */
const FOLDED_LENGTH = 16;

/** The number of a text and the text, folded between words. */
export function foldedLines({
  number,
  lines,
}: Pick<ExchangePicture, 'number' | 'lines'>): string[] {
  const folded = [`${number} `];
  const words = lines.filter((line) => line !== '').flatMap((line) => line.split(' '));
  for (const word of words) {
    const longer = `${folded.at(-1)} ${word}`;
    if (folded.at(-1) === `${number} ` || longer.length <= FOLDED_LENGTH) {
      folded[folded.length - 1] = longer;
    } else folded.push(word);
  }
  return folded;
}

const LEAST_LETTERS = 8;
/** Between a text and the ring's graduations. */
const OFF_RING_PX = 8;
/** What a letter of the type takes, without the room around a text. */
const ADVANCE_PX = 7.5;

/** How many letters stand beside the end of an arrow before the ring begins. */
export function lettersBeside({ from, to }: Chord, places: NodePlaces): number {
  const onRing = [...places.values()].find(({ place }) => place === 'ring');
  if (!onRing) return Infinity;
  const radius = Math.hypot(onRing.x, onRing.y) * 1.05;
  const away = from.y > to.y ? -1 : 1;
  const [first, second] = [22, 22 + LINE_PX].map((px) => to.y + away * px);
  const y = Math.min(Math.abs(first!), Math.abs(second!));
  const leftPx = -Math.sqrt(Math.max(0, radius ** 2 - y ** 2));
  return Math.max(LEAST_LETTERS, Math.floor((leftPx - to.x - 8 - OFF_RING_PX) / ADVANCE_PX));
}

/** A reply stands between the figure and the ring, a command has the figure's width as well. */
const LINE_LENGTH = { command: 22, reply: 18 } as const;

/** What is written of an exchange: a command in one line, an answer in more where it is long. */
export function linesOf(
  text: string,
  {
    direction,
    isRedirect,
    letters,
  }: { direction: FrameExchange['direction']; isRedirect: boolean; letters: number },
): string[] {
  const words = text.split(' ');
  if (isRedirect)
    return [words.slice(0, 2).join(' '), ...addressLines(words.slice(2).join(' '), letters)];
  if (direction === 'command') return [shortened(text, LINE_LENGTH.command)];
  const line = inOneLine(text);
  const most = Math.min(LINE_LENGTH.reply, letters);
  const end = line.lastIndexOf(' ', most);
  // A phone folds what there is by itself.
  if (line.length <= most || end < 0 || letters === Infinity) return [shortened(line, most)];
  return [line.slice(0, end), shortened(line.slice(end + 1), most)];
}

/** An address whole, or with its port on a line of its own where the ring begins before its end. */
function addressLines(address: string, letters: number): string[] {
  const port = address.lastIndexOf(':');
  if (address.length <= letters || port < 0) return [address];
  return [address.slice(0, port), address.slice(port)];
}

/** What does not fit goes, whole words where that leaves most of it. */
function shortened(line: string, most: number): string {
  if (line.length <= most) return line;
  const room = line.slice(0, most);
  const words = room.slice(0, Math.max(0, room.lastIndexOf(' ')));
  return `${words.length > most / 2 ? words : room.slice(0, -1)}…`;
}

/** `message news hello` for a list, whose numbers and quotes are in the terminal. */
function inOneLine(text: string): string {
  if (!/^\s*1\) /.test(text)) return text.split(/\r?\n/)[0]!;
  return text
    .split('\n')
    .map((line) => line.replace(/^(\s*\d+\) )+/, '').replace(/^"(.*)"$|^\(integer\) /, '$1'))
    .join(' ');
}
