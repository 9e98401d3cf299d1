/**
 * One direction of a connection through the proxy. What comes in is judged piece by piece, and goes
 * on in order: at once, later, when it is let go, or never.
 */
import type { Socket } from 'node:net';

export type Verdict =
  | { readonly type: 'pass' }
  /** Lost. Of a stream nothing may be lost, so it is not read any further. */
  | { readonly type: 'cut' }
  /** Kept until it is let go; `overtakable`: what comes after it need not wait. */
  | { readonly type: 'hold'; readonly overtakable: boolean }
  | { readonly type: 'delay'; readonly ms: number };
export const PASS: Verdict = { type: 'pass' };

/** A piece: one message of the bus, or as much of a stream as came at once; null is its end. */
export type Piece = Uint8Array | null;

export interface FlowRules {
  /** Whether pieces are whole messages: one may be lost, or come before another. */
  readonly hasMessages: boolean;
  readonly split: (chunk: Buffer) => readonly Uint8Array[];
  readonly judge: (piece: Piece) => Verdict;
  /** A piece came in. Returns its number, by which its fate is told if it did not pass at once. */
  readonly seen: (piece: Uint8Array, verdict: Verdict['type']) => number;
  readonly fate: (number: number, delivered: boolean) => void;
  /** A piece goes on now: whoever it goes to has to be dialled, if that has not been done. */
  readonly reach: () => void;
  /** The sender closed; `heard`: the receiver is told now, and the connection is over. */
  readonly ended: (heard: boolean) => void;
}

interface Kept {
  readonly piece: Piece;
  readonly number: number;
  /** Null: until it is let go. */
  dueMs: number | null;
  readonly overtakable: boolean;
}

/** More than this is not read ahead of what is held: the sender's own buffer has to do. */
const MOST_KEPT_BYTES = 4_194_304;

export class Flow {
  /** Something was lost: once that is over, the connection has to be reset. */
  hasLost = false;
  private readonly from: Socket;
  private readonly to: Socket;
  private readonly rules: FlowRules;
  private kept: Kept[] = [];
  private timer: NodeJS.Timeout | null = null;
  private receiverIsFull = false;
  private isStopped = false;

  constructor(from: Socket, to: Socket, rules: FlowRules) {
    this.from = from;
    this.to = to;
    this.rules = rules;
    from.on('data', (chunk: Buffer) => this.take(chunk));
    from.on('error', () => undefined); // its close follows
    from.on('close', () => this.pass(null));
    to.on('drain', () => {
      this.receiverIsFull = false;
      this.steer();
    });
  }

  /** The rules changed: what they no longer stop goes on. */
  settle(): void {
    const nowMs = Date.now();
    const remaining: Kept[] = [];
    for (const kept of this.kept) {
      const verdict = this.rules.judge(kept.piece);
      if (verdict.type === 'cut' && this.rules.hasMessages && kept.piece) {
        this.lose(kept);
        continue;
      }
      const waits = verdict.type === 'hold' || verdict.type === 'cut';
      if (!waits && (kept.dueMs === null || verdict.type === 'pass')) kept.dueMs = nowMs;
      remaining.push(kept);
    }
    this.kept = remaining;
    const { type } = this.rules.judge(null);
    this.isStopped = !this.rules.hasMessages && (type === 'cut' || type === 'hold');
    if (this.isStopped && type === 'cut') this.hasLost = true;
    this.flush();
  }

  /** Lets what is held go on although it would still be stopped: all of it, or these numbers. */
  release(numbers: ReadonlySet<number> | null): void {
    for (const kept of this.kept) {
      if (kept.dueMs === null && numbers?.has(kept.number) !== false) kept.dueMs = Date.now();
    }
    this.flush();
  }

  /** The connection is gone; what was kept never arrives. */
  drop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (const { piece, number } of this.kept.splice(0)) if (piece) this.rules.fate(number, false);
  }

  private take(chunk: Buffer): void {
    this.to.cork();
    for (const piece of this.rules.split(chunk)) this.pass(piece);
    this.to.uncork();
    this.steer();
  }

  private pass(piece: Piece): void {
    const verdict = this.rules.judge(piece);
    const isCut = verdict.type === 'cut';
    if (isCut) this.hasLost = true;
    if (isCut && piece && this.rules.hasMessages) {
      this.rules.seen(piece, 'cut');
      return;
    }
    const dueMs = this.dueMs(verdict);
    if (dueMs !== null && dueMs <= Date.now()) {
      const number = piece ? this.rules.seen(piece, 'pass') : 0;
      this.deliver({ piece, number }, true);
      return;
    }
    const number = piece ? this.rules.seen(piece, dueMs === null ? 'hold' : 'delay') : 0;
    const overtakable = verdict.type === 'hold' && verdict.overtakable && piece !== null;
    this.kept.push({ piece, number, dueMs, overtakable });
    if (piece === null) this.rules.ended(false);
    this.schedule();
  }

  /** When a piece may go on: never before one that it must not overtake. */
  private dueMs(verdict: Verdict): number | null {
    const before = this.kept.findLast(({ overtakable }) => !overtakable);
    if (verdict.type === 'hold' || verdict.type === 'cut' || before?.dueMs === null) return null;
    const ownMs = Date.now() + (verdict.type === 'delay' ? verdict.ms : 0);
    return Math.max(ownMs, before?.dueMs ?? 0);
  }

  private flush(): void {
    const nowMs = Date.now();
    let isBlocked = false;
    this.kept = this.kept.filter((kept) => {
      const isDue = kept.dueMs !== null && kept.dueMs <= nowMs;
      if (isDue && !isBlocked) {
        this.deliver(kept, false);
        return false;
      }
      isBlocked ||= !kept.overtakable;
      return true;
    });
    this.schedule();
    this.steer();
  }

  private schedule(): void {
    if (this.timer) clearTimeout(this.timer);
    const dueMs = this.kept.flatMap((kept) => (kept.dueMs === null ? [] : [kept.dueMs]));
    if (dueMs.length === 0) this.timer = null;
    else this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(...dueMs) - Date.now()));
  }

  private deliver({ piece, number }: Pick<Kept, 'piece' | 'number'>, atOnce: boolean): void {
    if (piece === null) {
      this.to.end();
      this.rules.ended(true);
      return;
    }
    this.rules.reach();
    const arrives = !this.to.destroyed && this.to.writable;
    if (arrives && !this.to.write(piece)) this.receiverIsFull = true;
    if (!atOnce || !arrives) this.rules.fate(number, arrives);
  }

  private lose({ number }: Kept): void {
    this.hasLost = true;
    this.rules.fate(number, false);
  }

  /** Reads on, or does not: the receiver is full, nothing may pass, or enough is kept. */
  private steer(): void {
    if (this.from.destroyed) return;
    let keptBytes = 0;
    for (const { piece } of this.kept) keptBytes += piece?.length ?? 0;
    const waits = this.receiverIsFull || this.isStopped || keptBytes > MOST_KEPT_BYTES;
    if (waits) this.from.pause();
    else if (this.from.isPaused()) this.from.resume();
  }
}
