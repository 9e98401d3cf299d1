/**
 * Whose table the stage shows: one node's own, or, from above, what most running nodes hold.
 * A table says who is a master, who replicates whom, and who owns which slots.
 */
import type { ClusterFrame, FrameNode, FrameRow } from '../../protocol/cluster-frame';
import type { NodeName, Slot } from '../../protocol/ids';
import { NO_SLOTS, type SlotRange, type SlotRanges } from '../../protocol/slot-ranges';

export interface TableRow {
  readonly role: 'master' | 'replica';
  readonly master: NodeName | null;
  readonly slots: SlotRanges;
  readonly knowledge: 'known' | 'handshake';
}

export type Table = ReadonlyMap<NodeName, TableRow>;

/** The table of `viewpoint`, or the majority's for null. */
export function tableOf(frame: ClusterFrame, viewpoint: NodeName | null): Table {
  const viewer = frame.nodes.find((node) => node.name === viewpoint);
  return viewer ? ownTable(viewer) : majorityTable(voters(frame));
}

/** The nodes whose tables are counted from above: those that run, or all when none does. */
export function voters(frame: ClusterFrame): readonly FrameNode[] {
  const running = frame.nodes.filter((node) => node.process === 'running');
  return running.length > 0 ? running : frame.nodes;
}

function ownTable(viewer: FrameNode): Table {
  return new Map(viewer.view.rows.map((row) => [row.name, tableRow(row)]));
}

function tableRow(row: FrameRow): TableRow {
  return {
    role: row.flags.includes('replica') ? 'replica' : 'master',
    master: row.master,
    slots: row.slots,
    knowledge: row.flags.includes('handshake') ? 'handshake' : 'known',
  };
}

function majorityTable(viewers: readonly FrameNode[]): Table {
  const slots = majoritySlots(viewers);
  const rowsByName = new Map<NodeName, TableRow[]>();
  for (const viewer of viewers) {
    for (const row of viewer.view.rows) {
      const rows = rowsByName.get(row.name);
      if (rows) rows.push(tableRow(row));
      else rowsByName.set(row.name, [tableRow(row)]);
    }
  }
  const table = new Map<NodeName, TableRow>();
  for (const [name, rows] of rowsByName) {
    table.set(name, {
      role: mostCommon(rows.map((row) => row.role)),
      master: mostCommon(rows.map((row) => row.master)),
      slots: slots.get(name) ?? NO_SLOTS,
      knowledge: rows.some((row) => row.knowledge === 'known') ? 'known' : 'handshake',
    });
  }
  return table;
}

/**
 * Cuts the slots wherever any table cuts them, and gives each piece to the owner most tables
 * name.
 */
function majoritySlots(viewers: readonly FrameNode[]): Map<NodeName, SlotRanges> {
  const tables = viewers.map(ownedRanges);
  const cuts = new Set<Slot>();
  for (const { first, last } of tables.flat()) cuts.add(first).add(last + 1);
  const edges = [...cuts].sort((a, b) => a - b);
  const owned = new Map<NodeName, SlotRange[]>();
  for (const [i, first] of edges.slice(0, -1).entries()) {
    const owner = mostCommon(tables.map((table) => ownerOf(table, first)));
    if (owner !== null) append(owned, owner, [first, edges[i + 1]! - 1]);
  }
  return owned;
}

interface OwnedRange {
  readonly first: Slot;
  readonly last: Slot;
  readonly owner: NodeName;
}

function ownedRanges(viewer: FrameNode): OwnedRange[] {
  return viewer.view.rows.flatMap((row) =>
    row.slots.map(([first, last]) => ({ first, last, owner: row.name })),
  );
}

function ownerOf(table: readonly OwnedRange[], slot: Slot): NodeName | null {
  return table.find(({ first, last }) => slot >= first && slot <= last)?.owner ?? null;
}

function append(owned: Map<NodeName, SlotRange[]>, owner: NodeName, range: SlotRange): void {
  const ranges = owned.get(owner) ?? [];
  const previous = ranges.at(-1);
  if (previous && previous[1] + 1 === range[0]) ranges[ranges.length - 1] = [previous[0], range[1]];
  else ranges.push(range);
  owned.set(owner, ranges);
}

/** The value that occurs most often; of equals, the one seen first. */
function mostCommon<T>(values: readonly T[]): T {
  if (values.every((value) => value === values[0])) return values[0] as T;
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] as T;
  for (const [value, count] of counts) if (count > counts.get(best)!) best = value;
  return best;
}
