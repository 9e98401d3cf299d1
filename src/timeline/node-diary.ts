/**
 * What one node remembers, put away each time something of it has changed: its tables row by row,
 * of the rest what has changed. It is read when somebody asks.
 */
import type {
  ClusterNode,
  ClusterState,
  InboundLink,
  SavedConfig,
} from '../protocol/cluster-state';
import { copyOfState } from '../protocol/copies';
import type { NodeSnapshot } from '../protocol/node.machine';
import type { Mutable } from '../protocol/turn';
import { Vitals } from '../protocol/vitals';
import { ByteLog, LogReader } from './byte-log';
import type { ChangeBook } from './change-book';
import { Chapters, type Chapter } from './chapters';
import { ListDiary } from './list-diary';
import { ENTRIES } from './packings';
import { PastConfig, PastNode } from './past-node';
import { RowDiary } from './row-diary';

/** All put down, but for its tables and lists. */
interface Whole extends Chapter {
  readonly base: NodeSnapshot;
  readonly ends: Ends;
}

/** Where in the diaries of its table, of that in nodes.conf, and of connections of nobody known. */
interface Ends {
  known: number;
  saved: number;
  strangers: number;
}

/** If more has changed than this since all was put down, it is put down again. */
const MOST_CHANGES = 40;
/** A change that is no number takes as much room as so many that are. */
const VALUE_COST = 8;
/** After so many times, too: what changed long ago stands in no list any more. */
const MOST_TIMES = 48;
const NO_ROWS: readonly ClusterNode[] = [];
const NO_LINKS: readonly InboundLink[] = [];
const NO_VITALS = Vitals.of([]);

export class NodeDiary {
  private readonly book: ChangeBook;
  private readonly known = new RowDiary(ENTRIES);
  private readonly saved = new RowDiary(ENTRIES);
  private readonly strangers = new ListDiary<InboundLink>();
  private readonly log = new ByteLog();
  private readonly values: unknown[] = [];
  private readonly chapters = new Chapters<Whole>();
  /** What was put away last, and the same without its tables and lists. */
  private latest: NodeSnapshot | null = null;
  private rest: ClusterState | null = null;
  private ends: Ends = { known: 0, saved: 0, strangers: 0 };
  private place = 0;
  private times = 0;

  /** `book`: of all nodes. */
  constructor(book: ChangeBook) {
    this.book = book;
  }

  /** Where it stands from now on. */
  write(snapshot: NodeSnapshot, nowMs: number): number {
    const before = this.latest;
    if (snapshot === before) return this.place;
    const { context } = snapshot;
    this.writeLists(context, before?.context ?? null, nowMs);
    const isSaved = before !== null && before.context.saved === context.saved;
    this.rest = withoutLists(context, isSaved ? this.rest!.saved : null);
    this.latest = snapshot;
    this.place = this.log.length;
    if (!this.writeChanges(snapshot, this.rest)) this.begin(snapshot, this.rest);
    return this.place;
  }

  private writeLists(now: ClusterState, before: ClusterState | null, nowMs: number): void {
    if (!before || now.nodes !== before.nodes || now.vitals !== before.vitals) {
      this.ends.known = this.known.write(now.nodes, now.vitals.columns, nowMs);
    }
    if (!before || now.saved !== before.saved) {
      this.ends.saved = this.saved.write(now.saved.nodes, now.saved.vitals.columns, nowMs);
    }
    this.ends.strangers = this.strangers.write(now.strangers);
  }

  private begin(snapshot: NodeSnapshot, context: ClusterState): void {
    const { place: from, ends } = this;
    this.chapters.add({ from, base: { ...snapshot, context }, ends: { ...ends } });
    this.times = 0;
    this.writeChanges(snapshot, context);
  }

  /** Since all was put down. False: so much that it is to be put down again. */
  private writeChanges({ value, chart }: NodeSnapshot, rest: ClusterState): boolean {
    const { log } = this;
    const { last } = this.chapters;
    if (last?.base.value !== value || last.base.chart !== chart) return false;
    const { toNumbers, numbers, toValues, values } = this.book.changes(last.base.context, rest);
    const cost = toNumbers.length + VALUE_COST * toValues.length;
    if (cost > MOST_CHANGES || this.times > MOST_TIMES) return false;
    this.times++;
    log.natural(this.ends.known - last.ends.known);
    log.natural(this.ends.saved - last.ends.saved);
    log.natural(this.ends.strangers - last.ends.strangers);
    log.natural(toNumbers.length);
    toNumbers.forEach((way, i) => {
      log.natural(way);
      log.whole(numbers[i]!);
    });
    log.natural(toValues.length);
    if (toValues.length > 0) log.natural(this.values.length);
    for (const way of toValues) log.natural(way);
    this.values.push(...values);
    return true;
  }

  /** The node as it was at a place; what it remembers is read when somebody asks. */
  read(place: number): NodeSnapshot {
    const chapter = this.chapters.at(place);
    return new PastNode(chapter.base, () => this.stateAt(place, chapter));
  }

  private stateAt(place: number, { base, ends }: Whole): ClusterState {
    const context = copyOfState(base.context);
    const own = new Set<unknown>();
    const reader = new LogReader(this.log, place);
    const known = ends.known + reader.natural();
    const saved = ends.saved + reader.natural();
    const strangers = ends.strangers + reader.natural();
    for (let left = reader.natural(); left > 0; left--) {
      const way = reader.natural();
      this.book.write(context, own, way, reader.whole());
    }
    const count = reader.natural();
    const from = count > 0 ? reader.natural() : 0;
    for (let i = 0; i < count; i++) {
      this.book.write(context, own, reader.natural(), this.values[from + i]);
    }
    this.readLists(context, { known, saved, strangers });
    return context;
  }

  private readLists(context: Mutable<ClusterState>, { known, saved, strangers }: Ends): void {
    Object.assign(context, tableAt(this.known, known));
    context.saved = new PastConfig(context.saved, () => tableAt(this.saved, saved));
    context.strangers = this.strangers.read(strangers);
  }
}

/** The same without its tables and lists; what has not changed since stays the same object. */
function withoutLists(state: ClusterState, saved: SavedConfig | null): ClusterState {
  const rest = copyOfState(state);
  rest.nodes = NO_ROWS;
  rest.vitals = NO_VITALS;
  rest.strangers = NO_LINKS;
  rest.saved = saved ?? { ...state.saved, nodes: NO_ROWS, vitals: NO_VITALS };
  return rest;
}

function tableAt(diary: RowDiary<ClusterNode>, place: number) {
  const { rows, numbers } = diary.read(place);
  return { nodes: rows as readonly ClusterNode[], vitals: Vitals.fromColumns(numbers) };
}
