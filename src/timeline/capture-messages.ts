/**
 * The messages of real nodes, for pictures and lanes. A recorder sees each once, when it passes: on
 * one machine it is read less than a millisecond later. What was stopped tells when it went on.
 */
import type { FrameMessage } from '../protocol/cluster-frame';
import { frameOfMessage, messageOfFrame } from './capture-notes';
import type { StoredFrame } from '../shadow/frame-store';
import type { CaptureHistory } from './capture-history';
import type { MessageContents } from './capture-notes';
import type { MessageTrace, TypeFilter } from './cluster-source';

/** In a picture a message is seen for so long, though it flew for less than a millisecond. */
export const DRAWN_MS = 60;
/** What is held is looked for this far back. */
const LONGEST_HOLD_MS = 120_000;
const KEPT_TRACES = 4_096;
const NOTHING: MessageContents = { about: null, rumours: [] };

export class CaptureMessages {
  private readonly history: CaptureHistory;
  private readonly traces = new Map<number, MessageTrace>();
  private counted = { bucketMs: 0, end: 0, counts: [] as number[] };

  constructor(history: CaptureHistory) {
    this.history = history;
  }

  /** Messages under way at a moment. */
  at(atMs: number, frozen: ReadonlySet<string>): FrameMessage[] {
    const { store } = this.history.run;
    const found: FrameMessage[] = [];
    const asleep = new Set([...frozen].map((name) => this.history.numberOf(name)));
    const isWaiting = this.hasStopped(atMs) || frozen.size > 0;
    const fromMs = atMs - (isWaiting ? LONGEST_HOLD_MS : DRAWN_MS);
    const end = store.firstAfter(atMs);
    for (let number = store.firstAt(fromMs); number < end; number++) {
      const frame = store.at(number)!;
      if (frame.atMs > atMs) continue;
      // Of two minutes of messages nearly all have long been read: this is asked of each.
      const isGone = endOf(frame) + DRAWN_MS <= atMs;
      const mayWait = !isGone || (asleep.has(frame.to) && this.isUnread(number, atMs));
      const message = mayWait ? this.drawn(number, atMs, frozen) : null;
      if (message) found.push(message);
    }
    return found;
  }

  /** Sent or under way within a stretch of time. */
  between(fromMs: number, toMs: number, isMeant: TypeFilter = () => true): MessageTrace[] {
    const { store } = this.history.run;
    const found: MessageTrace[] = [];
    const sinceMs = this.hasStopped(toMs) ? fromMs - LONGEST_HOLD_MS : fromMs;
    const end = store.firstAfter(toMs);
    for (let number = store.firstAt(sinceMs); number < end; number++) {
      const frame = store.at(number)!;
      if (frame.atMs < fromMs && (frame.deliveredMs ?? Infinity) < fromMs) continue;
      const type = store.typeOf(number);
      if (type === null || !isMeant(type)) continue;
      const trace = this.traceOf(messageOfFrame(number));
      if (trace) found.push(trace);
    }
    return found;
  }

  traceOf(message: number): MessageTrace | null {
    const known = this.traces.get(message);
    if (known && known.fate === 'delivered') return known;
    const trace = this.makeTrace(message);
    if (!trace) return null;
    if (this.traces.size >= KEPT_TRACES) this.traces.delete(this.traces.keys().next().value!);
    this.traces.set(message, trace);
    return trace;
  }

  /** How many were sent in each bucket since 0; counted on where the last count ended. */
  density(bucketMs: number): readonly number[] {
    const { store } = this.history.run;
    if (this.counted.bucketMs !== bucketMs) {
      this.counted = { bucketMs, end: store.first, counts: [] };
    }
    const { counts } = this.counted;
    for (let n = Math.max(store.first, this.counted.end); n < store.end; n++) {
      const bucket = Math.max(0, Math.floor(store.at(n)!.atMs / bucketMs));
      while (counts.length <= bucket) counts.push(0);
      counts[bucket]!++;
    }
    this.counted.end = store.end;
    return [...counts];
  }

  /** Whether anything may have been stopped for long, some time before. */
  private hasStopped(atMs: number): boolean {
    const { faults } = this.history;
    if (faults.length > 0) return faults.at(0).atMs <= atMs;
    return this.history.run.store.hasStopped;
  }

  private makeTrace(message: number): MessageTrace | null {
    const { history } = this;
    const number = frameOfMessage(message);
    const { store } = history.run;
    const frame = store.at(number);
    const type = frame && store.typeOf(number);
    if (!frame || type === null) return null;
    const { about, rumours } = history.contents.get(message) ?? NOTHING;
    const read = history.reads.get(message);
    return {
      id: message,
      type,
      from: history.nameOf(frame.from),
      to: history.nameOf(frame.to),
      sentAtMs: frame.atMs,
      deliverAtMs: frame.deliveredMs ?? frame.atMs,
      fate: this.fateOf(number, read !== undefined),
      ...{ rumours, about, epoch: store.epochOf(number) },
    };
  }

  private fateOf(number: number, isRead: boolean): MessageTrace['fate'] {
    const frame = this.history.run.store.at(number)!;
    if (isRead) return 'delivered';
    if (frame.deliveredMs !== null) return this.isPast(frame.deliveredMs) ? 'unread' : 'flying';
    return frame.verdict === 'cut' || frame.lostMs !== null ? 'lost' : 'held';
  }

  private isPast(atMs: number): boolean {
    return atMs < this.history.run.livedUntilMs;
  }

  private isUnread(number: number, atMs: number): boolean {
    return (this.history.reads.get(messageOfFrame(number))?.atMs ?? Infinity) > atMs;
  }

  private drawn(number: number, atMs: number, frozen: ReadonlySet<string>): FrameMessage | null {
    const trace = this.traceOf(messageOfFrame(number));
    if (!trace) return null;
    const { store } = this.history.run;
    const frame = store.at(number)!;
    const { deliveredMs, atMs: sentAtMs } = frame;
    const { id, type, from, to, rumours, about = null, epoch = 0 } = trace;
    const plain = { id, type, from, to, rumours, about, epoch, sentAtMs };
    if (deliveredMs === null) {
      const goneMs = endOf(frame);
      if (atMs > goneMs + DRAWN_MS) return null;
      const fate = atMs >= goneMs ? 'lost' : 'held';
      return { ...plain, deliverAtMs: sentAtMs + DRAWN_MS, fate };
    }
    if (atMs < deliveredMs) return { ...plain, deliverAtMs: deliveredMs, fate: 'held' };
    if (frozen.has(to) && this.isUnread(number, atMs)) {
      return { ...plain, deliverAtMs: deliveredMs, fate: 'unread' };
    }
    const leftMs = deliveredMs > sentAtMs ? deliveredMs : sentAtMs;
    if (atMs >= leftMs + DRAWN_MS) return null;
    return { ...plain, sentAtMs: leftMs, deliverAtMs: leftMs + DRAWN_MS, fate: 'flying' };
  }
}

/** When it was let through, or lost; Infinity: it is still held back. */
const endOf = ({ atMs, deliveredMs, lostMs, verdict }: StoredFrame): number =>
  deliveredMs ?? (verdict === 'cut' ? atMs : (lostMs ?? Infinity));
