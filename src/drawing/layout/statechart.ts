/**
 * Where the states of a statechart stand: boxes in boxes, the simple ones side by side in rows.
 * Knows no machine; what it draws is read from one.
 */

export interface ChartState {
  /** The keys on the way from the root, joined by dots. */
  readonly id: string;
  readonly key: string;
  readonly isHistory: boolean;
  readonly children: readonly ChartState[];
}

export interface ChartEdge {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  /** The condition as the machine names it; empty where there is none. */
  readonly guard: string;
}

export interface Chart {
  /** The outermost states. */
  readonly states: readonly ChartState[];
  /** Every transition that leads to another state. */
  readonly edges: readonly ChartEdge[];
}

export interface ChartBox {
  readonly id: string;
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** `frame`: its children are drawn inside; `folded`: it has children that are not drawn. */
  readonly kind: 'leaf' | 'frame' | 'folded' | 'history';
}

export interface ChartPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly ChartBox[];
}

export const LEAF_HEIGHT = 38;
const LEAST_LEAF_WIDTH = 78;
const MOST_COLUMNS = 3;
const COLUMN_GAP = 22;
const ROW_GAP = 28;
const FRAME = { side: 11, top: 30, bottom: 13 };
const HISTORY_SIZE = 16;

interface Placed {
  readonly boxes: ChartBox[];
  readonly height: number;
}

/** The boxes of a chart within a width; states in `folded` show nothing of their inside. */
export function layOutChart(
  chart: Chart,
  width: number,
  folded: ReadonlySet<string> = new Set(),
): ChartPicture {
  const { boxes, height } = placeAll(chart.states, { x: 0, y: 0, width }, folded);
  return { width, height, boxes };
}

interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function placeAll(states: readonly ChartState[], room: Room, folded: ReadonlySet<string>): Placed {
  const boxes: ChartBox[] = [];
  let y = room.y;
  for (const row of rowsOf(states, room.width, folded)) {
    if (y > room.y) y += ROW_GAP;
    const placed = isFrame(row[0]!, folded)
      ? placeFrame(row[0]!, { ...room, y }, folded)
      : placeRow(row, { ...room, y }, folded);
    boxes.push(...placed.boxes);
    y += placed.height;
  }
  return { boxes, height: y - room.y };
}

const isFrame = (state: ChartState, folded: ReadonlySet<string>): boolean =>
  state.children.length > 0 && !folded.has(state.id);

/** Simple states share rows, at most three in each; one with children has a row to itself. */
function rowsOf(
  states: readonly ChartState[],
  width: number,
  folded: ReadonlySet<string>,
): ChartState[][] {
  const fitting = Math.floor((width + COLUMN_GAP) / (LEAST_LEAF_WIDTH + COLUMN_GAP));
  const columns = Math.max(1, Math.min(MOST_COLUMNS, fitting));
  const rows: ChartState[][] = [];
  let open: ChartState[] | null = null;
  for (const state of states.filter(({ isHistory }) => !isHistory)) {
    if (isFrame(state, folded)) {
      rows.push([state]);
      open = null;
    } else if (open !== null && open.length < columns) {
      open.push(state);
    } else {
      open = [state];
      rows.push(open);
    }
  }
  return rows;
}

function placeRow(row: readonly ChartState[], room: Room, folded: ReadonlySet<string>): Placed {
  const width = (room.width - COLUMN_GAP * (MOST_COLUMNS - 1)) / MOST_COLUMNS;
  // Rows of a narrow room are as wide as it is; those of a wide one share its columns.
  const own = Math.max(width, Math.min(LEAST_LEAF_WIDTH, room.width));
  const boxes = row.map((state, i): ChartBox => ({
    id: state.id,
    key: state.key,
    x: room.x + i * (own + COLUMN_GAP),
    y: room.y,
    width: own,
    height: LEAF_HEIGHT,
    kind: state.children.length > 0 && folded.has(state.id) ? 'folded' : 'leaf',
  }));
  return { boxes, height: LEAF_HEIGHT };
}

function placeFrame(state: ChartState, room: Room, folded: ReadonlySet<string>): Placed {
  const inner = {
    x: room.x + FRAME.side,
    y: room.y + FRAME.top,
    width: room.width - 2 * FRAME.side,
  };
  const inside = placeAll(state.children, inner, folded);
  const height = FRAME.top + inside.height + FRAME.bottom;
  const { id, key } = state;
  const frame: ChartBox = { id, key, ...room, height, kind: 'frame' };
  const history = state.children
    .filter(({ isHistory }) => isHistory)
    .map((child, i): ChartBox => ({
      id: child.id,
      key: child.key,
      x: room.x + room.width - FRAME.side - HISTORY_SIZE * (i + 1),
      y: room.y + 6,
      width: HISTORY_SIZE,
      height: HISTORY_SIZE,
      kind: 'history',
    }));
  return { boxes: [frame, ...history, ...inside.boxes], height };
}
