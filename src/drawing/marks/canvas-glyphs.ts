/** The message glyphs painted on a canvas: the same outlines as those of Glyph.svelte. */
import type { FrameMessage } from '../../protocol/cluster-frame';
import { messageToken, type Inks } from './canvas-inks';
import {
  crossPath,
  diamondPoints,
  octagonPoints,
  starPath,
  tickPath,
  trianglePoints,
} from './glyph-shapes';

export interface PaintedGlyph {
  readonly type: FrameMessage['type'];
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly rumour: 'pfail' | 'fail' | null;
  readonly halo: number;
}

/** Outlines by type and size; there are a handful of both. */
const outlines = new Map<string, { readonly edge: Path2D; readonly sign: Path2D | null }>();

/** Paints one glyph at its place. */
export function paintGlyph(ctx: CanvasRenderingContext2D, glyph: PaintedGlyph, inks: Inks): void {
  const { type, size, halo, rumour } = glyph;
  const { edge, sign } = outlineOf(type, size);
  const look = lookOf(type);
  const ink = inks(messageToken(type));
  ctx.save();
  ctx.translate(glyph.x, glyph.y);
  ctx.lineJoin = ctx.lineCap = 'round';
  ctx.strokeStyle = ctx.fillStyle = inks('paper');
  ctx.lineWidth = halo * 2 + size * look.line;
  ctx.stroke(edge);
  ctx.fillStyle = look.isHollow ? inks('paper') : ink;
  ctx.fill(edge);
  ctx.strokeStyle = ink;
  ctx.lineWidth = size * look.line;
  if (look.line > 0) ctx.stroke(edge);
  if (sign !== null) {
    ctx.strokeStyle = look.isHollow ? ink : inks('paper');
    ctx.lineWidth = size * 0.24;
    ctx.stroke(sign);
  }
  if (type === 'FAILOVER_AUTH_REQUEST') paintQuestion(ctx, size, ink, inks);
  if (rumour !== null) paintSatellite(ctx, size, rumour, inks);
  ctx.restore();
}

interface Look {
  readonly isHollow: boolean;
  /** Width of the outline as a share of the size. */
  readonly line: number;
}

function lookOf(type: FrameMessage['type']): Look {
  switch (type) {
    case 'PING':
    case 'MEET':
    case 'MFSTART':
      return { isHollow: true, line: 0.2 };
    case 'FAILOVER_AUTH_REQUEST':
      return { isHollow: true, line: 0.18 };
    case 'PONG':
      return { isHollow: false, line: 0.2 };
    case 'FAILOVER_AUTH_ACK':
      return { isHollow: false, line: 0.18 };
    default:
      return { isHollow: false, line: 0 };
  }
}

function outlineOf(type: FrameMessage['type'], size: number) {
  const key = `${type} ${size}`;
  const known = outlines.get(key);
  if (known) return known;
  const made = { edge: edgeOf(type, size), sign: signOf(type, size) };
  outlines.set(key, made);
  return made;
}

function edgeOf(type: FrameMessage['type'], size: number): Path2D {
  const path = new Path2D();
  switch (type) {
    case 'PING':
    case 'PONG':
    case 'MFSTART':
      path.arc(0, 0, size * 0.62, 0, 2 * Math.PI);
      return path;
    case 'MEET':
      return polygon(diamondPoints(size));
    case 'FAIL':
      return polygon(octagonPoints(size));
    case 'UPDATE':
      return polygon(trianglePoints(size));
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
      path.roundRect(-size * 0.86, -size * 0.86, size * 1.72, size * 1.72, size * 0.16);
      return path;
    default:
      return new Path2D(starPath(size));
  }
}

function signOf(type: FrameMessage['type'], size: number): Path2D | null {
  if (type === 'FAIL') return new Path2D(crossPath(size * 0.4));
  if (type === 'FAILOVER_AUTH_ACK') return new Path2D(tickPath(size));
  if (type === 'MFSTART') {
    const [x, y] = [size * 0.2, size * 0.26];
    return new Path2D(`M${-x} ${-y}V${y}M${x} ${-y}V${y}`);
  }
  return type === 'MEET' ? new Path2D('M0 0h0.01') : null;
}

function polygon(points: string): Path2D {
  return new Path2D(`M${points.replaceAll(' ', 'L')}Z`);
}

function paintQuestion(ctx: CanvasRenderingContext2D, size: number, ink: string, inks: Inks): void {
  ctx.fillStyle = ink;
  ctx.font = `700 ${size * 1.35}px ${inks('mono')}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText('?', 0, size * 0.06);
}

function paintSatellite(
  ctx: CanvasRenderingContext2D,
  size: number,
  rumour: 'pfail' | 'fail',
  inks: Inks,
): void {
  const away = size * 0.62 * 1.05;
  for (const [radius, token] of [
    [size * 0.36 + 1.2, 'paper'],
    [size * 0.36, rumour],
  ] as const) {
    ctx.beginPath();
    ctx.arc(away, -away, radius, 0, 2 * Math.PI);
    ctx.fillStyle = inks(token);
    ctx.fill();
  }
}
