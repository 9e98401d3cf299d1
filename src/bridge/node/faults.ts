/** What disturbs the network now. Each fault ends by itself when its time is up. */
import { HEADER } from '../../protocol/wire/layout';
import { PASS, type Piece, type Verdict } from '../../real-redis/proxy-flow';
import { MESSAGE_TYPES, type ClientMessageOf, type WireFault } from '../wire';
import { Refusal } from './complaint';

export type FaultRequest = Omit<ClientMessageOf<'fault.set'>, 't' | 'id'>;

interface Standing {
  readonly fault: WireFault;
  readonly ways: ReadonlySet<string>;
  readonly timer: NodeJS.Timeout;
}

export interface FaultWatch {
  readonly nowMs: () => number;
  /** What is judged has changed. */
  readonly changed: () => void;
  readonly ended: (fault: WireFault, by: 'page' | 'bridge') => void;
}

const wayOf = (from: number, to: number): string => `${from}>${to}`;
const MOST_FAULTS = 100;

export class FaultTable {
  private readonly standing = new Map<number, Standing>();
  private readonly watch: FaultWatch;
  private nextFault = 1;

  constructor(watch: FaultWatch) {
    this.watch = watch;
  }

  list(): WireFault[] {
    return [...this.standing.values()].map(({ fault }) => fault);
  }

  /** Sets what lasts (a reset does not, and is done by the proxy). */
  set({ mode, ways, types, ms, forMs }: FaultRequest): WireFault {
    if (forMs === undefined) {
      throw new Refusal('refused', 'forMs is missing: say after how long the bridge heals this');
    }
    if ((mode === 'delay') !== (ms !== undefined)) {
      throw new Refusal('refused', 'ms belongs to a delay, and a delay needs it');
    }
    if (types && mode === 'delay') {
      throw new Refusal('refused', 'types belong to cut and hold; a delay keeps the order of all');
    }
    if (this.standing.size >= MOST_FAULTS) {
      throw new Refusal('refused', `${MOST_FAULTS} faults are in force; heal some first`);
    }
    const sinceMs = this.watch.nowMs();
    const fault: WireFault = {
      ...{ fault: this.nextFault++, mode, ways, types: types ?? null, ms: ms ?? null },
      ...{ sinceMs, untilMs: sinceMs + forMs },
    };
    const timer = setTimeout(() => this.end(fault.fault, 'bridge'), forMs);
    const names = new Set(ways.map(([from, to]) => wayOf(from, to)));
    this.standing.set(fault.fault, { fault, ways: names, timer });
    this.watch.changed();
    return fault;
  }

  heal(fault: number | null): void {
    if (fault !== null && !this.standing.has(fault)) throw this.unknown(fault);
    for (const one of fault === null ? [...this.standing.keys()] : [fault]) this.end(one, 'page');
  }

  /** Whether a fault stops this way; throws if there is no such fault. */
  waysOf(fault: number): (from: number, to: number) => boolean {
    const standing = this.standing.get(fault);
    if (!standing) throw this.unknown(fault);
    return (from, to) => standing.ways.has(wayOf(from, to));
  }

  /** The strongest of what is in force: what is cut is not also delayed. */
  judge(from: number, to: number, piece: Piece): Verdict {
    if (this.standing.size === 0) return PASS;
    const way = wayOf(from, to);
    let verdict: Verdict = PASS;
    for (const { fault, ways } of this.standing.values()) {
      if (!ways.has(way) || !concerns(fault, piece)) continue;
      if (fault.mode === 'cut') return { type: 'cut' };
      if (fault.mode === 'hold') verdict = { type: 'hold', overtakable: fault.types !== null };
      else if (verdict.type !== 'hold') verdict = { type: 'delay', ms: fault.ms ?? 0 };
    }
    return verdict;
  }

  /** Whether a cut is in force on this way, be it of some types alone. */
  cuts(from: number, to: number): boolean {
    const way = wayOf(from, to);
    return [...this.standing.values()].some(
      ({ fault, ways }) => fault.mode === 'cut' && ways.has(way),
    );
  }

  /** Ends everything, without a word: the bridge itself ends. */
  close(): void {
    for (const { timer } of this.standing.values()) clearTimeout(timer);
    this.standing.clear();
  }

  private end(fault: number, by: 'page' | 'bridge'): void {
    const standing = this.standing.get(fault);
    if (!standing) return;
    clearTimeout(standing.timer);
    this.standing.delete(fault);
    this.watch.changed();
    this.watch.ended(standing.fault, by);
  }

  private unknown(fault: number): Refusal {
    const known = [...this.standing.keys()].join(', ') || 'none';
    return new Refusal('unknown', `there is no fault ${fault}; in force: ${known}`);
  }
}

/** A fault of some types concerns such messages alone: no others, no stream, and no end. */
function concerns({ types }: WireFault, piece: Piece): boolean {
  if (types === null) return true;
  const type = piece === null ? null : typeOfFrame(piece);
  return type !== null && type !== 'UNKNOWN' && types.includes(type);
}

/** The type in a frame's header. */
export function typeOfFrame(bytes: Uint8Array): (typeof MESSAGE_TYPES)[number] | 'UNKNOWN' {
  if (bytes.length < HEADER.count) return 'UNKNOWN';
  return MESSAGE_TYPES[(bytes[HEADER.type]! << 8) | bytes[HEADER.type + 1]!] ?? 'UNKNOWN';
}
