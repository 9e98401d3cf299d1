/** One page at the door: who it is, what it may, what it asks. */
import type { RawData, WebSocket } from 'ws';
import type { RedisConnection } from '../../real-redis/redis-client';
import {
  CLOSE_CODES,
  TOPICS,
  WIRE_VERSION,
  parseClientMessage,
  type ClientMessage,
  type ClientMessageOf,
  type Request,
  type Role,
  type ServerMessage,
  type ServerMessageOf,
} from '../wire';
import { namesOf } from './allowed-commands';
import { Refusal, reasonOf } from './complaint';
import { RateLimit } from './rate-limit';
import { JournalReader, MOST_WAITING_BYTES } from './reader';
import { answer, mayWatch, type Desk } from './requests';
import { sameToken } from './who-may-connect';

export interface HubStage extends Omit<Desk, 'connections'> {
  readonly token: string;
}

export interface Membership {
  /** The token was right: what this client is from now on. */
  readonly joined: () => Role;
  readonly left: () => void;
}

const HELLO_LIMIT_MS = 2_000;
const COMMANDS_PER_SECOND = 20;
/** An answer that nobody takes: whoever asks must read. */
const MOST_UNREAD_BYTES = 4 * MOST_WAITING_BYTES;

export class HubClient {
  private readonly socket: WebSocket;
  private readonly stage: HubStage;
  private readonly membership: Membership;
  private readonly rate: RateLimit;
  private readonly helloTimer: NodeJS.Timeout;
  private readonly connections = new Map<number, RedisConnection>();
  private role: Role = 'watcher';
  private reader: JournalReader | null = null;

  constructor(socket: WebSocket, stage: HubStage, membership: Membership) {
    this.socket = socket;
    this.stage = stage;
    this.membership = membership;
    this.rate = new RateLimit(COMMANDS_PER_SECOND, () => stage.clock.nowMs());
    this.helloTimer = setTimeout(
      () => this.close(CLOSE_CODES.silent, 'no hello within 2 s'),
      HELLO_LIMIT_MS,
    );
    socket.on('message', (data, isBinary) => this.hear(data, isBinary));
    socket.on('error', () => undefined); // too long, or no WebSocket at all: ws closes it
    socket.on('close', () => this.left());
  }

  say(message: ServerMessage): void {
    if (this.socket.bufferedAmount > MOST_UNREAD_BYTES) this.socket.terminate();
    else this.socket.send(JSON.stringify(message));
  }

  close(code: number, reason: string): void {
    clearTimeout(this.helloTimer);
    this.socket.close(code, reason);
    // Who does not answer the closing handshake is not waited for.
    setTimeout(() => this.socket.terminate(), HELLO_LIMIT_MS).unref();
  }

  drive(): void {
    this.role = 'driver';
    this.say({ t: 'role', role: 'driver' });
  }

  turn(nowMs: number): void {
    const outcome = this.reader?.turn(nowMs);
    if (outcome === 'more') setImmediate(() => this.turn(nowMs));
    if (outcome !== 'lost') return;
    this.reader = null;
    this.close(CLOSE_CODES.tooSlow, 'nothing was read for a minute');
  }

  private left(): void {
    clearTimeout(this.helloTimer);
    this.reader = null;
    for (const connection of this.connections.values()) connection.end();
    this.membership.left();
  }

  private hear(data: RawData, isBinary: boolean): void {
    const isKnown = this.reader !== null;
    if (!this.rate.take()) {
      this.refuse(null, 'rate', `more than ${COMMANDS_PER_SECOND} messages a second`);
      if (!isKnown) this.close(CLOSE_CODES.outOfTurn, 'too many messages before hello');
      return;
    }
    if (isBinary) return this.refuse(null, 'invalid', 'found bytes; expected JSON as text');
    const parsed = parseClientMessage((data as Buffer).toString());
    if (!isKnown) return this.greet(parsed.ok ? parsed.message : null);
    if (!parsed.ok) return this.refuse(parsed.id, 'invalid', parsed.sentence);
    if (parsed.message.t === 'hello') {
      return this.close(CLOSE_CODES.outOfTurn, 'hello was said already');
    }
    void this.serve(parsed.message);
  }

  private greet(message: ClientMessage | null): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (message?.t !== 'hello') return this.close(CLOSE_CODES.outOfTurn, 'hello must come first');
    if (!sameToken(message.token, this.stage.token)) {
      return this.close(CLOSE_CODES.wrongToken, 'the token is not the one of this bridge');
    }
    if (message.version !== WIRE_VERSION) {
      const reason = `the page speaks version ${message.version}, the bridge ${WIRE_VERSION}`;
      return this.close(CLOSE_CODES.wrongVersion, reason.slice(0, LONGEST_REASON));
    }
    clearTimeout(this.helloTimer);
    this.role = this.membership.joined();
    this.introduce(message);
  }

  private introduce({ topics = [...TOPICS] }: ClientMessageOf<'hello'>): void {
    const { cluster, journal, clock } = this.stage;
    const nowMs = clock.nowMs();
    const hello: ServerMessageOf<'hello'> = {
      ...{ t: 'hello', version: WIRE_VERSION, role: this.role, label: cluster.label },
      ...{ redisVersion: cluster.redisVersion, nodeTimeoutMs: cluster.nodeTimeoutMs },
      ...{ epochMs: clock.epochMs, nowMs, knownFromMs: journal.knownFromMs ?? nowMs },
      ...{ nodes: cluster.nodes(), faults: cluster.faults() },
      recording: journal.recordingSinceMs !== null,
      capabilities: cluster.capabilities,
      commands: namesOf(cluster.commands),
    };
    this.say(hello);
    this.reader = new JournalReader(journal, this.socket, new Set(topics));
    // At once: the oldest that is remembered may be forgotten with the next thing that happens.
    this.turn(nowMs);
  }

  private async serve(request: Request): Promise<void> {
    const { id } = request;
    if (this.role === 'watcher' && !mayWatch(request)) {
      this.refuse(id, 'watching', 'another page drives; this one watches');
      return;
    }
    try {
      const result = await this.perform(request);
      this.say({ t: 'res', id, result });
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'failed';
      this.refuse(id, code, reasonOf(error));
    }
  }

  private async perform(request: Request): Promise<ServerMessageOf<'res'>['result']> {
    if (request.t !== 'sub') {
      return answer({ ...this.stage, connections: this.connections }, request);
    }
    if (this.reader) this.reader.topics = new Set(request.topics);
    return {};
  }

  private refuse(id: number | null, code: ServerMessageOf<'err'>['code'], text: string): void {
    this.say({ t: 'err', id, code, text });
  }
}

/** What a closing WebSocket may carry. */
const LONGEST_REASON = 120;
