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
  return nodes.map((node, place) => together(node, vitals.at(place)));
}

/** The entry about `id` with its times, or null. */
export function wholeEntry(table: Table, id: NodeId): WholeEntry | null {
  const node = lookupNode(table, id);
  return node && together(node, table.vitals.at(table.nodes.indexOf(node)));
}

/** Field by field, for the reason given in `copies.ts`: rules look at these and at others alike. */
function together(node: ClusterNode, signs: VitalSigns): WholeEntry {
  return {
    id: node.id,
    createdMs: node.createdMs,
    flags: node.flags,
    configEpoch: node.configEpoch,
    slots: node.slots,
    masterId: node.masterId,
    replicaOrder: node.replicaOrder,
    failMs: node.failMs,
    votedMs: node.votedMs,
    ip: node.ip,
    port: node.port,
    busPort: node.busPort,
    hostname: node.hostname,
    orphanedMs: node.orphanedMs,
    link: node.link,
    inbound: node.inbound,
    failReports: node.failReports,
    pingSentMs: signs.pingSentMs,
    pongReceivedMs: signs.pongReceivedMs,
    dataReceivedMs: signs.dataReceivedMs,
    offsetBytes: signs.offsetBytes,
  };
}

/** The table that has these entries. */
export function tableOf(entries: readonly WholeEntry[]): Table {
  return { nodes: entries.map(copyOfNode), vitals: Vitals.of(entries) };
}
