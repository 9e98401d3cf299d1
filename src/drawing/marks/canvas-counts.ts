/** The counts of fans, each painted once: type on a canvas costs more than all dots around it. */
import type { Inks } from './canvas-inks';

interface Count {
  readonly text: string;
  readonly token: string;
  readonly inks: Inks;
  /** Device pixels for each of the canvas's own. */
  readonly density: number;
}

const HEIGHT_PX = 28;
const FONT_PX = 16;
/** Half of the paper around the type, on either side. */
const MARGIN_PX = 4;
const CHARACTER_PX = 10;
const MANY_COUNTS = 400;

/** Other inks, as of another theme, mean other pictures. */
const painted = new WeakMap<Inks, Map<string, HTMLCanvasElement>>();

/** Paints a count whose left end stands at (x, y). */
export function paintCount(ctx: CanvasRenderingContext2D, x: number, y: number, count: Count) {
  const widthPx = widthOf(count.text);
  ctx.drawImage(pictureOf(count), x - MARGIN_PX, y - HEIGHT_PX / 2, widthPx, HEIGHT_PX);
}

const widthOf = (text: string): number => text.length * CHARACTER_PX + 2 * MARGIN_PX;

function pictureOf(count: Count): HTMLCanvasElement {
  const pictures = painted.get(count.inks) ?? new Map<string, HTMLCanvasElement>();
  painted.set(count.inks, pictures);
  if (pictures.size > MANY_COUNTS) pictures.clear();
  // What was painted before the typeface came is painted anew.
  const key = `${count.text} ${count.token} ${count.density} ${document.fonts.status}`;
  const picture = pictures.get(key) ?? paint(count);
  pictures.set(key, picture);
  return picture;
}

function paint({ text, token, inks, density }: Count): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(widthOf(text) * density);
  canvas.height = Math.ceil(HEIGHT_PX * density);
  const ctx = canvas.getContext('2d')!;
  ctx.scale(density, density);
  ctx.font = `700 ${FONT_PX}px ${inks('mono')}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 5;
  ctx.strokeStyle = inks('paper');
  ctx.strokeText(text, MARGIN_PX, HEIGHT_PX / 2);
  ctx.fillStyle = inks(token);
  ctx.fillText(text, MARGIN_PX, HEIGHT_PX / 2);
  return canvas;
}
