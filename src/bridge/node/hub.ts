/** The door for pages: loopback only, a few at a time, each checked before it hears a word. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSE_CODES, FULL_HEADER, type ServerMessageOf } from '../wire';
import { HubClient, type HubStage } from './hub-client';
import { hostComplaint, originComplaint } from './who-may-connect';

/** One drives, the others watch. */
export const MOST_CLIENTS = 4;
export const LONGEST_MESSAGE_BYTES = 65_536;
const BATCH_MS = 50;
const PULSE_MS = 1_000;

export class Hub {
  private readonly stage: HubStage;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  private readonly clients: HubClient[] = [];
  /** Connections that have not said who they are count too. */
  private connections = 0;
  private readonly timers: NodeJS.Timeout[];
  private lastTurnMs: number;
  private lagMs = 0;

  constructor(server: Server, port: number, stage: HubStage) {
    this.stage = stage;
    this.lastTurnMs = stage.clock.nowMs();
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head, port));
    server.prependListener('request', (_, response) => {
      if (this.connections >= MOST_CLIENTS) response.setHeader(FULL_HEADER, '1');
    });
    this.timers = [
      setInterval(() => this.turn(), BATCH_MS),
      setInterval(() => this.pulse(), PULSE_MS),
    ];
  }

  /** Says why, and closes every connection. */
  end(why: string): void {
    for (const timer of this.timers) clearInterval(timer);
    const atMs = this.stage.clock.nowMs();
    for (const client of [...this.clients]) {
      client.say({ t: 'notice', atMs, ends: true, text: why });
      client.close(CLOSE_CODES.ends, 'the bridge ends');
    }
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
    const { headers } = request;
    const complaint = hostComplaint(headers, port) ?? originComplaint(headers, port);
    if (complaint !== null) return refuse(socket, '403 Forbidden', complaint);
    if (this.connections >= MOST_CLIENTS) {
      return refuse(socket, '503 Service Unavailable', `${MOST_CLIENTS} pages are connected`);
    }
    this.connections++;
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.accept(opened));
    socket.once('close', () => this.connections--);
  }

  private accept(socket: WebSocket): void {
    const client = new HubClient(socket, this.stage, {
      joined: () => {
        this.clients.push(client);
        return this.clients.length === 1 ? 'driver' : 'watcher';
      },
      left: () => this.leave(client),
    });
  }

  /** When the driver leaves, the one who has watched longest drives. */
  private leave(client: HubClient): void {
    const at = this.clients.indexOf(client);
    if (at === -1) return;
    this.clients.splice(at, 1);
    if (at === 0) this.clients[0]?.drive();
  }

  private turn(): void {
    const nowMs = this.stage.clock.nowMs();
    this.lagMs = Math.max(this.lagMs, nowMs - this.lastTurnMs - BATCH_MS, 0);
    this.lastTurnMs = nowMs;
    for (const client of [...this.clients]) client.turn(nowMs);
  }

  private pulse(): void {
    const atMs = this.stage.clock.nowMs();
    const pulse: ServerMessageOf<'pulse'> = {
      ...{ t: 'pulse', atMs, lagMs: Math.round(this.lagMs), clients: this.clients.length },
    };
    this.lagMs = 0;
    for (const client of this.clients) client.say(pulse);
  }
}

function refuse(socket: Duplex, status: string, sentence: string): void {
  const body = `${sentence}\n`;
  const lines = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.on('error', () => undefined);
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
