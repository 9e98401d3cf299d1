/**
 * nodes.conf as text: the lines of CLUSTER NODES without handshakes, and one of epochs.
 * Source: clusterSaveConfig, clusterLoadConfig, src/cluster.c.
 */
import { blankNode, isReplica, type ClusterNode, type ClusterState } from '../cluster-state';
import { printClusterNodes } from '../commands/cluster-texts';
import { FAIL, MIGRATE_TO, MYSELF } from '../flags';
import type { Epoch, NodeId, Slot } from '../ids';
import { NO_SIGNS, type Vitals } from '../vitals';
import { parseClusterNodes, type NodesLine } from './nodes-text';
import { tableOf, type WholeEntry } from '../whole-entries';
import type { Mutable } from '../turn';

/** The file as it was last written. */
export function printNodesConf(state: ClusterState): string {
  const { saved } = state;
  const { nodes, vitals, migratingTo, importingFrom, currentEpoch, lastVoteEpoch } = saved;
  const lines = printClusterNodes({ ...state, nodes, vitals, migratingTo, importingFrom });
  return `${lines}vars currentEpoch ${currentEpoch} lastVoteEpoch ${lastVoteEpoch}\n`;
}

/** What a process knows of the cluster when it has read its file. */
export interface LoadedConfig {
  readonly myId: NodeId;
  readonly nodes: readonly ClusterNode[];
  readonly vitals: Vitals;
  readonly currentEpoch: Epoch;
  readonly lastVoteEpoch: Epoch;
  readonly migratingTo: Readonly<Record<Slot, NodeId>>;
  readonly importingFrom: Readonly<Record<Slot, NodeId>>;
}

/**
 * Reads the file at `nowMs`: pings and PONGs restart their clocks, FAIL stays, a replica's own
 * configEpoch is forgotten. Throws an Error that says what was found, where, and what was expected.
 */
export function parseNodesConf(text: string, nowMs: number): LoadedConfig {
  const vars = readVars(text);
  const lines = parseClusterNodes(text.replace(/^vars.*$/gim, ''), 'nodes.conf');
  const me = lines.find(({ flags }) => flags & MYSELF);
  if (!me) throw new Error('nodes.conf: no line has the flag "myself", expected exactly one');
  const table = new Loading(lines, nowMs);
  for (const line of lines) table.read(line);
  const { migratingTo, importingFrom } = table;
  const { nodes, vitals } = tableOf(table.nodes);
  // Redis protects itself against an edited file: the current epoch is never below any other.
  const currentEpoch = Math.max(vars.currentEpoch, ...nodes.map(({ configEpoch }) => configEpoch));
  const { lastVoteEpoch } = vars;
  return { myId: me.id, nodes, vitals, currentEpoch, lastVoteEpoch, migratingTo, importingFrom };
}

/** `vars currentEpoch 6 lastVoteEpoch 0`, usually the last line; unknown names are skipped. */
function readVars(text: string): { readonly currentEpoch: Epoch; readonly lastVoteEpoch: Epoch } {
  const vars = { currentEpoch: 0, lastVoteEpoch: 0 };
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    const [head, ...words] = line.trim().split(' ');
    if (head?.toLowerCase() !== 'vars') return;
    for (let i = 0; i < words.length; i += 2) {
      const [name, value] = [words[i]!, words[i + 1]];
      if (!(name in vars)) continue;
      if (!value || !/^\d+$/.test(value)) {
        throw new Error(
          `line ${index + 1} of nodes.conf: ${name} is "${value ?? ''}", expected a number`,
        );
      }
      vars[name as keyof typeof vars] = Number(value);
    }
  });
  return vars;
}

/** The table while the file is read, line by line: what a line does depends on those before it. */
class Loading {
  readonly nodes: Mutable<WholeEntry>[];
  readonly migratingTo: Record<Slot, NodeId> = {};
  readonly importingFrom: Record<Slot, NodeId> = {};
  private readonly nowMs: number;
  private replicas = 0;

  constructor(lines: readonly NodesLine[], nowMs: number) {
    this.nowMs = nowMs;
    this.nodes = lines.map(({ id }) => this.blank(id));
  }

  read(line: NodesLine): void {
    const { nowMs } = this;
    const node = this.node(line.id);
    const { hostname, ip, port, busPort, masterId } = line;
    Object.assign(node, { hostname, ip, port, busPort, masterId });
    node.flags |= line.flags;
    node.failMs = line.flags & FAIL ? nowMs : 0;
    if (masterId) this.addReplica(node, masterId);
    node.pingSentMs = line.pingSentUnixMs ? nowMs : 0;
    node.pongReceivedMs = line.pongReceivedUnixMs ? nowMs : 0;
    node.configEpoch = isReplica(node) && masterId ? 0 : line.configEpoch;
    // A node's first slot makes it a target of replica migration, if a replica was read before.
    if (line.slots.length > 0 && this.mastersHaveReplicas()) node.flags |= MIGRATE_TO;
    node.slots = line.slots;
    for (const id of Object.values({ ...line.migratingTo, ...line.importingFrom })) this.node(id);
    Object.assign(this.migratingTo, line.migratingTo);
    Object.assign(this.importingFrom, line.importingFrom);
  }

  /** Source: clusterNodeAddSlave. */
  private addReplica(node: Mutable<ClusterNode>, masterId: NodeId): void {
    node.replicaOrder = this.replicas++;
    this.node(masterId).flags |= MIGRATE_TO;
  }

  private mastersHaveReplicas(): boolean {
    return this.nodes.some(({ masterId }) => masterId && !isReplica(this.node(masterId)));
  }

  /** The entry about `id`; one that no line is about gets an empty entry. */
  private node(id: NodeId): Mutable<WholeEntry> {
    const known = this.nodes.find((node) => node.id === id);
    if (known) return known;
    const node = this.blank(id);
    this.nodes.push(node);
    return node;
  }

  private blank(id: NodeId): Mutable<WholeEntry> {
    const node = blankNode({ id, flags: 0, createdMs: this.nowMs, port: 0, busPort: 0 });
    return { ...node, ...NO_SIGNS };
  }
}
