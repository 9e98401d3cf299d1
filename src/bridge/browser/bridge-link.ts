/** What a page has of a bridge: how it stands, and questions that are answered once. */
import { createActor } from 'xstate';
import type { Request, ServerMessageOf } from '../wire';
import { connectionMachine, type ConnectionSnapshot } from './connection.machine';
import { bridgeSocket, type SocketInput, type Told } from './socket';

export type Answer = ServerMessageOf<'res'>['result'];
/** Why a question was not done; `away`: nobody is there to ask. */
export class Denied extends Error {
  readonly code: ServerMessageOf<'err'>['code'] | 'away';

  constructor(code: Denied['code'], text: string) {
    super(text);
    this.code = code;
  }
}

/** A request before it has its number. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

interface Open {
  readonly done: (answer: Answer) => void;
  readonly fail: (denied: Denied) => void;
}

export class BridgeLink {
  readonly #actor;
  readonly #open = new Map<number, Open>();
  #nextId = 1;

  constructor(input: SocketInput) {
    const ontold = (told: Told): void => {
      this.#answer(told);
      input.ontold(told);
    };
    const machine = connectionMachine.provide({
      actors: { socket: bridgeSocket({ ...input, ontold }) },
    });
    this.#actor = createActor(machine);
    this.#actor.subscribe((snapshot) => {
      if (!snapshot.matches('open')) this.#denyAll();
    });
  }

  /** Starts, and tells each state it comes to. */
  start(onchange: (snapshot: ConnectionSnapshot) => void): void {
    this.#actor.subscribe(onchange);
    this.#actor.start();
    this.#actor.send({ type: 'CONNECT' });
  }

  retry(): void {
    this.#actor.send({ type: 'RETRY' });
  }

  connect(): void {
    this.#actor.send({ type: 'CONNECT' });
  }

  disconnect(): void {
    this.#actor.send({ type: 'DISCONNECT' });
  }

  /** Stops for good. */
  close(): void {
    this.#denyAll();
    this.#actor.stop();
  }

  /** Rejects with `Denied` when the bridge says no, or goes away before it answers. */
  ask(asked: Asked): Promise<Answer> {
    if (!this.#actor.getSnapshot().matches({ open: 'live' })) return Promise.reject(away());
    const id = this.#nextId++;
    return new Promise((done, fail) => {
      this.#open.set(id, { done, fail });
      this.#actor.send({ type: 'SAY', text: JSON.stringify({ ...asked, id }) });
    });
  }

  #answer(told: Told): void {
    if (told.t !== 'res' && told.t !== 'err') return;
    const open = told.id === null ? undefined : this.#open.get(told.id);
    if (told.id === null || open === undefined) return;
    this.#open.delete(told.id);
    if (told.t === 'res') open.done(told.result);
    else open.fail(new Denied(told.code, told.text));
  }

  #denyAll(): void {
    for (const { fail } of this.#open.values()) fail(away());
    this.#open.clear();
  }
}

const away = (): Denied => new Denied('away', 'the bridge is not there');
