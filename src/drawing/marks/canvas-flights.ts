/** Everything in flight painted on one canvas: dots, hairlines, fans, tails and glyphs. */
import { chordPoint, type Chord } from '../layout/chord';
import type { CrowdFlights, Dot } from '../layout/crowd-flights';
import { tailStyle, type MessagePicture } from '../layout/message-pictures';
import { paintCount } from './canvas-counts';
import { paintGlyph } from './canvas-glyphs';
import { messageToken, type Inks } from './canvas-inks';

type Context = CanvasRenderingContext2D;

const DOT_RADIUS = { beat: 1.5, key: 1.9 };
const GLYPH_SIZE = 6.5;
const FAN_SIZE = 12;

/** A crowd's messages; the origin is the centre of the ring. */
export function paintCrowd(ctx: Context, flights: CrowdFlights, inks: Inks): void {
  for (const [type, lines] of flights.hairlines) {
    ctx.globalAlpha = lines.length > 400 ? 0.06 : 0.16;
    ctx.strokeStyle = inks(messageToken(type));
    ctx.lineWidth = 0.8;
    ctx.beginPath();
    for (const { chord, at } of lines) traceChord(ctx, chord, 0, at);
    ctx.stroke();
  }
  paintDots(ctx, flights.dots, inks);
  ctx.globalAlpha = 1;
  for (const { type, fate, x, y } of flights.glyphs) {
    ctx.globalAlpha = fate === 'lost' ? 0.4 : 1;
    paintGlyph(ctx, { type, x, y, size: GLYPH_SIZE, rumour: null, halo: 2 }, inks);
  }
  ctx.globalAlpha = 1;
  const density = ctx.getTransform().a;
  for (const { type, count, badge } of flights.fans) {
    const { x, y } = badge;
    paintGlyph(ctx, { type, x: x - 18, y, size: FAN_SIZE, rumour: null, halo: 3 }, inks);
    paintCount(ctx, x + 1, y, { text: `×${count}`, token: messageToken(type), inks, density });
  }
}

function paintDots(ctx: Context, dots: readonly Dot[], inks: Inks): void {
  const byLook = new Map<string, Dot[]>();
  for (const dot of dots) {
    const look = dot.rumour ?? messageToken(dot.type);
    const same = byLook.get(look);
    if (same) same.push(dot);
    else byLook.set(look, [dot]);
  }
  for (const [token, same] of byLook) {
    const isBeat = token === 'g-beat';
    const radius = isBeat ? DOT_RADIUS.beat : DOT_RADIUS.key;
    ctx.globalAlpha = isBeat ? 0.55 : 1;
    ctx.fillStyle = inks(token);
    ctx.beginPath();
    for (const { x, y } of same) {
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    }
    ctx.fill();
  }
}

/** More glyphs than this would hide the ring and each other; then they are dots. */
const MOST_GLYPHS = 120;
/** A tail of so many is a hairline. */
const HAIRLINE = { opacity: 0.22, width: 0.4 };

/** The messages of a cluster of discs, when they are too many to be elements. */
export function paintMessages(ctx: Context, pictures: readonly MessagePicture[], inks: Inks): void {
  const isStorm = pictures.length > MOST_GLYPHS;
  const thin = isStorm ? HAIRLINE : { opacity: 1, width: 1 };
  ctx.lineCap = 'butt';
  for (const { type, fate, chord, at, leaves, colour, isOfFan } of pictures) {
    if (fate !== 'flying') continue;
    const style = tailStyle(type, isOfFan);
    ctx.globalAlpha = style.opacity * 0.62 * thin.opacity;
    ctx.strokeStyle = inks(colour.slice('var(--'.length, -1));
    ctx.lineWidth = style.width * 0.8 * thin.width;
    ctx.beginPath();
    traceChord(ctx, chord, Math.max(leaves, at - style.length), at);
    ctx.stroke();
  }
  if (isStorm) paintDots(ctx, pictures, inks);
  for (const { type, fate, x, y, size, rumour } of isStorm ? [] : pictures) {
    ctx.globalAlpha = fate === 'lost' ? 0.4 : fate === 'unread' ? 0.7 : 1;
    const isSmall = fate === 'unread';
    paintGlyph(ctx, { type, x, y, size: isSmall ? 5.5 : size, rumour, halo: 2.5 }, inks);
  }
  ctx.globalAlpha = 1;
}

/** The piece of a chord between two parameters, added to the path at hand. */
function traceChord(ctx: Context, chord: Chord, t0: number, t1: number): void {
  const [a, b, c] = [(1 - t0) * (1 - t1), (1 - t0) * t1 + (1 - t1) * t0, t0 * t1];
  const { from, control, to } = chord;
  const [start, end] = [chordPoint(chord, t0), chordPoint(chord, t1)];
  ctx.moveTo(start.x, start.y);
  ctx.quadraticCurveTo(
    a * from.x + b * control.x + c * to.x,
    a * from.y + b * control.y + c * to.y,
    end.x,
    end.y,
  );
}
