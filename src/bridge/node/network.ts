/** The proxies between the nodes, what disturbs them, and what passes, told to the journal. */
import { PASS, type Verdict } from '../../real-redis/proxy-flow';
import type { ProxyPort, SeenMessage, WireInfo } from '../../real-redis/proxy-port';
import { TcpProxy } from '../../real-redis/tcp-proxy';
import type { ServerMessageOf, WireFrame } from '../wire';
import { FaultTable, typeOfFrame, type FaultRequest } from './faults';
import type { Journal } from './journal';
import type { RunClock } from './run-clock';

type Fate = ServerMessageOf<'fates'>['fates'][number];
type Conn = ServerMessageOf<'conn'>;

export class Network {
  readonly faults: FaultTable;
  private readonly proxy: TcpProxy;
  private readonly journal: Journal;
  private readonly clock: RunClock;
  private fates: Fate[] = [];

  constructor(journal: Journal, clock: RunClock) {
    this.journal = journal;
    this.clock = clock;
    this.faults = new FaultTable({
      nowMs: () => clock.nowMs(),
      changed: () => this.settle(),
      ended: ({ fault }, by) => this.tellDeed({ type: 'heal', fault }, by),
    });
    this.proxy = new TcpProxy({
      refusesStrangers: true,
      judge: (from, to, piece): Verdict =>
        from > 0 && to > 0 ? this.faults.judge(from, to, piece) : PASS,
      loses: (from, to) => this.faults.cuts(from, to),
      watch: {
        opened: (wire) => this.tellWire(wire, 'open', ''),
        identified: (wire) => this.tellWire(wire, 'identified', ''),
        closed: (wire, why) => this.tellWire(wire, 'close', why),
        message: (wire, seen) => this.tellFrame(wire, seen),
        fate: (frame, delivered) => this.tellFate(frame, delivered),
      },
    });
  }

  open(port: ProxyPort): Promise<void> {
    return this.proxy.open(port);
  }

  mirrorDeath(node: number): Promise<void> {
    return this.proxy.mirrorDeath(node);
  }

  /** Returns the number of what lasts; a reset is over at once. */
  setFault(request: FaultRequest): number | null {
    if (request.mode === 'reset') {
      const ways = new Set(request.ways.map(([from, to]) => `${from}>${to}`));
      const now = this.clock.nowMs();
      const lasts = { types: null, ms: null, sinceMs: now, untilMs: now };
      const fault = { fault: 0, mode: request.mode, ways: request.ways, ...lasts };
      this.tellDeed({ type: 'fault', fault }, 'page');
      this.proxy.reset((from, to) => ways.has(`${from}>${to}`));
      return null;
    }
    const fault = this.faults.set(request);
    this.tellDeed({ type: 'fault', fault }, 'page');
    return fault.fault;
  }

  release(fault: number, frames: readonly number[] | null): void {
    const ways = this.faults.waysOf(fault);
    this.tellDeed({ type: 'release', fault }, 'page');
    this.proxy.release(ways, frames && new Set(frames));
  }

  end(): Promise<void> {
    this.faults.close();
    return this.proxy.end();
  }

  private settle(): void {
    this.proxy.settle();
    const atMs = this.clock.nowMs();
    this.journal.tell(atMs, { t: 'faults', atMs, faults: this.faults.list() });
  }

  private tellDeed(deed: ServerMessageOf<'event'>['deed'], by: 'page' | 'bridge'): void {
    const atMs = this.clock.nowMs();
    this.journal.tell(atMs, { t: 'event', atMs, by, deed });
  }

  /** Who is nobody of this cluster is told of only when it is turned away. */
  private tellWire(wire: WireInfo, event: Conn['event'], why: string): void {
    const atMs = this.clock.nowMs();
    const { number: connection, acceptor, dialer } = wire;
    const known = dialer !== null && dialer > 0 ? dialer : null;
    this.journal.tell(atMs, {
      ...{ t: 'conn', atMs, connection, acceptor, dialer: known },
      ...{ event, why },
    });
  }

  private tellFrame(wire: WireInfo, { from, to, bytes, verdict }: SeenMessage): number {
    const { number: connection, acceptor, dialer } = wire;
    const frame: Omit<WireFrame, 'frame'> = {
      ...{ atMs: this.clock.nowMs(), from, to, dialer: dialer ?? from, acceptor, connection },
      ...{ type: typeOfFrame(bytes), verdict, bytes },
    };
    return this.journal.tellFrame(frame);
  }

  /** Those of one moment are told together. */
  private tellFate(frame: number, delivered: boolean): void {
    const nowMs = this.clock.nowMs();
    this.fates.push({ frame, deliveredMs: delivered ? nowMs : null });
    if (this.fates.length > 1) return;
    setImmediate(() => {
      this.journal.tell(nowMs, { t: 'fates', fates: this.fates });
      this.fates = [];
    });
  }
}
