/**
 * What the nodes of a world remember, put away: the rows of their tables in two lists, and of the
 * rest what has changed since an earlier world.
 */
import type { World } from '../kernel/world';
import type { ClusterNode, SavedConfig } from '../protocol/cluster-state';
import { copyOfState } from '../protocol/copies';
import type { NodeName } from '../protocol/ids';
import type { NodeSnapshot } from '../protocol/node.machine';
import { ChangeBook, type Changes } from './change-book';
import { placesOf, type Row } from './packed-rows';

type Nodes = World['nodes'];
export type TableRows = readonly Row<ClusterNode>[];

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
  context.saved = { ...context.saved, nodes: NO_ROWS };
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
): { readonly known: TableRows; readonly saved: TableRows } {
  const known = new Array<Row<ClusterNode>>(names.length * stride).fill(null);
  const saved = [...known];
  names.forEach((name, i) => {
    const { context } = nodes.get(name)!;
    context.nodes.forEach((row, place) => (known[i * stride + place] = row));
    context.saved.nodes.forEach((row, place) => (saved[i * stride + place] = row));
  });
  return { known, saved };
}

/** The nodes that were put away, into an empty map; nodes.conf is read when somebody asks. */
export function unpackNodes(
  packed: PackedNodes,
  known: TableRows,
  saved: () => TableRows,
  empty: Nodes,
): Nodes {
  const { names, bases, stride } = packed;
  const reader = new NodeReader(packed);
  return empty.withMutations((map) => {
    for (const [i, base] of bases.entries()) {
      const { context, length, savedLength } = reader.next(base);
      const place = i * stride;
      context.nodes = known.slice(place, place + length) as ClusterNode[];
      context.saved = savedLater(context.saved, () => saved().slice(place, place + savedLength));
      map.set(names[i]!, { ...base, context });
    }
  });
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
  read: () => TableRows,
): SavedConfig {
  let rows: readonly ClusterNode[] | null = null;
  return {
    get nodes() {
      return (rows ??= read() as ClusterNode[]);
    },
    currentEpoch,
    lastVoteEpoch,
    migratingTo,
    importingFrom,
  };
}
