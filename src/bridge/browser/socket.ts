/** One WebSocket to the bridge: greets it, reads what it says, and notices when it falls silent. */
import { fromCallback } from 'xstate';
import {
  FULL_HEADER,
  CLOSE_CODES,
  FrameReader,
  parseServerMessage,
  WIRE_VERSION,
  type FrameBatch,
  type ServerMessage,
} from '../wire';
import type { ConnectionEvent, Hello, Refusal } from './connection.machine';

/** What the socket tells the machine. */
export type SocketEvent =
  | { readonly type: 'OPENED' | 'LIVE' }
  | { readonly type: 'HELLO'; readonly hello: Hello }
  | { readonly type: 'CLOSED'; readonly refusal: Refusal | null; readonly ends: boolean };

/** Whatever the bridge says: a message, or a batch of frames. */
export type Told = ServerMessage | ({ readonly t: 'frames' } & FrameBatch);

export interface SocketInput {
  /** Host and port. */
  readonly address: string;
  readonly token: string;
  /** Hears everything, in order; also while the bridge tells what it remembers. */
  readonly ontold: (told: Told) => void;
  /** Default: the browser's own. */
  readonly newSocket?: ((url: string) => WebSocket) | undefined;
  /** Whether a bridge answers at the address that has no room; tells “full” from “not ready”. */
  readonly saysItIsFull?: ((address: string) => Promise<boolean>) | undefined;
}

/** A living bridge says something once a second. */
const SILENT_AFTER_MS = 6_000;

/** The actor of the machine. */
export const bridgeSocket = (input: SocketInput) =>
  fromCallback<ConnectionEvent>(({ sendBack, receive }) => {
    const socket = new BridgeSocket(input, sendBack);
    receive((event) => {
      if (event.type === 'SAY') socket.say(event.text);
    });
    return () => socket.leave();
  });

class BridgeSocket {
  readonly #input: SocketInput;
  readonly #tell: (event: SocketEvent) => void;
  readonly #socket: WebSocket;
  readonly #frames = new FrameReader();
  #watch: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  #wasOpen = false;

  constructor(input: SocketInput, tell: (event: SocketEvent) => void) {
    this.#input = input;
    this.#tell = tell;
    const { address, newSocket = (url: string) => new WebSocket(url) } = input;
    this.#socket = newSocket(`ws://${address}/`);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#greet();
    this.#socket.onmessage = ({ data }) => this.#read(data);
    this.#socket.onclose = ({ code, reason }) => void this.#closed(code, reason);
    this.#listen();
  }

  say(text: string): void {
    if (this.#socket.readyState === 1) this.#socket.send(text);
  }

  /** Hangs up, and says no more. */
  leave(): void {
    this.#isOver = true;
    clearTimeout(this.#watch);
    this.#socket.close();
  }

  #greet(): void {
    this.#wasOpen = true;
    this.say(JSON.stringify({ t: 'hello', version: WIRE_VERSION, token: this.#input.token }));
    this.#tell({ type: 'OPENED' });
  }

  #read(data: unknown): void {
    if (this.#isOver) return;
    this.#listen();
    try {
      if (data instanceof ArrayBuffer) this.#take({ t: 'frames', ...this.#batch(data) });
      else this.#take(readText(String(data)));
    } catch (error) {
      const theirs = otherVersion(data);
      if (theirs !== null) this.#end({ kind: 'version', theirs });
      else this.#end({ kind: 'broken', why: (error as Error).message });
    }
  }

  #batch(data: ArrayBuffer): FrameBatch {
    return this.#frames.read(new Uint8Array(data));
  }

  #take(told: Told): void {
    if (told.t === 'hello' && told.version !== WIRE_VERSION) {
      this.#end({ kind: 'version', theirs: String(told.version) });
      return;
    }
    if (told.t === 'slots') this.#frames.learn(told);
    this.#input.ontold(told);
    if (told.t === 'hello') this.#tell({ type: 'HELLO', hello: told });
    else if (told.t === 'live') this.#tell({ type: 'LIVE' });
  }

  /** Counts the time since something was heard anew. */
  #listen(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#end(null), SILENT_AFTER_MS);
  }

  async #closed(code: number, reason: string): Promise<void> {
    if (this.#isOver) return;
    const isFull =
      !this.#wasOpen && (await (this.#input.saysItIsFull ?? saysItIsFull)(this.#input.address));
    this.#end(isFull ? { kind: 'full' } : refusalOf(code, reason), code === CLOSE_CODES.ends);
  }

  #end(refusal: Refusal | null, ends = false): void {
    if (this.#isOver) return;
    this.leave();
    this.#tell({ type: 'CLOSED', refusal, ends });
  }
}

function readText(text: string): ServerMessage {
  const parsed = parseServerMessage(text);
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.message;
}

/** The version of a hello that this page cannot read, if that is what it is. */
function otherVersion(data: unknown): string | null {
  if (typeof data !== 'string') return null;
  try {
    const { t, version } = JSON.parse(data) as { t?: unknown; version?: unknown };
    return t === 'hello' && version !== WIRE_VERSION ? String(version) : null;
  } catch {
    return null;
  }
}

/** What the bridge meant by hanging up; null: it is gone, and may come again. */
function refusalOf(code: number, reason: string): Refusal | null {
  switch (code) {
    case CLOSE_CODES.wrongToken:
      return { kind: 'token' };
    case CLOSE_CODES.wrongVersion:
      return { kind: 'version', theirs: /\d+/.exec(reason)?.[0] ?? '?' };
    case TRY_LATER:
      return { kind: 'full' };
    case CLOSE_CODES.outOfTurn:
    case TOO_LARGE:
    case POLICY:
      return { kind: 'message', why: reason === '' ? String(code) : reason };
    default:
      return null;
  }
}
const [POLICY, TOO_LARGE, TRY_LATER] = [1008, 1009, 1013];

async function saysItIsFull(address: string): Promise<boolean> {
  try {
    const { headers } = await fetch(`http://${address}/`, { method: 'HEAD', cache: 'no-store' });
    return headers.has(FULL_HEADER);
  } catch {
    return false;
  }
}
