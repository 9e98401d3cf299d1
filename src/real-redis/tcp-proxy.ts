/**
 * The wire between real processes. It passes everything on, and stops what it is told to stop. Two
 * rules make that look like a network and not like a proxy: the ports of a dead process refuse, and
 * a connection that lost something is reset when the loss is over, as TCP never loses one message
 * of a living connection.
 */
import { Socket, createServer, type Server } from 'node:net';
import { Flow, PASS, type FlowRules, type Verdict } from './proxy-flow';
import { STRANGER, type ProxyOptions, type ProxyPort, type WireInfo } from './proxy-port';
import { byChunk, byMessage } from './split-stream';

interface Wire extends WireInfo {
  dialer: number | null;
  readonly port: ProxyPort;
  readonly toAcceptor: Flow;
  readonly toDialer: Flow;
  /** Whether the process behind the port has been dialled. */
  isReached: boolean;
  readonly reach: () => void;
  readonly destroy: () => void;
  /** Bytes of messages that are not whole yet. */
  readonly heldBytes: () => number;
  /** Whether it was told that one side has closed it. */
  isTold: boolean;
}

/** A node speaks as soon as it has dialled; whoever does not is no node. */
const SILENT_LIMIT_MS = 10_000;
/** So many may stand at a port of the bus and not have said who they are. */
const MOST_UNKNOWN = 64;
/** Of messages that are not whole yet, on all connections together. */
const MOST_HELD_BYTES = 134_217_728;

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
      server.once('error', fail);
      server.listen(port.announced, '127.0.0.1', () => {
        server.off('error', fail);
        done();
      });
    }).catch((error: unknown) => {
      this.servers.delete(port);
      throw error;
    });
    // Whoever comes when the system has no sockets left is turned away, and that is all.
    server.on('error', () => undefined);
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
    if (port.carries === 'messages' && this.unknownAt(port) >= MOST_UNKNOWN) {
      dialling.destroy();
      return;
    }
    const accepted = new Socket();
    for (const socket of [dialling, accepted]) socket.setNoDelay(true);
    const wire = this.wireBetween(port, dialling, accepted);
    this.wires.add(wire);
    if (port.carries === 'messages') this.limitSilence(wire, dialling);
    if (this.watched(wire)) this.options.watch?.opened(infoOf(wire));
    // A client is told at once what its server has to say; who is cut off gets nowhere.
    if (port.carries === 'messages') return;
    wire.toAcceptor.settle();
    wire.toDialer.settle();
    if (!this.isParted(wire)) wire.reach();
  }

  private wireBetween(port: ProxyPort, dialling: Socket, accepted: Socket): Wire {
    const split = port.carries === 'stream' ? byChunk : byMessage;
    const ofDialer = split((bytes) => this.identify(wire, bytes));
    const ofAcceptor = split(() => true);
    const { remotePort: from = 0, localPort: to = 0 } = dialling;
    const wire: Wire = {
      ...{ number: this.nextNumber++, acceptor: port.acceptor, port },
      ...{ dialer: port.dialerOf?.({ from, to }) ?? null, isTold: false, isReached: false },
      toAcceptor: new Flow(dialling, accepted, {
        ...this.rules(
          port,
          () => [wire.dialer, wire.acceptor],
          () => wire,
        ),
        split: (chunk) => this.mayHold(wire, ofDialer.take(chunk)) ?? this.refuse(wire),
        reach: () => wire.reach(),
        ended: (heard) => this.sideEnded(wire, 'dialer', heard),
      }),
      toDialer: new Flow(accepted, dialling, {
        ...this.rules(
          port,
          () => [wire.acceptor, wire.dialer],
          () => wire,
        ),
        split: (chunk) => this.mayHold(wire, ofAcceptor.take(chunk)) ?? this.refuse(wire),
        reach: () => undefined,
        ended: (heard) => this.sideEnded(wire, 'acceptor', heard),
      }),
      reach: () => {
        if (wire.isReached) return;
        wire.isReached = true;
        accepted.connect({ port: port.listens, host: '127.0.0.1' });
      },
      destroy: () => {
        for (const socket of [dialling, accepted]) if (!socket.writableEnded) socket.destroy();
      },
      heldBytes: () => ofDialer.heldBytes() + ofAcceptor.heldBytes(),
    };
    return wire;
  }

  private unknownAt(port: ProxyPort): number {
    let count = 0;
    for (const wire of this.wires) if (wire.port === port && wire.dialer === null) count++;
    return count;
  }

  /** What was read, unless so much of other messages waits for its end that this is no cluster. */
  private mayHold<T>(wire: Wire, pieces: T): T | null {
    if (wire.heldBytes() < MOST_HELD_BYTES / this.wires.size) return pieces;
    let heldBytes = 0;
    for (const one of this.wires) heldBytes += one.heldBytes();
    return heldBytes > MOST_HELD_BYTES ? null : pieces;
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
  ): Pick<FlowRules, 'hasMessages' | 'judge' | 'seen' | 'fate'> {
    const hasMessages = carries === 'messages';
    const { judge, watch } = this.options;
    return {
      hasMessages,
      judge: (piece) => {
        const [from, to] = way();
        if (!judge || from === null || to === null) return PASS;
        // Nobody is dialled across a cut, be it of the way back alone.
        return !wire().isReached && this.isParted(wire()) ? CUT : judge(from, to, piece);
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

  private isCut(wire: Wire): boolean {
    const { loses = this.losesAll } = this.options;
    return someWay(wire, loses);
  }

  /** Whether nothing at all passes on one of the two ways. */
  private isParted(wire: Wire): boolean {
    return someWay(wire, this.losesAll);
  }
  private readonly losesAll = (from: number, to: number): boolean =>
    this.options.judge?.(from, to, null).type === 'cut';

  private watched({ port }: Wire): boolean {
    return port.carries === 'messages';
  }
}

const CUT: Verdict = { type: 'cut' };
const someWay = (
  { dialer, acceptor }: Wire,
  holds: (from: number, to: number) => boolean,
): boolean => dialer !== null && (holds(dialer, acceptor) || holds(acceptor, dialer));

const infoOf = ({ number, acceptor, dialer }: Wire): WireInfo => ({ number, acceptor, dialer });
