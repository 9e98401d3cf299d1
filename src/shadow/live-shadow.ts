/**
 * Our machines beside real nodes that are running: they hear what the real nodes hear, a quarter of
 * a second later, and step by step it is written down what they were told, so that it can be lived
 * through again.
 */
import type { Note } from '../protocol/notes';
import type { CaptureNode, NodeNumber } from './capture';
import { Beside } from './live-beside';
import { LiveConnections } from './live-connections';
import { Differences } from './live-differences';
import type { FrameStore } from './frame-store';
import { judgeHeader } from './live-headers';
import { commandsBehind } from './live-inference';
import { introduce } from './live-introduction';
import { InputQueue, type LiveInput } from './live-inputs';
import { Company } from './live-company';
import type { LiveNode } from './live-node';
import type { LiveOp } from './live-ops';
import { Outlook } from './live-outlook';
import { giveLiveReplication } from './live-replication';
import { momentOf } from './live-seed';
import { judgeView, readTable } from './live-views';
import type { LiveStart, LiveView } from './live-events';
import type { NodesLine } from '../protocol/slots/nodes-text';
import type { NodeSnapshot } from '../protocol/node.machine';

/** One thing that happened, and what our machine was told of it. */
export interface LiveStep {
  readonly atMs: number;
  /** To whom; null: to the network. */
  readonly node: NodeNumber | null;
  readonly ops: readonly LiveOp[];
  readonly notes: readonly Note[];
  /** Why it happened. */
  readonly cause: LiveInput | null;
  /** The machine before, if it begins with this step. */
  readonly begins: NodeSnapshot | null;
}

export interface Listener {
  /** Returns the number of the step. */
  step(step: LiveStep): number;
  /** The real node wrote the same in its log: what our machine did in this step is no guess. */
  confirm(step: number): void;
}

/** What a process writes when it has started. */
const STARTED = /^Node configuration loaded/;
/** Commands that change a table, or make a message. All others are between a client and a node. */
const TOLD_COMMANDS = /^(cluster|config|publish|spublish)$/i;

export class LiveShadow {
  readonly differences = new Differences();
  readonly connections = new LiveConnections();
  readonly inputs = new InputQueue();
  readonly nodes: CaptureNode[];
  readonly outlooks: ReadonlyMap<NodeNumber, Outlook>;
  /** Everything up to then has been lived through. */
  nowMs: number;
  private readonly start: LiveStart;
  private readonly store: FrameStore;
  private readonly listener: Listener;
  private readonly company: Company;
  private readonly lastSaid = new Map<NodeNumber, number>();

  constructor(start: LiveStart, store: FrameStore, listener: Listener) {
    this.start = start;
    this.store = store;
    this.listener = listener;
    this.nodes = [...start.nodes];
    this.nowMs = start.knownFromMs;
    this.outlooks = new Map(this.nodes.map(({ number }) => [number, new Outlook(number)]));
    this.company = new Company(start, this.nodes, store, {
      outlooks: this.outlooks,
      connections: this.connections,
      differences: this.differences,
      onbegin: (beside, atMs, begins) => this.flush(beside, atMs, null, begins),
    });
  }

  get originMs(): number {
    return Math.floor(this.start.epochMs);
  }

  /** Our machine beside a node; null while nothing is known of it. */
  of(node: NodeNumber): LiveNode | null {
    return this.company.of(node)?.ours ?? null;
  }

  /** Lives through everything up to `untilMs`: nothing from before will be told any more. */
  advance(untilMs: number): void {
    for (;;) {
      const input = this.inputs.first;
      const tick = this.nextTick();
      const atMs = Math.min(input?.atMs ?? Infinity, tick?.tickAtMs ?? Infinity);
      if (atMs > untilMs) break;
      this.nowMs = Math.max(this.nowMs, atMs);
      if (input && input.atMs === atMs) {
        this.inputs.shift();
        this.happen(input);
      } else this.tick(tick!, atMs);
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
    for (const outlook of this.outlooks.values()) outlook.forget(this.nowMs);
    for (const beside of this.company.all()) {
      beside.lines.judge(this.nowMs);
      this.flush(beside, this.nowMs, null);
    }
  }

  /** Nothing comes any more. */
  finish(): void {
    for (const beside of this.company.all()) beside.lines.judge(this.nowMs, true);
    this.differences.finish(this.nowMs);
  }

  private nextTick(): Beside | null {
    let first: Beside | null = null;
    for (const beside of this.company.all()) {
      const { tickAtMs } = beside;
      if (tickAtMs !== null && tickAtMs < (first?.tickAtMs ?? Infinity)) first = beside;
    }
    return first;
  }

  private tick(beside: Beside, atMs: number): void {
    const { ours } = beside;
    const wasAsleep = beside.isAsleep;
    beside.isAsleep = false;
    giveLiveReplication(ours, this.nodes, (node) => this.company.processes.get(node) ?? null, atMs);
    beside.tick(atMs);
    beside.tickAtMs = beside.outlook.nextTick(atMs, atMs);
    this.flush(beside, atMs, null);
    if (wasAsleep) for (const input of beside.takeUnread()) this.happen({ ...input, atMs });
  }

  private happen(input: LiveInput): void {
    switch (input.type) {
      case 'gap':
        return this.differences.gap(input.atMs);
      case 'fault':
      case 'heal':
      case 'lost':
        return void this.tell(input);
      case 'view':
        return this.look(input.node, input.view, input.atMs);
      case 'renamed':
        return this.rename(input.node, input);
      case 'said':
      case 'log':
        return this.observe(input);
      case 'process':
        return this.change(input.node, input);
      default: {
        const beside = this.company.at(input.node, input.atMs);
        if (beside) this.undergo(beside, input);
        else if (input.type === 'heard') this.tell(input);
      }
    }
  }

  /** What is seen of a node, whatever our machine makes of it. */
  private observe(input: Extract<LiveInput, { type: 'said' | 'log' }>): void {
    const { node, atMs } = input;
    const beside = this.company.at(node, atMs);
    if (!beside) return void this.tell(input);
    if (input.type === 'log') {
      if (STARTED.test(input.line.text)) this.comeUp(beside, atMs);
      if (beside.isReading) beside.read(input.line.text, atMs);
      const step = beside.lines.hearReal(atMs, input.line.text);
      this.flush(beside, atMs, input);
      if (step !== null) this.listener.confirm(step);
      return;
    }
    const [message, frame] = [this.store.messageOf(input.frame), this.store.at(input.frame)!];
    this.lastSaid.set(node, input.frame);
    if (message && beside.isReading) {
      beside.say(input.frame, frame.connection, message.offsetBytes, atMs);
      if (!beside.isIntroduced) introduce(beside, message, atMs);
      if (message.type === 'FAILOVER_AUTH_REQUEST') beside.ask(atMs);
    }
    this.flush(beside, atMs, input);
  }

  private undergo(beside: Beside, input: LiveInput): void {
    const { atMs, type } = input;
    if (type === 'judge') return this.judge(beside, input.frame, atMs);
    if (type === 'infer') return this.infer(beside, input.frame);
    const dialer = type === 'link' && input.link.event === 'open' ? input.link.dialer : null;
    if (dialer === input.node) this.comeUp(beside, atMs);
    if (!beside.isReading) {
      const waits = beside.ours.process === 'frozen' || beside.isAsleep;
      if (waits) beside.unread.push(input);
      else if (type === 'link' && input.link.event === 'close') beside.wires.take(input.link);
      return;
    }
    if (type === 'link') {
      beside.wires.take({ ...input.link, atMs });
    } else if (type === 'heard') {
      beside.hear(input.frame, this.store.at(input.frame)!.connection, atMs);
    } else if (type === 'command' && input.for !== 'shown') {
      if (TOLD_COMMANDS.test(input.argv[0] ?? '')) beside.obey(input.argv, atMs);
    }
    this.flush(beside, atMs, input);
  }

  private judge(beside: Beside, frame: number, atMs: number): void {
    const message = this.store.messageOf(frame);
    if (!message || !beside.isReading) return;
    judgeHeader(beside.ours, message, this.differences, atMs);
    this.flush(beside, atMs, null);
  }

  private infer(beside: Beside, number: number): void {
    const frame = this.store.captured(number);
    if (!frame) return;
    const last = this.lastSaid.get(beside.node.number);
    const previous = last === undefined ? null : this.store.captured(last);
    const moment = { ...momentOf(this.start, this.nodes, 0), ...beside.outlook.around() };
    const { node, ours } = beside;
    for (const deed of commandsBehind({ moment, node, state: ours.state, previous, frame })) {
      const { argv, inferredFrom = '' } = deed;
      const atMs = Math.max(deed.atMs, this.nowMs);
      const isTold = beside.hasObeyed(argv, atMs);
      const command = { type: 'command', node: node.number, argv, reply: undefined } as const;
      if (!isTold) this.inputs.add({ ...command, atMs, for: undefined, inferredFrom });
    }
  }

  private look(node: NodeNumber, view: LiveView, atMs: number): void {
    const known = this.company.of(node);
    if (!known) {
      const lines = readTable(view.nodes, this.originMs);
      if (lines.length > 0) this.company.begin(node, lines, view, atMs);
      return;
    }
    if (!known.isReading) return;
    const reseed = (lines: readonly NodesLine[]): void => {
      known.ours.adopt(atMs, this.company.seed(known.node, lines, view, atMs));
      known.ours.connections.clear();
      known.ours.event(atMs, { type: 'BEFORE_SLEEP' });
    };
    const { differences, originMs } = this;
    judgeView({ ours: known.ours, differences, originMs, reseed }, view, atMs);
    this.flush(known, atMs, null);
  }

  private change(number: NodeNumber, input: Extract<LiveInput, { type: 'process' }>): void {
    const { atMs, news } = input;
    const beside = this.company.at(number, atMs);
    if (news.event !== 'start') this.company.processes.set(number, news);
    if (!beside) return;
    if (news.event === 'kill') beside.kill(atMs);
    else if (news.event === 'stop') beside.stop(atMs);
    else if (news.event === 'continue') beside.wake(atMs);
    else if (beside.ours.process === 'killed') this.company.processes.set(number, news);
    this.flush(beside, atMs, input);
  }

  /** A process is up some time after somebody starts it: when its log, or a connection, says so. */
  private comeUp(beside: Beside, atMs: number): void {
    if (beside.ours.process !== 'killed') return;
    beside.start(atMs);
    this.company.processes.set(beside.node.number, { atMs, event: 'continue' });
    this.flush(beside, atMs, null);
  }

  private rename(number: NodeNumber, { atMs, id }: { atMs: number; id: CaptureNode['id'] }): void {
    const place = this.nodes.findIndex((node) => node.number === number);
    const old = this.nodes[place];
    if (!old || old.id === id) return;
    this.nodes[place] = { ...old, id };
    const beside = this.company.of(number);
    if (!beside || beside.ours.state.myId !== old.id) return;
    beside.ours.do(atMs, { type: 'rename', from: old.id, to: id });
    this.flush(beside, atMs, null);
  }

  /** Something that happened to no machine. */
  private tell(cause: LiveInput): number {
    const { atMs, node } = cause;
    return this.listener.step({ atMs, node, ops: [], notes: [], cause, begins: null });
  }

  private flush(
    beside: Beside,
    atMs: number,
    cause: LiveInput | null,
    begins: NodeSnapshot | null = null,
  ): void {
    const { ours } = beside;
    const { ops, notes, logged } = ours.take();
    if (ops.length === 0 && cause === null && begins === null) return;
    const { number: node } = beside.node;
    const step = this.listener.step({ atMs, node, ops, notes, cause, begins });
    for (const { text } of this.start.hasLogs ? logged : []) {
      if (beside.lines.hearMine(atMs, text, step)) this.listener.confirm(step);
    }
  }
}
