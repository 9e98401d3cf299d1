/** Commands to real processes, and replies as redis-cli prints them. */
import { connect, type Socket } from 'node:net';
import { parseRedirect, printReply, type Reply } from '../protocol/reply';
import { decodeReply, encodeCommand } from './resp';

/** redis-cli follows for ever; a loop between two nodes should end. */
const MAX_REDIRECTS = 16;

/** One connection, on which commands are answered in order. */
export class RedisConnection {
  private readonly socket: Socket;
  private readonly waiting: ((reply: Reply) => void)[] = [];
  private received = Buffer.alloc(0);
  private closed: Reply | null = null;

  constructor(port: number, host = '127.0.0.1') {
    this.socket = connect({ port, host, noDelay: true });
    this.socket.on('data', (chunk: Buffer) => this.take(chunk));
    this.socket.on('error', (error: NodeJS.ErrnoException) =>
      this.close(
        error.code === 'ECONNREFUSED'
          ? `Could not connect to Redis at ${host}:${port}: Connection refused`
          : 'Error: Server closed the connection',
      ),
    );
    this.socket.on('close', () => this.close('Error: Server closed the connection'));
  }

  ask(argv: readonly string[]): Promise<Reply> {
    if (this.closed) return Promise.resolve(this.closed);
    return new Promise((done) => {
      this.waiting.push(done);
      this.socket.write(encodeCommand(argv));
    });
  }

  end(): void {
    this.socket.destroy();
  }

  get isOpen(): boolean {
    return this.closed === null;
  }

  private take(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    for (;;) {
      const decoded = this.received.length > 0 ? decodeReply(this.received) : null;
      if (!decoded) return;
      this.received = this.received.subarray(decoded.end);
      this.waiting.shift()?.(decoded.reply);
    }
  }

  private close(text: string): void {
    this.closed ??= { type: 'error', text };
    for (const done of this.waiting.splice(0)) done(this.closed);
  }
}

/** One command on a connection of its own. */
export async function askOnce(
  port: number,
  argv: readonly string[],
  host = '127.0.0.1',
): Promise<Reply> {
  const connection = new RedisConnection(port, host);
  const reply = await connection.ask(argv);
  connection.end();
  return reply;
}

/** `redis-cli [-c]` with connections it keeps. */
export class RedisClient {
  private readonly connections = new Map<number, RedisConnection>();
  private readonly portOf: (announcedPort: number) => number;

  /** `portOf`: the port a process listens on, by the one that a redirect names. */
  constructor(portOf: (announcedPort: number) => number) {
    this.portOf = portOf;
  }

  async run(port: number, argv: readonly string[], follow: boolean): Promise<string> {
    let reply = await this.connection(port).ask(argv);
    for (let hops = 0; follow && hops < MAX_REDIRECTS; hops++) {
      const redirect = parseRedirect(reply);
      if (!redirect) break;
      const next = this.connection(this.portOf(redirect.port));
      if (redirect.kind === 'ASK') void next.ask(['ASKING']);
      reply = await next.ask(argv);
    }
    return reply.type === 'error' ? reply.text : printReply(reply);
  }

  end(): void {
    for (const connection of this.connections.values()) connection.end();
    this.connections.clear();
  }

  private connection(port: number): RedisConnection {
    const open = this.connections.get(port);
    if (open?.isOpen) return open;
    const fresh = new RedisConnection(port);
    this.connections.set(port, fresh);
    return fresh;
  }
}
