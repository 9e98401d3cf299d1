/** A page without a screen: it reads what the bridge says as fast as it can, and counts. */
import { WebSocket } from 'ws';
import { FrameReader, WIRE_VERSION, parseServerMessage, type WireNode } from '../bridge/wire';
import type { BridgeProcess } from './bridge-process';

export class BridgePage {
  readonly socket: WebSocket;
  nodes: readonly WireNode[] = [];
  frames = 0;
  gap = 0;
  bytes = 0;
  private readonly reader = new FrameReader();
  private readonly answered = new Map<number, () => void>();
  private nextId = 1;
  private isLive = (): void => undefined;

  constructor({ port }: Pick<BridgeProcess, 'port'>) {
    const origin = `http://127.0.0.1:${port}`;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { origin } });
    this.socket.on('message', (data, isBinary) => this.hear(data as Buffer, isBinary));
  }

  /** Says hello, and waits until everything remembered has been told. */
  async greet(token: string): Promise<void> {
    const live = new Promise<void>((done) => (this.isLive = done));
    this.socket.once('open', () => {
      this.socket.send(JSON.stringify({ t: 'hello', version: WIRE_VERSION, token }));
    });
    await live;
  }

  ask(request: object): Promise<void> {
    const id = this.nextId++;
    this.socket.send(JSON.stringify({ id, ...request }));
    return new Promise((done) => this.answered.set(id, done));
  }

  private hear(data: Buffer, isBinary: boolean): void {
    this.bytes += data.length;
    if (isBinary) {
      const { gap, frames } = this.reader.read(new Uint8Array(data));
      this.gap += gap;
      this.frames += frames.length;
      return;
    }
    const parsed = parseServerMessage(data.toString());
    if (!parsed.ok) throw new Error(parsed.sentence);
    const { message } = parsed;
    if (message.t === 'slots') this.reader.learn(message);
    if (message.t === 'hello' || message.t === 'nodes') this.nodes = message.nodes;
    if (message.t === 'live') this.isLive();
    if (message.t === 'res' || message.t === 'err') this.answered.get(message.id ?? 0)?.();
  }
}
