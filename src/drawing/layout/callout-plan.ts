/** Which note stands in which corner. What the moment is about goes to the side its node is on. */
import type { FrameElection } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { ReportsPicture } from './beliefs';
import {
  asideLeader,
  cornerBox,
  fitsBeside,
  leaderPath,
  shortLeader,
  NOTE_MARGIN,
  NOTE_WIDTH,
  type Corner,
  type CornerBox,
  type StageExtent,
} from './callouts';
import { MOST_FEW, MOST_TIGHT } from './scale';
import type { StageGeometry } from './stage-geometry';

/** Where the matrix stands, and the side of one of its cells. */
export interface MatrixBox extends CornerBox {
  readonly cellPx: number;
}

export interface CalloutPlan {
  readonly believes: CornerBox | null;
  readonly reports: CornerBox | null;
  readonly claims: CornerBox | null;
  readonly denial: CornerBox | null;
  readonly matrix: MatrixBox | null;
  /** Whether the matrix has room for its key. */
  readonly matrixKey: boolean;
  readonly legend: CornerBox | null;
  readonly leaders: readonly { readonly id: string; readonly path: string }[];
}

export interface CalloutWishes {
  readonly geometry: StageGeometry;
  readonly stage: StageExtent;
  readonly viewpoint: NodeName | null;
  readonly reports: ReportsPicture | null;
  readonly election: FrameElection | null;
  readonly legendLength: number;
}

/** The most reports written out; the rest is a number. */
export const REPORTS_SHOWN = 4;

/** The largest side of the matrix of a large cluster, in pixels. */
const PLATE_PX = 150;

const LEGEND_TITLE_PX = 22;
const LEGEND_ROW_PX = 21;
const LEAST_LEGEND_ROWS = 2;

/** Side of one cell of the matrix in pixels. */
export function matrixCellPx(nodeCount: number): number {
  return cellSizes(nodeCount)[0]!;
}

/** A row is a target for the pointer; where the stage is small, the viewpoint's chips are it. */
const [TARGET_PX, SMALL_PX] = [24, 20];

/** The sizes to try, the best first: beside a ring of ten a pixel may decide. */
function cellSizes(nodeCount: number): readonly number[] {
  if (nodeCount <= MOST_FEW) return [TARGET_PX, SMALL_PX];
  if (nodeCount <= MOST_TIGHT) return [14, 13, 12];
  return [Math.max(3, Math.min(8, Math.floor(PLATE_PX / nodeCount)))];
}

/** Places all notes; null for one that is not wanted or finds no room beside the ring. */
export function planCallouts(wishes: CalloutWishes): CalloutPlan {
  const { geometry, stage, reports, election } = wishes;
  if (stage.isBare) return barePlan(wishes);
  if (geometry.size.crowd) return NO_CALLOUTS;
  if (geometry.size.compact) return compactPlan(wishes);
  const moment = momentNode(wishes);
  const isLeft =
    moment !== null && (geometry.places.get(moment)?.x ?? 0) < -geometry.size.radius * 0.3;
  const [near, far]: [Corner, Corner] = isLeft
    ? ['top-left', 'top-right']
    : ['top-right', 'top-left'];
  const put = (corner: Corner, height: number, width = NOTE_WIDTH) => {
    const box = cornerBox(corner, { width, height }, stage);
    return fitsBeside(box, geometry) ? box : null;
  };
  const hasReports = reports !== null && !election;
  const boxes = {
    reports: hasReports ? put(near, reportsHeight(reports)) : null,
    claims: election ? put(near, 100) : null,
    denial: denialBox(deniedVoter(election), (height, width) => put(far, height, width)),
    ...matrixPlan(geometry, stage),
    legend: legendHeights(wishes.legendLength).reduce<CornerBox | null>(
      (box, height) => box ?? put('bottom-right', height),
      null,
    ),
  };
  const believesCorner = hasReports || election ? far : 'top-left';
  const believes =
    wishes.viewpoint && !boxes.denial
      ? put(believesCorner, 92, believesWidth(believesCorner))
      : null;
  const upper = [boxes.reports, boxes.claims, boxes.denial, believes];
  const lower = keptLower(boxes, upper, stage);
  return { ...boxes, ...lower, believes, leaders: leadersOf(boxes, wishes) };
}

/** A digit or letter of the reason. */
const REASON_LETTER_PX = 7.6;

/** Wide enough for the reason on one line; else with it on two. */
function denialBox(
  denied: FrameElection['seats'][number] | null,
  put: (height: number, width: number) => CornerBox | null,
): CornerBox | null {
  if (!denied) return null;
  const width = Math.ceil((denied.reason ?? '').length * REASON_LETTER_PX);
  return put(82, Math.max(NOTE_WIDTH, width)) ?? put(99, NOTE_WIDTH);
}

/** On the left the figures may reach beyond the note, on the right the stage ends there. */
const believesWidth = (corner: Corner): number => (corner === 'top-left' ? 190 : 220);

/** The boxes that are taken. */
export function notesOf(plan: CalloutPlan): readonly CornerBox[] {
  const { believes, reports, claims, denial, matrix, legend } = plan;
  return [believes, reports, claims, denial, matrix, legend].filter((box) => box !== null);
}

/** From the band to the far side of the numbers outside it. */
const NUMBERS_PX = 32;

/** Whether the numbers outside the ring may come to stand in the notes beside it. */
export function isNarrow({ centreX, radius, band }: StageGeometry['size']): boolean {
  return centreX - radius - band / 2 - NUMBERS_PX < NOTE_MARGIN + MATRIX_TITLE_WIDTH + BETWEEN_PX;
}

const BETWEEN_PX = 12;

/** Where the stage is low, the notes above have their room first. */
function keptLower(
  { matrix, matrixKey, legend }: Pick<CalloutPlan, 'matrix' | 'matrixKey' | 'legend'>,
  upper: readonly (CornerBox | null)[],
  { insetTop }: StageExtent,
): Pick<CalloutPlan, 'matrix' | 'matrixKey' | 'legend'> {
  const isFree = (box: CornerBox) =>
    box.y >= insetTop &&
    upper.every((other) => {
      if (!other) return true;
      const isBeside = box.x >= other.x + other.width || other.x >= box.x + box.width;
      return isBeside || box.y >= other.y + other.height + BETWEEN_PX;
    });
  const kept = <Box extends CornerBox>(box: Box | null) => (box && isFree(box) ? box : null);
  return { matrix: kept(matrix), matrixKey, legend: kept(legend) };
}

/** Only the line that leads from the node the moment is about to the notes beside the stage. */
function barePlan(wishes: CalloutWishes): CalloutPlan {
  const name = momentNode(wishes);
  const subject = name === null ? undefined : wishes.geometry.places.get(name);
  const path = subject ? asideLeader(subject, wishes.geometry, wishes.stage) : '';
  const none = { believes: null, reports: null, claims: null, denial: null, matrix: null };
  return { ...none, matrixKey: false, legend: null, leaders: path ? [{ id: 'aside', path }] : [] };
}

/** A crowd's notes stand beside its lens. */
const NO_CALLOUTS: CalloutPlan = {
  ...{ believes: null, reports: null, claims: null, denial: null, matrix: null, legend: null },
  ...{ matrixKey: false, leaders: [] },
};

/** All its rows, or only the first where a disc is in the way. */
function legendHeights(length: number): number[] {
  if (length === 0) return [];
  return [length, LEAST_LEGEND_ROWS].map((rows) => LEGEND_TITLE_PX + LEGEND_ROW_PX * rows);
}

/** How many rows of the legend have room in the box planned for it. */
export function legendRows({ height }: CornerBox): number {
  return Math.floor((height - LEGEND_TITLE_PX) / LEGEND_ROW_PX);
}

/** The voter whose denial is written out: the first. */
export function deniedVoter(election: FrameElection | null): FrameElection['seats'][number] | null {
  return election?.seats.find(({ vote }) => vote === 'denied') ?? null;
}

function momentNode({ reports, election }: CalloutWishes): NodeName | null {
  return election?.candidate ?? reports?.subject ?? null;
}

function reportsHeight({ reports, own }: ReportsPicture): number {
  const rows = Math.min(reports.length, REPORTS_SHOWN) + (own === 'none' ? 0 : 1);
  const more = reports.length > REPORTS_SHOWN ? 20 : 0;
  return 42 + 36 * rows + more + 76;
}

const MATRIX_KEY_HEIGHT = 28;
const [MATRIX_TITLE_WIDTH, MATRIX_TITLE_HEIGHT] = [174, 24];
/** What observes and what is observed, beside the cells and above. */
const MATRIX_HEAD = { width: 38, height: 20 };

/** With its key where there is room, else without, else not at all. */
function matrixPlan(
  geometry: StageGeometry,
  stage: StageExtent,
): Pick<CalloutPlan, 'matrix' | 'matrixKey'> {
  const count = geometry.nodes.length;
  const isPlate = count > MOST_TIGHT;
  // A client's arrows to the nodes below go through the matrix's corner.
  if (geometry.clientBox) return { matrix: null, matrixKey: false };
  const head = isPlate ? { width: 0, height: 0 } : MATRIX_HEAD;
  for (const matrixKey of [true, false]) {
    for (const cellPx of cellSizes(count)) {
      const rows = { width: head.width + cellPx * count, height: head.height + cellPx * count };
      const width = Math.max(MATRIX_TITLE_WIDTH, rows.width);
      const height = MATRIX_TITLE_HEIGHT + rows.height + (matrixKey ? MATRIX_KEY_HEIGHT : 0);
      const box = cornerBox('bottom-left', { width, height }, stage);
      // What the ring comes near is a corner: of the title, or of the rows under it.
      const title = { ...box, width: MATRIX_TITLE_WIDTH, height: MATRIX_TITLE_HEIGHT };
      const under = { ...box, ...rows, y: box.y + MATRIX_TITLE_HEIGHT };
      const isFree = [title, under].every((part) => fitsBeside(part, geometry));
      if (isFree) return { matrix: { ...box, cellPx }, matrixKey };
    }
  }
  return { matrix: null, matrixKey: false };
}

function compactPlan({ geometry, stage, reports, election }: CalloutWishes): CalloutPlan {
  const box: CornerBox = {
    ...{ corner: 'top-right', x: stage.width - 74, y: stage.insetTop + 6, width: 58, height: 64 },
  };
  const shown = reports && !election ? box : null;
  const subject = reports && geometry.places.get(reports.subject);
  const leaders =
    shown && subject ? [{ id: 'reports', path: shortLeader(shown, subject, geometry) }] : [];
  const none = { believes: null, claims: null, denial: null, matrix: null, legend: null };
  return { ...none, matrixKey: false, reports: shown, leaders };
}

function leadersOf(
  boxes: Pick<CalloutPlan, 'reports' | 'claims' | 'denial'>,
  { geometry, reports, election }: CalloutWishes,
): CalloutPlan['leaders'] {
  const ties: [string, CornerBox | null, NodeName | undefined][] = [
    ['reports', boxes.reports, reports?.subject],
    ['claims', boxes.claims, election?.candidate],
    ['denial', boxes.denial, deniedVoter(election)?.voter],
  ];
  return ties.flatMap(([id, box, name]) => {
    const place = name === undefined ? undefined : geometry.places.get(name);
    return box && place ? [{ id, path: leaderPath(box, place, geometry) }] : [];
  });
}
