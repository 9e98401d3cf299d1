/**
 * The wire between real processes. It passes everything on, and stops what it is told to stop. Two
 * rules make that look like a network and not like a proxy: the ports of a dead process refuse, and
 * a connection that lost something is reset when the loss is over, as TCP never loses one message
 * of a living connection.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Flow, PASS, type FlowRules, type Piece, type Verdict } from './proxy-flow';
import { byChunk, byMessage } from './split-stream';

/** Which process dialled a connection, by its first bytes; null: not to be seen yet. */
export type Identify = (firstBytes: Uint8Array) => number | null;

/** A dialer that is no process of the cluster. */
export const STRANGER = -1;

export interface ProxyPort {
  readonly acceptor: number;
  readonly announced: number;
  readonly listens: number;
  readonly identify: Identify;
  /** The bus carries messages, which are judged one by one; clients and replicas a stream. */
  readonly carries: 'messages' | 'stream';
}

/** A connection of the bus, numbered in the order in which they came. */
export interface WireInfo {
  readonly number: number;
  readonly acceptor: number;
  readonly dialer: number | null;
}

/** Who looks on. Connections that carry streams are not told of. */
export interface ProxyWatch {
  readonly opened: (wire: WireInfo) => void;
  readonly identified: (wire: WireInfo) => void;
  readonly closed: (wire: WireInfo, why: string) => void;
  /** A message came in; returns a number for its fate. */
  readonly message: (wire: WireInfo, seen: SeenMessage) => number;
  readonly fate: (number: number, delivered: boolean) => void;
}
export interface SeenMessage {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly verdict: Verdict['type'];
}

export interface ProxyOptions {
  /** What becomes of a piece on its way; `piece` is null for the direction as such. */
  readonly judge?: (from: number, to: number, piece: Piece) => Verdict;
  /** Whether something is lost on this way now; without it, what `judge` says of the way. */
  readonly loses?: (from: number, to: number) => boolean;
  readonly watch?: ProxyWatch;
  /** Whether whoever dials the bus and is no process of the cluster is turned away. */
  readonly refusesStrangers?: boolean;
}

interface Wire extends WireInfo {
  dialer: number | null;
  readonly port: ProxyPort;
  readonly toAcceptor: Flow;
  readonly toDialer: Flow;
  readonly destroy: () => void;
  /** Whether it was told that one side has closed it. */
  isTold: boolean;
}

/** A node speaks as soon as it has dialled; whoever does not is no node. */
const SILENT_LIMIT_MS = 10_000;

export class TcpProxy {
  private readonly servers = new Map<ProxyPort, Server>();
  private readonly wires = new Set<Wire>();
  private readonly options: ProxyOptions;
  private nextNumber = 1;

  constructor(options: ProxyOptions = {}) {
    this.options = options;
  }

  /** Listens for a process that is about to start. */
  async open(port: ProxyPort): Promise<void> {
    const server = createServer((dialling) => this.accept(port, dialling));
    this.servers.set(port, server);
    await new Promise<void>((done, fail) => {
      server.once('error', (error) => {
        this.servers.delete(port);
        fail(error);
      });
      server.listen(port.announced, '127.0.0.1', done);
    });
  }

  /** A process died: its ports refuse, and its connections are gone. */
  async mirrorDeath(process: number): Promise<void> {
    const dead = [...this.servers].filter(([port]) => port.acceptor === process);
    const closed = dead.map(([, server]) => new Promise((done) => server.close(done)));
    for (const [port] of dead) this.servers.delete(port);
    for (const wire of [...this.wires]) {
      if (wire.acceptor === process) this.close(wire, 'acceptor ended');
      else if (wire.dialer === process) this.close(wire, 'dialer ended');
    }
    await Promise.all(closed);
  }

  /** What is judged has changed: what is not stopped now goes on, what lost something is reset. */
  settle(): void {
    for (const wire of [...this.wires]) {
      const hasLost = wire.toAcceptor.hasLost || wire.toDialer.hasLost;
      if (hasLost && !this.isCut(wire)) {
        this.close(wire, 'reset after a cut');
      } else {
        wire.toAcceptor.settle();
        wire.toDialer.settle();
      }
    }
  }

  /** Lets what is held go on although the hold remains: all of it, or these messages. */
  release(ways: (from: number, to: number) => boolean, numbers: ReadonlySet<number> | null): void {
    for (const { dialer, acceptor, toAcceptor, toDialer } of this.wires) {
      if (dialer === null) continue;
      if (ways(dialer, acceptor)) toAcceptor.release(numbers);
      if (ways(acceptor, dialer)) toDialer.release(numbers);
    }
  }

  /** Ends connections as a broken network does. */
  reset(which: (from: number, to: number) => boolean): void {
    for (const wire of [...this.wires]) {
      const { dialer, acceptor } = wire;
      if (dialer !== null && (which(dialer, acceptor) || which(acceptor, dialer))) {
        this.close(wire, 'reset by a fault');
      }
    }
  }

  async end(): Promise<void> {
    for (const wire of [...this.wires]) this.close(wire, 'the proxy ended');
    const servers = [...this.servers.values()];
    this.servers.clear();
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  }

  private accept(port: ProxyPort, dialling: Socket): void {
    const accepted = connect({ port: port.listens, host: '127.0.0.1', noDelay: true });
    dialling.setNoDelay(true);
    const split = port.carries === 'stream' ? byChunk : byMessage;
    const ofDialer = split((bytes) => this.identify(wire, bytes));
    const ofAcceptor = split(() => true);
    const wire: Wire = {
      ...{ number: this.nextNumber++, acceptor: port.acceptor, dialer: null, port },
      ...{ isTold: false },
      toAcceptor: new Flow(dialling, accepted, {
        ...this.rules(
          port,
          () => [wire.dialer, wire.acceptor],
          () => wire,
        ),
        split: (chunk) => ofDialer(chunk) ?? this.refuse(wire),
        ended: (heard) => this.sideEnded(wire, 'dialer', heard),
      }),
      toDialer: new Flow(accepted, dialling, {
        ...this.rules(
          port,
          () => [wire.acceptor, wire.dialer],
          () => wire,
        ),
        split: (chunk) => ofAcceptor(chunk) ?? this.refuse(wire),
        ended: (heard) => this.sideEnded(wire, 'acceptor', heard),
      }),
      destroy: () => {
        for (const socket of [dialling, accepted]) if (!socket.writableEnded) socket.destroy();
      },
    };
    this.wires.add(wire);
    if (port.carries === 'messages') this.limitSilence(wire, dialling);
    if (this.watched(wire)) this.options.watch?.opened(infoOf(wire));
  }

  private limitSilence(wire: Wire, dialling: Socket): void {
    const timer = setTimeout(() => {
      if (wire.dialer === null) this.close(wire, 'the dialer said nothing');
    }, SILENT_LIMIT_MS);
    timer.unref();
    dialling.once('close', () => clearTimeout(timer));
  }

  private rules(
    { carries }: ProxyPort,
    way: () => readonly [number | null, number | null],
    wire: () => Wire,
  ): Omit<FlowRules, 'split' | 'ended'> {
    const hasMessages = carries === 'messages';
    const { judge, watch } = this.options;
    return {
      hasMessages,
      judge: (piece) => {
        const [from, to] = way();
        return judge && from !== null && to !== null ? judge(from, to, piece) : PASS;
      },
      seen: (bytes, verdict) => {
        const [from, to] = way();
        if (!hasMessages || !watch || from === null || to === null) return 0;
        return watch.message(infoOf(wire()), { from, to, bytes, verdict });
      },
      fate: (number, delivered) => {
        if (number > 0) watch?.fate(number, delivered);
      },
    };
  }

  /** Learns who dialled; false: nobody who may. */
  private identify(wire: Wire, first: Uint8Array): boolean {
    if (wire.dialer !== null) return true;
    const dialer = wire.port.identify(first);
    const isStranger = dialer === null || dialer === STRANGER;
    const mayNot = this.options.refusesStrangers === true && wire.port.carries === 'messages';
    if (isStranger && mayNot) return false;
    if (dialer === null) return true;
    wire.dialer = dialer;
    if (this.watched(wire)) this.options.watch?.identified(infoOf(wire));
    wire.toAcceptor.settle();
    wire.toDialer.settle();
    return true;
  }

  private refuse(wire: Wire): [] {
    this.close(wire, 'refused: no message of a node of this cluster');
    return [];
  }

  /** Behind a cut the other side goes on waiting for one that has long given up. */
  private sideEnded(wire: Wire, side: 'dialer' | 'acceptor', heard: boolean): void {
    if (heard) this.close(wire, `${side} ended`);
    else this.tellClosed(wire, `${side} ended, and the other side does not hear of it`);
  }

  private close(wire: Wire, why: string): void {
    if (!this.wires.delete(wire)) return;
    wire.toAcceptor.drop();
    wire.toDialer.drop();
    wire.destroy();
    this.tellClosed(wire, why);
  }

  private tellClosed(wire: Wire, why: string): void {
    if (wire.isTold || !this.watched(wire)) return;
    wire.isTold = true;
    this.options.watch?.closed(infoOf(wire), why);
  }

  private isCut({ dialer, acceptor }: Wire): boolean {
    if (dialer === null) return false;
    const { judge, loses = (from, to) => judge?.(from, to, null).type === 'cut' } = this.options;
    const ways = [
      [dialer, acceptor],
      [acceptor, dialer],
    ] as const;
    return ways.some(([from, to]) => loses(from, to));
  }

  private watched({ port }: Wire): boolean {
    return port.carries === 'messages';
  }
}

const infoOf = ({ number, acceptor, dialer }: Wire): WireInfo => ({ number, acceptor, dialer });
