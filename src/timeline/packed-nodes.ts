/**
 * What the nodes of a world remember, put away: the rows of their tables in two lists, and of the
 * rest what has changed since an earlier world.
 */
import type { World } from '../kernel/world';
import type { ClusterNode, SavedConfig } from '../protocol/cluster-state';
import { copyOfState } from '../protocol/copies';
import type { NodeName } from '../protocol/ids';
import type { NodeSnapshot } from '../protocol/node.machine';
import { ValueMap } from '../protocol/value-map';
import { NO_SIGNS, Vitals } from '../protocol/vitals';
import { ChangeBook, type Changes } from './change-book';
import { placesOf, type Numbers, type Row } from './packed-rows';

type Nodes = World['nodes'];
/** The tables of all nodes: entries and, four numbers for each place, their vital signs. */
export interface Table {
  readonly rows: Row<ClusterNode>[];
  readonly vitals: Float64Array;
}
export interface ReadTable {
  readonly rows: readonly Row<ClusterNode>[];
  readonly vitals: Numbers;
}

export interface PackedNodes {
  readonly names: readonly NodeName[];
  /** Of each node: without its tables, as it was some time ago. */
  readonly bases: readonly NodeSnapshot[];
  /** Of each node: the lengths of its tables, how much has changed since, and the ways to that. */
  readonly ways: Uint16Array | Uint32Array;
  /** Changes that are numbers, and others. */
  readonly numbers: Int32Array;
  readonly values: readonly unknown[];
  readonly book: ChangeBook;
  /** How many worlds share the bases. */
  readonly shares: number;
  /** Places for each table in the lists of rows; free ones hold nothing. */
  readonly stride: number;
}

/** Room in a table for nodes to come. */
const ROOM = 16;
/** If more has changed than this, all is put down again. */
const MOST_CHANGES = 48;
/** A change that is no number takes as much room as so many that are. */
const VALUE_COST = 16;
/** After so many worlds all is put down again: what changed long ago stands in no list any more. */
const MOST_SHARES = 64;
const NO_ROWS: readonly ClusterNode[] = [];
const NO_VITALS = Vitals.of([]);
/** Numbers of a row. */
const COLUMNS = Object.keys(NO_SIGNS).length;
const NO_CHANGES: Changes = { toNumbers: [], numbers: [], toValues: [], values: [] };

/** Puts nodes away, sharing with those put away earlier. */
export function packNodes(nodes: Nodes, earlier: PackedNodes | null): PackedNodes {
  const names = [...nodes.keys()];
  const isSame = earlier?.names.length === names.length;
  const isOld = earlier !== null && earlier.shares >= MOST_SHARES;
  const before = new Map(
    isOld ? [] : earlier?.names.map((name, i) => [name, earlier.bases[i]!] as const),
  );
  const book = earlier?.book ?? new ChangeBook();
  const ways: number[] = [];
  const numbers: number[] = [];
  const values: unknown[] = [];
  const bases = names.map((name) => {
    const snapshot = nodes.get(name)!;
    const { context } = snapshot;
    const { base, changes } = packNode(snapshot, before.get(name) ?? null, book);
    const { toNumbers, toValues } = changes;
    ways.push(context.nodes.length, context.saved.nodes.length);
    ways.push(toNumbers.length, toValues.length, ...toNumbers, ...toValues);
    numbers.push(...changes.numbers);
    values.push(...changes.values);
    return base;
  });
  const isAlike = isSame && bases.every((base, i) => base === earlier.bases[i]);
  return {
    names: isSame ? earlier.names : names,
    bases: isAlike ? earlier.bases : bases,
    ways: placesOf(ways, Math.max(...ways)),
    numbers: Int32Array.from(numbers),
    values,
    book,
    shares: isOld ? 1 : (earlier?.shares ?? 0) + 1,
    stride: strideFor(nodes),
  };
}

function packNode(
  snapshot: NodeSnapshot,
  base: NodeSnapshot | null,
  book: ChangeBook,
): { readonly base: NodeSnapshot; readonly changes: Changes } {
  const context = copyOfState(snapshot.context);
  context.nodes = NO_ROWS;
  context.vitals = NO_VITALS;
  context.saved = { ...context.saved, nodes: NO_ROWS, vitals: NO_VITALS };
  if (base && base.value === snapshot.value) {
    const changes = book.changes(base.context, context);
    const cost = changes.numbers.length + VALUE_COST * changes.values.length;
    if (cost <= MOST_CHANGES) return { base, changes };
  }
  return { base: { ...snapshot, context }, changes: NO_CHANGES };
}

function strideFor(nodes: Nodes): number {
  let longest = 0;
  for (const { context } of nodes.values()) {
    longest = Math.max(longest, context.nodes.length, context.saved.nodes.length);
  }
  return Math.ceil(longest / ROOM) * ROOM;
}

/** All rows of the tables, and of those of nodes.conf. */
export function tablesOf(
  nodes: Nodes,
  { names, stride }: Pick<PackedNodes, 'names' | 'stride'>,
): { readonly known: Table; readonly saved: Table } {
  const count = names.length * stride;
  const [known, saved] = [emptyTable(count), emptyTable(count)];
  names.forEach((name, i) => {
    const { context } = nodes.get(name)!;
    enter(known, context, i * stride);
    enter(saved, context.saved, i * stride);
  });
  return { known, saved };
}

function emptyTable(count: number): Table {
  const rows = new Array<Row<ClusterNode>>(count).fill(null);
  return { rows, vitals: new Float64Array(count * COLUMNS) };
}

/** Writes a table into a longer one, from a place on. */
function enter(
  { rows, vitals }: Table,
  table: Pick<SavedConfig, 'nodes' | 'vitals'>,
  from: number,
): void {
  table.nodes.forEach((row, place) => (rows[from + place] = row));
  vitals.set(table.vitals.columns, from * COLUMNS);
}

/** The nodes that were put away; nodes.conf is read when somebody asks. */
export function unpackNodes(packed: PackedNodes, known: ReadTable, saved: () => ReadTable): Nodes {
  const { names, bases, stride } = packed;
  const reader = new NodeReader(packed);
  const snapshots = bases.map((base, i): readonly [NodeName, NodeSnapshot] => {
    const { context, length, savedLength } = reader.next(base);
    const place = i * stride;
    Object.assign(context, excerpt(known, place, length));
    context.saved = savedLater(context.saved, () => excerpt(saved(), place, savedLength));
    return [names[i]!, { ...base, context }];
  });
  return ValueMap.from(snapshots);
}

function excerpt({ rows, vitals }: ReadTable, from: number, length: number) {
  const columns = vitals.subarray(from * COLUMNS, (from + length) * COLUMNS);
  return {
    nodes: rows.slice(from, from + length) as ClusterNode[],
    vitals: Vitals.fromColumns(Float64Array.from(columns)),
  };
}

/** Reads what has changed of each node, one after the other. */
class NodeReader {
  private readonly packed: PackedNodes;
  private way = 0;
  private number = 0;
  private value = 0;

  constructor(packed: PackedNodes) {
    this.packed = packed;
  }

  next({ context: base }: NodeSnapshot) {
    const { numbers, values, book } = this.packed;
    const [length, savedLength] = [this.code(), this.code()];
    const [numberCount, valueCount] = [this.code(), this.code()];
    const context = copyOfState(base);
    for (let i = 0; i < numberCount; i++) {
      book.write(context, base, this.code(), numbers[this.number++]);
    }
    for (let i = 0; i < valueCount; i++) {
      book.write(context, base, this.code(), values[this.value++]);
    }
    return { context, length, savedLength };
  }

  private code(): number {
    return this.packed.ways[this.way++]!;
  }
}

function savedLater(
  { currentEpoch, lastVoteEpoch, migratingTo, importingFrom }: SavedConfig,
  read: () => Pick<SavedConfig, 'nodes' | 'vitals'>,
): SavedConfig {
  let table: Pick<SavedConfig, 'nodes' | 'vitals'> | null = null;
  return {
    get nodes() {
      return (table ??= read()).nodes;
    },
    get vitals() {
      return (table ??= read()).vitals;
    },
    currentEpoch,
    lastVoteEpoch,
    migratingTo,
    importingFrom,
  };
}
