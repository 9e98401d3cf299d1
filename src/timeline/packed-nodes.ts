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
import type { Row } from './packed-rows';

type Nodes = World['nodes'];
export type TableRows = readonly Row<ClusterNode>[];

export interface PackedNodes {
  readonly names: readonly NodeName[];
  /** Of each node: without its tables, as it was some time ago. */
  readonly bases: readonly NodeSnapshot[];
  /** Of each node: the lengths of its tables, how much has changed since, and what. */
  readonly codes: Int32Array;
  /** Changes that are no numbers. */
  readonly values: readonly unknown[];
  readonly book: ChangeBook;
  /** Places for each table in the lists of rows; free ones hold nothing. */
  readonly stride: number;
}

/** Room in a table for nodes to come. */
const ROOM = 16;
/** If more has changed than this, all is put down again. */
const MOST_CHANGES = 48;
/** A change that is no number takes as much room as so many that are. */
const VALUE_COST = 4;
const NO_ROWS: readonly ClusterNode[] = [];
const NO_CHANGES: Changes = { numbers: [], ways: [], values: [] };

/** Puts nodes away, sharing with those put away earlier. */
export function packNodes(nodes: Nodes, earlier: PackedNodes | null): PackedNodes {
  const names = [...nodes.keys()];
  const isSame = earlier?.names.length === names.length;
  const before = new Map(earlier?.names.map((name, i) => [name, earlier.bases[i]!]));
  const book = earlier?.book ?? new ChangeBook();
  const codes: number[] = [];
  const values: unknown[] = [];
  const bases = names.map((name) => {
    const snapshot = nodes.get(name)!;
    const { context } = snapshot;
    const { base, changes } = packNode(snapshot, before.get(name) ?? null, book);
    codes.push(context.nodes.length, context.saved.nodes.length);
    codes.push(changes.numbers.length, changes.ways.length, ...changes.numbers, ...changes.ways);
    values.push(...changes.values);
    return base;
  });
  const isAlike = isSame && bases.every((base, i) => base === earlier.bases[i]);
  return {
    names: isSame ? earlier.names : names,
    bases: isAlike ? earlier.bases : bases,
    codes: Int32Array.from(codes),
    values,
    book,
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
    const cost = changes.numbers.length / 2 + VALUE_COST * changes.ways.length;
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
  const { names, bases, codes, values, book, stride } = packed;
  let [at, value] = [0, 0];
  return empty.withMutations((map) => {
    for (const [i, base] of bases.entries()) {
      const [length, savedLength, numbers, ways] = codes.subarray(at, at + 4) as unknown as Four;
      const context = copyOfState(base.context);
      const changes = at + 4;
      at = changes + numbers;
      for (let k = changes; k < at; k += 2) {
        book.write(context, base.context, codes[k]!, codes[k + 1]);
      }
      for (const way of codes.subarray(at, (at += ways))) {
        book.write(context, base.context, way, values[value++]);
      }
      const place = i * stride;
      context.nodes = known.slice(place, place + length) as ClusterNode[];
      context.saved = savedLater(context.saved, () => saved().slice(place, place + savedLength));
      map.set(names[i]!, { ...base, context });
    }
  });
}

type Four = readonly [number, number, number, number];

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
