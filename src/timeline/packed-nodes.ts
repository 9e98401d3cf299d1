/**
 * What the nodes of a world remember, put away: the rows of their tables in one list, and of the
 * rest what has changed since an earlier world.
 */
import type { World } from '../kernel/world';
import type { ClusterNode, ClusterState, SavedConfig } from '../protocol/cluster-state';
import { copyOfState } from '../protocol/copies';
import type { NodeName } from '../protocol/ids';
import type { NodeSnapshot } from '../protocol/node.machine';

type Nodes = World['nodes'];
type Rows = readonly (ClusterNode | null)[];

export interface PackedNodes {
  readonly byName: ReadonlyMap<NodeName, PackedNode>;
  /** Places for each table in the list of rows; free ones hold nothing. */
  readonly stride: number;
}

interface PackedNode {
  /** Without tables, as it was some time ago. */
  readonly base: NodeSnapshot;
  /** Field and value in turn: what has changed since. */
  readonly changes: readonly unknown[];
  readonly tableLength: number;
  readonly savedLength: number;
}

/** Room in a table for nodes to come. */
const ROOM = 16;
/** If more fields have changed than this, all are put down again. */
const MOST_CHANGES = 12;
const NO_CHANGES: readonly unknown[] = [];
const NO_ROWS: readonly ClusterNode[] = [];

/** Puts nodes away, and finds all rows of their tables. */
export function packNodes(
  nodes: Nodes,
  earlier: { readonly packed: PackedNodes; readonly nodes: Nodes } | null,
): { readonly packed: PackedNodes; readonly rows: Rows } {
  const stride = strideFor(nodes);
  const rows = new Array<ClusterNode | null>(nodes.size * 2 * stride).fill(null);
  const byName = new Map<NodeName, PackedNode>();
  let at = 0;
  for (const [name, snapshot] of nodes) {
    const { context } = snapshot;
    context.nodes.forEach((row, i) => (rows[at + i] = row));
    context.saved.nodes.forEach((row, i) => (rows[at + stride + i] = row));
    at += 2 * stride;
    const before = earlier?.packed.byName.get(name);
    const isSame = before !== undefined && earlier?.nodes.get(name) === snapshot;
    byName.set(name, isSame ? before : packNode(snapshot, before?.base ?? null));
  }
  return { packed: { byName, stride }, rows };
}

function strideFor(nodes: Nodes): number {
  let longest = 0;
  for (const { context } of nodes.values()) {
    longest = Math.max(longest, context.nodes.length, context.saved.nodes.length);
  }
  return Math.ceil(longest / ROOM) * ROOM;
}

function packNode(snapshot: NodeSnapshot, base: NodeSnapshot | null): PackedNode {
  const { context } = snapshot;
  const lengths = { tableLength: context.nodes.length, savedLength: context.saved.nodes.length };
  const changes = base?.value === snapshot.value ? changesSince(base.context, context) : null;
  if (base && changes && changes.length <= 2 * MOST_CHANGES) return { base, changes, ...lengths };
  const rest = copyOfState(context);
  rest.nodes = NO_ROWS;
  rest.saved = { ...context.saved, nodes: NO_ROWS };
  return { base: { ...snapshot, context: rest }, changes: NO_CHANGES, ...lengths };
}

function changesSince(base: ClusterState, now: ClusterState): readonly unknown[] {
  const changes: unknown[] = [];
  for (const field of Object.keys(now) as (keyof ClusterState)[]) {
    if (field === 'nodes' || now[field] === base[field]) continue;
    if (field !== 'saved') changes.push(field, now[field]);
    else if (!isSavedAlike(now.saved, base.saved)) {
      changes.push(field, { ...now.saved, nodes: NO_ROWS });
    }
  }
  return changes.length === 0 ? NO_CHANGES : changes;
}

const isSavedAlike = (a: SavedConfig, b: SavedConfig): boolean =>
  a.currentEpoch === b.currentEpoch &&
  a.lastVoteEpoch === b.lastVoteEpoch &&
  a.migratingTo === b.migratingTo &&
  a.importingFrom === b.importingFrom;

/** The nodes that were put away, into an empty map. */
export function unpackNodes({ byName, stride }: PackedNodes, rows: Rows, empty: Nodes): Nodes {
  return empty.withMutations((map) => {
    let at = 0;
    for (const [name, { base, changes, tableLength, savedLength }] of byName) {
      const context = copyOfState(base.context);
      for (let i = 0; i < changes.length; i += 2) {
        Object.assign(context, { [changes[i] as keyof ClusterState]: changes[i + 1] });
      }
      context.nodes = rows.slice(at, at + tableLength) as ClusterNode[];
      const saved = rows.slice(at + stride, at + stride + savedLength) as ClusterNode[];
      context.saved = { ...context.saved, nodes: saved };
      at += 2 * stride;
      map.set(name, { ...base, context });
    }
  });
}
