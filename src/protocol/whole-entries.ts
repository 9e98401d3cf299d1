/**
 * Entries together with their times, for whoever looks at both: pictures, CLUSTER NODES, files.
 * Source: clusterNode, src/cluster.h, which has them in one place.
 */
import { lookupNode, type ClusterNode, type ClusterState } from './cluster-state';
import { copyOfNode } from './copies';
import type { NodeId } from './ids';
import { Vitals, type VitalSigns } from './vitals';

export type WholeEntry = ClusterNode & VitalSigns;
export type Table = Pick<ClusterState, 'nodes' | 'vitals'>;

/** Every entry with its times. */
export function wholeEntries({ nodes, vitals }: Table): WholeEntry[] {
  return nodes.map((node, place) => ({ ...node, ...vitals.at(place) }));
}

/** The entry about `id` with its times, or null. */
export function wholeEntry(table: Table, id: NodeId): WholeEntry | null {
  const node = lookupNode(table, id);
  return node && { ...node, ...table.vitals.at(table.nodes.indexOf(node)) };
}

/** The table that has these entries. */
export function tableOf(entries: readonly WholeEntry[]): Table {
  return { nodes: entries.map(copyOfNode), vitals: Vitals.of(entries) };
}
