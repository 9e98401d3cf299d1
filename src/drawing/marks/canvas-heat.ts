/** The matrix of a crowd painted on a canvas: rows observe, columns are observed. */
import type { HeatCell } from '../layout/heat-map';
import type { SuspicionRow } from '../layout/suspicions';
import type { Inks } from './canvas-inks';

export interface HeatLook {
  readonly sidePx: number;
  /** Rows or columns to frame: the viewpoint's row, the pointed cell. */
  readonly viewRow: number;
  readonly pointed: HeatCell | null;
  /** Rows and columns of what the reader has picked, by their number. */
  readonly picked: readonly number[];
  readonly inks: Inks;
}

/** A column in trouble is at least this wide, so that one node of three hundred is seen. */
const LEAST_COLUMN_PX = 4.6;
/** A hairline after so many rows. */
const RULE_EVERY = 3;

/** Paints all of it. */
export function paintHeat(
  ctx: CanvasRenderingContext2D,
  rows: readonly SuspicionRow[],
  { sidePx, viewRow, pointed, picked, inks }: HeatLook,
): void {
  const cell = sidePx / Math.max(1, rows.length);
  ctx.fillStyle = inks('paper2');
  ctx.fillRect(0, 0, sidePx, sidePx);
  ctx.fillStyle = inks('rule');
  for (let i = 0; i < rows.length; i += RULE_EVERY) ctx.fillRect(0, i * cell, sidePx, 0.5);
  ctx.fillStyle = inks('faint');
  for (let i = 0; i < rows.length; i++) ctx.fillRect(i * cell, i * cell, cell, cell);
  const grow = Math.max(0, (LEAST_COLUMN_PX - cell) / 2);
  for (const [i, { process }] of rows.entries()) {
    if (process !== 'running') paintStopped(ctx, i * cell, cell, sidePx, inks);
  }
  // One ink after the other: changing it for each cell would cost more than the cells.
  for (const said of ['pfail', 'fail'] as const) {
    ctx.fillStyle = inks(said === 'fail' ? 'fail' : 'pfail-line');
    for (const [i, { process, cells }] of rows.entries()) {
      if (process !== 'running') continue;
      for (let j = cells.indexOf(said); j !== -1; j = cells.indexOf(said, j + 1)) {
        ctx.fillRect(j * cell - grow, i * cell + 0.2, cell + 2 * grow, Math.max(0.7, cell - 0.3));
      }
    }
  }
  if (viewRow >= 0) paintFrame(ctx, viewRow * cell, cell, sidePx, inks);
  for (const i of picked) paintPicked(ctx, i * cell, cell, sidePx, inks);
  if (pointed) paintCross(ctx, pointed, cell, sidePx, inks);
}

function paintStopped(
  ctx: CanvasRenderingContext2D,
  y: number,
  cell: number,
  sidePx: number,
  inks: Inks,
): void {
  ctx.strokeStyle = inks('ink3');
  ctx.lineWidth = 0.7;
  ctx.beginPath();
  const height = Math.max(3, cell);
  const top = y + cell / 2 - height / 2;
  for (let x = 0; x < sidePx; x += 4) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(Math.min(sidePx, x + height), top);
  }
  ctx.stroke();
}

function paintFrame(
  ctx: CanvasRenderingContext2D,
  y: number,
  cell: number,
  sidePx: number,
  inks: Inks,
): void {
  ctx.strokeStyle = inks('ink');
  ctx.lineWidth = 1.3;
  ctx.strokeRect(0.7, y - 1, sidePx - 1.4, cell + 2);
}

/** Two lines beside a row, and beside the column of the same node. */
function paintPicked(
  ctx: CanvasRenderingContext2D,
  at: number,
  cell: number,
  sidePx: number,
  inks: Inks,
): void {
  ctx.fillStyle = inks('ink');
  for (const edge of [at - 1, at + cell]) {
    ctx.fillRect(0, edge, sidePx, 1);
    ctx.fillRect(edge, 0, 1, sidePx);
  }
}

function paintCross(
  ctx: CanvasRenderingContext2D,
  { row, column }: HeatCell,
  cell: number,
  sidePx: number,
  inks: Inks,
): void {
  ctx.fillStyle = inks('ink');
  ctx.globalAlpha = 0.3;
  ctx.fillRect(0, (row + 0.5) * cell - 0.5, sidePx, 1);
  ctx.fillRect((column + 0.5) * cell - 0.5, 0, 1, sidePx);
  ctx.globalAlpha = 1;
}
