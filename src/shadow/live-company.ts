/** Our machines beside the real nodes: each begins with the first table its node prints. */
import type { ClusterState } from '../protocol/cluster-state';
import type { NodeSnapshot } from '../protocol/node.machine';
import type { NodesLine } from '../protocol/slots/nodes-text';
import type { CaptureNode, NodeNumber } from './capture';
import type { FrameStore } from './frame-store';
import { Beside } from './live-beside';
import type { LiveConnections } from './live-connections';
import type { Differences } from './live-differences';
import type { LiveStart, LiveView } from './live-events';
import { LiveNode } from './live-node';
import type { Outlook } from './live-outlook';
import type { ProcessNews } from './live-replication';
import { momentOf, seedState } from './live-seed';

/** A node of which no table was seen is taken for a new one after this time. */
const UNSEEN_MS = 1_000;

export interface CompanyRules {
  readonly outlooks: ReadonlyMap<NodeNumber, Outlook>;
  readonly connections: LiveConnections;
  readonly differences: Differences;
  readonly onbegin: (beside: Beside, atMs: number, begins: NodeSnapshot) => void;
}

export class Company {
  /** What became of each process last. */
  readonly processes = new Map<NodeNumber, ProcessNews>();
  private readonly beside = new Map<NodeNumber, Beside>();
  private readonly kinds = new Set<number>();
  private readonly start: LiveStart;
  private readonly nodes: readonly CaptureNode[];
  private readonly store: FrameStore;
  private readonly rules: CompanyRules;

  constructor(
    start: LiveStart,
    nodes: readonly CaptureNode[],
    store: FrameStore,
    rules: CompanyRules,
  ) {
    this.start = start;
    this.nodes = nodes;
    this.store = store;
    this.rules = rules;
  }

  of(node: NodeNumber): Beside | null {
    return this.beside.get(node) ?? null;
  }

  all(): Iterable<Beside> {
    return this.beside.values();
  }

  /** Who is beside a node then; null: its first table has not been seen yet. */
  at(node: NodeNumber, atMs: number): Beside | null {
    const known = this.beside.get(node);
    if (known || atMs < this.start.knownFromMs + UNSEEN_MS) return known ?? null;
    return this.begin(node, [], { info: '' }, atMs);
  }

  /** The state of a node that printed these lines. */
  seed(
    node: CaptureNode,
    lines: readonly NodesLine[],
    view: Pick<LiveView, 'info'>,
    atMs: number,
  ): ClusterState {
    return seedState(momentOf(this.start, this.nodes, atMs), node, lines, view.info);
  }

  /** From now on one of our machines is beside this node. */
  begin(
    number: NodeNumber,
    lines: readonly NodesLine[],
    view: Pick<LiveView, 'info'>,
    atMs: number,
  ): Beside {
    const node = this.nodes.find((one) => one.number === number)!;
    const state = this.seed(node, lines, view, atMs);
    const { store, kinds } = this;
    const { connections, differences, outlooks } = this.rules;
    const ours = new LiveNode(node, this.nodes, { atMs, state }, (frame) => store.messageOf(frame));
    const outlook = outlooks.get(number)!;
    const isDown = (of: NodeNumber): boolean =>
      ['kill', 'start'].includes(this.processes.get(of)?.event ?? '');
    const around = { connections, outlook, isDown };
    const beside = new Beside(ours, store, around, { differences, kinds });
    this.beside.set(number, beside);
    const begins = ours.snapshot;
    ours.event(atMs, { type: 'BEFORE_SLEEP' });
    beside.tickAtMs = outlook.firstTick(atMs);
    this.rules.onbegin(beside, atMs, begins);
    return beside;
  }
}
