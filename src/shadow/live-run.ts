/**
 * A run of real nodes as it grows: everything that was told of it, and our machines beside them.
 * Nothing here waits or asks; whoever hears of things tells them, and says what time it is.
 */
import type { LiveEvent, LiveFrame, LiveLink, LiveStart, LiveView } from './live-events';
import { timeOf } from './live-events';
import { FrameStore } from './frame-store';
import type { KnownLink } from './live-connections';
import type { LiveInput } from './live-inputs';
import { LOOK_AHEAD_MS } from './live-outlook';
import { LiveShadow, type Listener } from './live-shadow';
import { JUDGED_AFTER_MS } from './live-headers';
import { VIEW_JUDGED_AFTER_MS } from './live-views';

/** What a message proves is done before it: it is looked at this much earlier. */
const INFERRED_AHEAD_MS = 60;
/** More at once is lived through bit by bit: what lies further ahead is none of its business. */
const SLICE_MS = 100;
/** Of so many messages the oldest go: three quarters of an hour of six nodes at 5 s. */
const MOST_FRAMES = 60_000;

export type Kept = Exclude<LiveEvent, { type: 'frame' | 'fate' }>;

export class LiveRun {
  readonly start: LiveStart;
  readonly store: FrameStore;
  readonly shadow: LiveShadow;
  /** All that was told beside frames, in the order in which it was told. */
  told: Kept[] = [];
  /** Since when everything is known. */
  knownFromMs: number;
  /** Grows with everything that is told. */
  version = 0;
  isFinished = false;
  private readonly mostFrames: number;
  private latestMs: number;
  private reachedMs = Number.NEGATIVE_INFINITY;

  constructor(start: LiveStart, listener: Listener, mostFrames = MOST_FRAMES) {
    this.start = start;
    this.mostFrames = mostFrames;
    this.store = new FrameStore(Math.floor(start.epochMs));
    this.shadow = new LiveShadow(start, this.store, listener);
    this.knownFromMs = start.knownFromMs;
    this.latestMs = start.knownFromMs;
  }

  /** Everything up to then has been lived through. */
  get livedUntilMs(): number {
    return this.shadow.nowMs;
  }

  /** Tells what happened, the newest last as far as it is known. */
  take(events: readonly LiveEvent[]): void {
    for (const event of events) {
      const atMs = timeOf(event);
      if (atMs > this.reachedMs + SLICE_MS) this.reach(atMs);
      this.latestMs = Math.max(this.latestMs, atMs);
      this.hear(event);
    }
    this.reach(this.latestMs);
    this.version++;
  }

  /** It is that time now: what happened long before has been told. */
  reach(nowMs: number): void {
    this.latestMs = Math.max(this.latestMs, nowMs);
    this.reachedMs = this.latestMs;
    this.shadow.advance(Math.max(this.shadow.nowMs, this.latestMs - LOOK_AHEAD_MS));
    this.version++;
    if (this.store.end - this.store.first > this.mostFrames * 1.1) this.forgetOldest();
  }

  /** Nothing more will be told. */
  finish(endMs = this.latestMs): void {
    this.isFinished = true;
    this.shadow.advance(Math.max(this.shadow.nowMs, endMs));
    this.shadow.finish();
    this.version++;
  }

  private forgetOldest(): void {
    const first = this.store.end - this.mostFrames;
    this.knownFromMs = Math.max(this.knownFromMs, this.store.at(first)!.atMs);
    this.store.forget(first);
    this.told = this.told.filter((event) => event.atMs >= this.knownFromMs);
  }

  private hear(event: LiveEvent): void {
    if (event.type === 'frame') return this.hearFrame(event);
    if (event.type === 'fate') return this.hearFate(event.frame, event.deliveredMs);
    this.told.push(event);
    const { atMs } = event;
    switch (event.type) {
      case 'link':
        return this.hearLink(event);
      case 'log':
        this.shadow.outlooks.get(event.node)?.seeLog(event);
        return this.add({ type: 'log', atMs, node: event.node, line: event });
      case 'view':
        return this.hearView(event);
      case 'process': {
        const news = { atMs, event: event.event };
        return this.add({ type: 'process', atMs, node: event.node, news });
      }
      case 'command': {
        const { node, argv, reply } = event;
        const whom = { for: event.for, inferredFrom: null };
        return this.add({ type: 'command', atMs, node, argv, reply, ...whom });
      }
      case 'fault':
        return this.add({ type: 'fault', atMs, node: null, fault: event });
      case 'heal':
        return this.add({ type: 'heal', atMs, node: null, fault: event.fault });
      case 'gap':
        return this.add({ type: 'gap', atMs, node: null });
      case 'renamed':
        return this.add({ type: 'renamed', atMs, node: event.node, id: event.id });
      case 'remark':
    }
  }

  private hearFrame(told: LiveFrame): void {
    const { shadow, store } = this;
    const frame = store.add(told);
    const opened = shadow.connections.takeFrame(told);
    if (opened) this.queueLink(opened);
    const { atMs, from, to, verdict } = told;
    const message = store.messageOf(frame);
    if (verdict !== 'injected') {
      if (message) {
        this.lookOut(frame, told);
        this.add({ type: 'infer', atMs: atMs - INFERRED_AHEAD_MS, node: from, frame });
        this.add({ type: 'judge', atMs: atMs + JUDGED_AFTER_MS, node: from, frame });
      }
      this.add({ type: 'said', atMs, node: from, frame });
    }
    const { deliveredMs } = store.at(frame)!;
    if (deliveredMs !== null) this.add({ type: 'heard', atMs: deliveredMs, node: to, frame });
    else if (verdict === 'cut') this.add({ type: 'lost', atMs, node: to, frame });
  }

  /** What this message tells of the tick it left in. */
  private lookOut(frame: number, { atMs, from, to, dialer, connection }: LiveFrame): void {
    const message = this.store.messageOf(frame)!;
    const outlook = this.shadow.outlooks.get(from);
    if (!outlook) return;
    outlook.seeMessage(atMs, message);
    if (from !== dialer || (message.type !== 'PING' && message.type !== 'MEET')) return;
    const isGreeting = this.shadow.connections.isGreeting(connection, message.type, atMs);
    if (!isGreeting) outlook.seePing({ atMs, to, frame });
  }

  private hearFate(told: number, deliveredMs: number | null): void {
    const frame = this.store.settle(told, deliveredMs, this.latestMs);
    const kept = frame === null ? null : this.store.at(frame);
    if (!kept) return;
    const { to: node } = kept;
    if (deliveredMs !== null) this.add({ type: 'heard', atMs: deliveredMs, node, frame: frame! });
    else this.add({ type: 'lost', atMs: this.latestMs, node, frame: frame! });
  }

  private hearLink(link: LiveLink): void {
    const { event, dialer, connection, acceptor, atMs } = link;
    if (event === 'close') this.store.close(connection, atMs);
    // Older than all that is told: it was there.
    if (event !== 'close' && atMs < this.start.knownFromMs) {
      if (dialer !== null) this.shadow.connections.takeFrame({ connection, dialer, acceptor });
      return;
    }
    const known = this.shadow.connections.takeLink(link);
    if (known) this.queueLink(known);
  }

  private queueLink(link: KnownLink): void {
    const { atMs, dialer, acceptor } = link;
    this.shadow.outlooks.get(dialer)?.seeLink(link);
    this.add({ type: 'link', atMs, node: dialer, link });
    this.add({ type: 'link', atMs, node: acceptor, link });
  }

  private hearView(view: LiveView): void {
    const isFirst = this.shadow.of(view.node) === null;
    const atMs = isFirst ? view.atMs : view.atMs + VIEW_JUDGED_AFTER_MS;
    this.add({ type: 'view', atMs, node: view.node, view });
  }

  /** What comes too late is done as soon as it can be. */
  private add(input: LiveInput): void {
    const { nowMs } = this.shadow;
    this.shadow.inputs.add(input.atMs < nowMs ? { ...input, atMs: nowMs } : input);
  }
}
