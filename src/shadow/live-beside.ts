/**
 * One real node that is running, and our machine beside it: whatever happens to the one is done to
 * the other, and where the real node drew lots, ours adopts the lot.
 */
import { isInHandshake } from '../protocol/cluster-state';
import { failoverPhase } from '../protocol/node.machine';
import { tickIsQuiet } from '../protocol/time/quiet-ticks';
import { wholeEntry } from '../protocol/whole-entries';
import type { CaptureNode, NodeNumber } from './capture';
import type { Differences } from './live-differences';
import type { FrameStore } from './frame-store';
import type { LiveInput } from './live-inputs';
import { LiveLines } from './live-lines';
import type { LiveNode, LiveSaid } from './live-node';
import { REFUSED, type Outlook, type TickPing } from './live-outlook';
import { DIAL_MS, LiveWires, type Surroundings } from './live-wires';

/** PINGs of one tick leave within this time. */
const ONE_TICK_MS = 85;
/** The real node logs its delay within this time of ours. */
const SAME_MOMENT_MS = 200;
const DELAYED = /^Start of election delayed for (\d+) milliseconds/;
/** A request for votes that has not come this long after ours was due will not come. */
const LONGEST_WAIT_MS = 1_000;
/** It is asked again with the next tick. */
const NEXT_TICK_MS = 40;
const RECENTLY_MS = 5_000;
const MOST_OBEYED = 64;

/** What a command is about: whom to meet, however it was written; of a failover, that it is one. */
function subjectOf(argv: readonly string[]): string {
  const words = argv.map((word) => word.toLowerCase());
  if (words[0] !== 'cluster') return words.join(' ');
  if (words[1] === 'meet') return `meet ${words[3]}`;
  return words[1] === 'failover' ? 'failover' : words.join(' ');
}

export class Beside {
  readonly ours: LiveNode;
  readonly wires: LiveWires;
  readonly lines: LiveLines;
  readonly outlook: Outlook;
  lastTickMs = 0;
  /** When the next tick comes; null: none does, the process does not run. */
  tickAtMs: number | null = null;
  /** Its first words tell what its table does not print. */
  isIntroduced = false;
  /** Woken, and its event loop has not turned yet. */
  isAsleep = false;
  /** What came while the process was stopped waits in its sockets. */
  unread: LiveInput[] = [];
  private readonly obeyed: { readonly atMs: number; readonly text: string }[] = [];
  private readonly around: Surroundings;
  private readonly store: FrameStore;
  /** Ticks before the next that were left out, because they would have done nothing. */
  private passedTicks = 0;
  /** How long it waits before an election is our own lot; since when it would have asked. */
  private isOwnLot = false;
  private dueMs: number | null = null;

  constructor(
    ours: LiveNode,
    store: FrameStore,
    around: Surroundings,
    judges: { readonly differences: Differences; readonly kinds: Set<number> },
  ) {
    this.ours = ours;
    this.store = store;
    this.around = around;
    this.outlook = around.outlook;
    this.wires = new LiveWires(ours, around);
    this.lines = new LiveLines(ours, judges.differences, judges.kinds);
  }

  get node(): CaptureNode {
    return this.ours.node;
  }

  /** Whether it reads its sockets now. */
  get isReading(): boolean {
    return this.ours.process === 'running' && !this.isAsleep;
  }

  hear(frame: number, connection: number, atMs: number): void {
    const name = this.wires.nameOf(connection, atMs);
    if (name === null) return;
    this.ours.do(atMs, { type: 'heard', frame, connection: name });
    this.adoptDelay(atMs, 0);
  }

  /** The real node has said something: how far its data goes, and a PING no tick accounts for. */
  say(frame: number, connection: number, offsetBytes: number, atMs: number): void {
    const { ours } = this;
    this.wires.nameOf(connection, atMs);
    const { replication } = ours.state;
    if (replication.offsetBytes !== offsetBytes) {
      ours.adopt(atMs, { replication: { ...replication, offsetBytes } });
    }
    const ping = this.outlook.pingOf(frame);
    if (ping && !ping.isTaken) this.adoptPing(ping, atMs);
  }

  /** Socket by socket, in the order they filled. */
  takeUnread(): LiveInput[] {
    const sockets = new Map<number, LiveInput[]>();
    for (const input of this.unread) {
      const socket = this.socketOf(input);
      sockets.set(socket, [...(sockets.get(socket) ?? []), input]);
    }
    this.unread = [];
    return [...sockets.values()].flat();
  }

  private socketOf(input: LiveInput): number {
    if (input.type === 'link') return input.link.connection;
    return input.type === 'heard' ? (this.store.at(input.frame)?.connection ?? 0) : 0;
  }

  /** Whether it was told this a short while ago. */
  hasObeyed(argv: readonly string[], atMs: number): boolean {
    const text = subjectOf(argv);
    return this.obeyed.some((one) => one.text === text && atMs - one.atMs < RECENTLY_MS);
  }

  /** The real node has written this down: a dial was refused. */
  read(text: string, atMs: number): void {
    const busPort = REFUSED.exec(text)?.[1];
    if (busPort !== undefined) this.wires.refused(atMs, Number(busPort));
  }

  obey(argv: readonly string[], atMs: number): void {
    this.obeyed.push({ atMs, text: subjectOf(argv) });
    if (this.obeyed.length > MOST_OBEYED) this.obeyed.shift();
    this.ours.event(atMs, {
      ...{ type: 'CLIENT_COMMAND', client: 'operator', command: 1, argv },
    });
    this.adoptDelay(atMs, 0);
  }

  kill(atMs: number): void {
    if (this.ours.process !== 'killed') this.ours.event(atMs, { type: 'PROCESS_KILLED' });
    this.ours.connections.clear();
    this.ours.dials = [];
    this.isAsleep = false;
    this.tickAtMs = null;
  }

  stop(atMs: number): void {
    if (this.ours.process !== 'running') return;
    const { passedTicks } = this;
    this.passedTicks = 0;
    this.ours.event(atMs, { type: 'PROCESS_FROZEN', passedTicks });
    this.tickAtMs = null;
  }

  /** Woken by the signal, the event loop looks at its timers first, then at its sockets. */
  wake(atMs: number): void {
    if (this.ours.process !== 'frozen') return;
    this.ours.event(atMs, { type: 'PROCESS_WOKEN' });
    this.isAsleep = true;
    this.tickAtMs = atMs + 1;
  }

  /** The process is up; its first tick comes at once. */
  start(atMs: number): void {
    if (this.ours.process !== 'killed') this.kill(atMs);
    this.ours.event(atMs, { type: 'PROCESS_STARTED' });
    this.isIntroduced = false;
    this.passedTicks = 0;
    this.lastTickMs = atMs - ONE_TICK_MS;
    this.tickAtMs = this.outlook.firstTick(atMs);
  }

  tick(atMs: number): void {
    const { ours, outlook } = this;
    this.lastTickMs = atMs;
    const pings = outlook.pingsBetween(atMs - 2, atMs + ONE_TICK_MS);
    const nowMs = Math.floor(atMs);
    if (pings.length === 0 && tickIsQuiet(ours.state, nowMs, this.passedTicks)) {
      this.passedTicks++;
      return;
    }
    this.steerElection(atMs);
    const before = ours.state;
    const [said, logged] = [ours.told.said.length, ours.told.logged.length];
    const { passedTicks } = this;
    this.passedTicks = 0;
    ours.event(atMs, { type: 'CRON', passedTicks });
    this.adoptDelay(atMs, logged);
    for (const one of ours.told.said.slice(said)) {
      if (one.message.type === 'PING') this.judgePing(one, pings, before, atMs);
    }
    for (const ping of pings) if (!ping.isTaken) this.adoptPing(ping, atMs);
    this.wires.refuse(atMs);
  }

  /** Ours pinged: so did the real node, or its lot fell otherwise. */
  private judgePing(
    { connection }: LiveSaid,
    pings: readonly TickPing[],
    before: LiveNode['state'],
    atMs: number,
  ): void {
    const { ours } = this;
    const entry = ours.state.nodes.find(({ link }) => link?.connection === connection);
    if (!entry) return;
    const peer = ours.numberOf(entry.id);
    const real = pings.find(({ to, isTaken }) => to === peer && !isTaken);
    if (real) real.isTaken = true;
    else if (entry.link!.connected || !this.staysQueued(entry.id, peer, before, atMs)) {
      const pingSentMs = wholeEntry(before, entry.id)?.pingSentMs ?? 0;
      ours.adoptEntry(atMs, entry.id, { pingSentMs });
    }
  }

  /** A PING on a link that is still being dialled leaves when it opens, before the greeting. */
  private staysQueued(
    id: Parameters<LiveNode['entry']>[0],
    peer: NodeNumber | null,
    before: LiveNode['state'],
    atMs: number,
  ): boolean {
    const open = peer === null ? null : this.outlook.openTo(peer, atMs - 1, atMs + DIAL_MS);
    if (open) return (this.around.connections.get(open.connection)?.greetings ?? 0) >= 2;
    // Refused, or never answered: the PING waits in vain, and its clock runs.
    const entry = wholeEntry(before, id);
    if (!entry || entry.pingSentMs !== 0) return true;
    const halfMs = Math.floor(before.config.nodeTimeoutMs / 2);
    return Math.floor(atMs) - entry.pongReceivedMs > halfMs;
  }

  private adoptPing(ping: TickPing, atMs: number): void {
    ping.isTaken = true;
    const entry = this.ours.entryOf(ping.to);
    const connection = this.store.at(ping.frame)?.connection;
    if (connection !== undefined) this.wires.nameOf(connection, atMs);
    if (!entry?.link || isInHandshake(entry)) return;
    this.ours.do(atMs, { type: 'rule', rule: 'ping', id: entry.id });
  }

  /** The hour of an election is a lot: the real node's, if its log tells, else from its request. */
  private adoptDelay(atMs: number, from: number): void {
    const { ours } = this;
    const line = ours.told.logged.slice(from).find(({ text }) => DELAYED.test(text));
    const ourDelayMs = Number(line && DELAYED.exec(line.text)?.[1]);
    // Zero is no lot: a manual failover does not wait.
    if (!line || !ourDelayMs) return;
    const delayMs = this.outlook.delayAround(atMs, SAME_MOMENT_MS);
    this.isOwnLot = delayMs === null;
    this.dueMs = null;
    if (delayMs === null) return;
    const { failover } = ours.state;
    const authTimeMs = Math.floor(atMs) + delayMs;
    ours.adopt(atMs, { failover: { ...failover, delayMs, authTimeMs } });
  }

  /** The real node asks for votes. Ours, whose tick would come a little later, asks now as well. */
  ask(atMs: number): void {
    const { ours } = this;
    if (failoverPhase(ours.snapshot) !== 'waiting') return;
    const { failover } = ours.state;
    ours.adopt(atMs, { failover: { ...failover, authTimeMs: Math.floor(atMs) - 1 } });
    this.tick(atMs);
    this.tickAtMs = this.outlook.nextTick(atMs, atMs);
  }

  private steerElection(atMs: number): void {
    const { ours } = this;
    if (!this.isOwnLot || failoverPhase(ours.snapshot) !== 'waiting') return;
    const { failover } = ours.state;
    const asks = this.outlook.asksBetween(atMs - 2, atMs + ONE_TICK_MS);
    const isDue = failover.authTimeMs <= Math.floor(atMs);
    if (isDue) this.dueMs ??= atMs;
    const isTooLate = this.dueMs !== null && atMs - this.dueMs > LONGEST_WAIT_MS;
    let { authTimeMs } = failover;
    if (asks) authTimeMs = Math.floor(atMs) - 1;
    else if (isDue && !isTooLate) authTimeMs = Math.floor(atMs) + NEXT_TICK_MS;
    if (authTimeMs !== failover.authTimeMs) {
      ours.adopt(atMs, { failover: { ...failover, authTimeMs } });
    }
  }
}
