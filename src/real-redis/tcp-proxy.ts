/**
 * The wire between real processes: passes everything on, holds what it is told to hold. TCP never
 * loses one frame of a living connection, so nothing is thrown away: the proxy stops reading, and
 * what it stopped goes on at release, or is reset.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Which process dialled a connection, by its first bytes; null: not to be seen yet. */
export type Identify = (firstBytes: Buffer) => number | null;

/** A dialer that is no process of the cluster. */
export const STRANGER = -1;

export interface ProxyPort {
  readonly acceptor: number;
  readonly announced: number;
  readonly listens: number;
  readonly identify: Identify;
  /** Whether the first bytes may pass before it is known whose they are. */
  readonly passesUnknown: boolean;
}

interface Wire {
  readonly acceptor: number;
  dialer: number | null;
  readonly toAcceptor: Flow;
  readonly toDialer: Flow;
}

/** One direction of a connection. */
interface Flow {
  readonly from: Socket;
  readonly to: Socket;
  readonly kept: Buffer[];
  held: boolean;
}

/** Enough for any first frame of the bus or line of a replication handshake. */
const FIRST_BYTES = 4_096;

export class TcpProxy {
  private readonly servers = new Map<ProxyPort, Server>();
  private readonly wires = new Set<Wire>();
  private blocked: ReadonlySet<string> = new Set();

  /** Listens for a process that is about to start. */
  async open(port: ProxyPort): Promise<void> {
    const server = createServer((dialling) => this.accept(port, dialling));
    this.servers.set(port, server);
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(port.announced, '127.0.0.1', done);
    });
  }

  /** A process died: its ports refuse, and its connections are gone. */
  async mirrorDeath(process: number): Promise<void> {
    const dead = [...this.servers].filter(([port]) => port.acceptor === process);
    const closed = dead.map(([, server]) => new Promise((done) => server.close(done)));
    for (const [port] of dead) this.servers.delete(port);
    for (const wire of this.wires) {
      if (wire.acceptor === process || wire.dialer === process) destroy(wire);
    }
    await Promise.all(closed);
  }

  /** From now on nothing passes in these directions (`dialer>acceptor`, by process). */
  block(directions: ReadonlySet<string>): void {
    this.blocked = directions;
    for (const wire of this.wires) this.apply(wire);
  }

  /** Everything passes again; with `reset`, connections that were held are reset instead. */
  unblock({ reset }: { readonly reset: boolean }): void {
    this.blocked = new Set();
    for (const wire of this.wires) {
      if (reset && (wire.toAcceptor.held || wire.toDialer.held)) destroy(wire);
      else this.apply(wire);
    }
  }

  async end(): Promise<void> {
    for (const wire of this.wires) destroy(wire);
    const servers = [...this.servers.values()];
    this.servers.clear();
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  }

  private accept(port: ProxyPort, dialling: Socket): void {
    const accepted = connect({ port: port.listens, host: '127.0.0.1', noDelay: true });
    dialling.setNoDelay(true);
    const wire: Wire = {
      acceptor: port.acceptor,
      dialer: null,
      toAcceptor: { from: dialling, to: accepted, kept: [], held: false },
      toDialer: { from: accepted, to: dialling, kept: [], held: false },
    };
    this.wires.add(wire);
    this.forward(wire, port);
    accepted.on('data', (chunk: Buffer) => pass(wire.toDialer, chunk, false));
    for (const { from, to } of [wire.toAcceptor, wire.toDialer]) {
      from.on('error', () => destroy(wire));
      from.on('close', () => {
        to.end();
        if (to.destroyed) this.wires.delete(wire);
      });
    }
  }

  /** Reads what the dialer says first, to know who it is. */
  private forward(wire: Wire, port: ProxyPort): void {
    let first: Buffer = Buffer.alloc(0);
    wire.toAcceptor.from.on('data', (chunk: Buffer) => {
      if (wire.dialer === null && first.length < FIRST_BYTES) {
        first = Buffer.concat([first, chunk]);
        wire.dialer = port.identify(first);
        if (wire.dialer !== null) this.apply(wire);
      }
      pass(wire.toAcceptor, chunk, wire.dialer === null && !port.passesUnknown);
    });
  }

  private apply(wire: Wire): void {
    if (wire.dialer === null) return;
    const { dialer, acceptor } = wire;
    setHeld(wire.toAcceptor, this.blocked.has(`${dialer}>${acceptor}`));
    setHeld(wire.toDialer, this.blocked.has(`${acceptor}>${dialer}`));
  }
}

function pass(flow: Flow, chunk: Buffer, waits: boolean): void {
  flow.kept.push(chunk);
  if (!flow.held && !waits) flush(flow);
}

function flush(flow: Flow): void {
  for (const chunk of flow.kept.splice(0)) flow.to.write(chunk);
}

/** A held direction is not read at all: not its data, and not its end. */
function setHeld(flow: Flow, held: boolean): void {
  flow.held = held;
  if (held) {
    flow.from.pause();
  } else {
    flush(flow);
    flow.from.resume();
  }
}

function destroy({ toAcceptor, toDialer }: Wire): void {
  toAcceptor.from.destroy();
  toDialer.from.destroy();
}

const ID_OFFSET = 40;
const ID_BYTES = 40;

/** Who dialled a bus connection: its first frame says so in its header. */
export function senderOfFrame(processOf: (id: string) => number | null): Identify {
  return (first) => {
    if (first.length < ID_OFFSET + ID_BYTES) return null;
    return processOf(first.toString('latin1', ID_OFFSET, ID_OFFSET + ID_BYTES)) ?? STRANGER;
  };
}

/** Which replica dialled its master: it says which port it listens on before it asks for data. */
export function replicaByPort(processAt: (port: number) => number | null): Identify {
  return (first) => {
    const said = /listening-port\r\n\$\d+\r\n(\d+)\r\n/i.exec(first.toString('latin1'))?.[1];
    return said === undefined ? null : processAt(Number(said));
  };
}
