/**
 * The way to the bridge: there, lost and tried again, refused, or closed by the reader. It runs on
 * the real clock. idle: nobody has asked for it. open: a socket is there, whoever answers; it
 * connects, greets, is told what the bridge remembers, and then is live. lost: nobody answers, the
 * next try is set. refused: another try would end the same way, so the reader decides.
 */
import { assign, fromCallback, sendTo, setup, type SnapshotFrom } from 'xstate';
import type { ServerMessageOf } from '../wire';
import type { SocketEvent } from './socket';

export type Hello = ServerMessageOf<'hello'>;

/** Why another try would not help. */
export type Refusal =
  | { readonly kind: 'token' | 'full' }
  | { readonly kind: 'version'; readonly theirs: string }
  /** The bridge hung up, or said what cannot be read. */
  | { readonly kind: 'message' | 'broken'; readonly why: string };

export interface ConnectionContext {
  /** How often in a row nobody answered. */
  readonly tries: number;
  /** What the bridge said last about itself; it stays while the bridge is away. */
  readonly hello: Hello | null;
  readonly refusal: Refusal | null;
  /** The bridge said itself that it ends. */
  readonly hasEnded: boolean;
}

export type ConnectionEvent =
  | { readonly type: 'CONNECT' | 'RETRY' | 'DISCONNECT' }
  | { readonly type: 'SAY'; readonly text: string }
  | SocketEvent;

/** The first try comes soon, later ones ever later, and never later than this. */
const MOST_WAIT_MS = 10_000;
/** How long after the try number `tries` the next one comes. */
export function waitMs(tries: number): number {
  return Math.min(MOST_WAIT_MS, 500 * 2 ** Math.min(10, Math.max(0, tries - 1)));
}

const AT_FIRST: ConnectionContext = { tries: 0, hello: null, refusal: null, hasEnded: false };

export const connectionMachine = setup({
  types: { context: {} as ConnectionContext, events: {} as ConnectionEvent },
  // What the socket is made of is given when the machine is started.
  actors: { socket: fromCallback<ConnectionEvent>(() => undefined) },
  delays: { wait: ({ context }) => waitMs(context.tries) },
  guards: {
    isRefused: ({ event }) => event.type === 'CLOSED' && event.refusal !== null,
  },
  actions: {
    countTry: assign(({ context }) => ({ tries: context.tries + 1 })),
    keepEnd: assign(({ event }) => ({ hasEnded: event.type === 'CLOSED' && event.ends })),
    keepHello: assign(({ event }) =>
      event.type === 'HELLO' ? { hello: event.hello, refusal: null, hasEnded: false } : {},
    ),
    keepRefusal: assign(({ event }) => (event.type === 'CLOSED' ? { refusal: event.refusal } : {})),
    startAfresh: assign({ tries: 0, refusal: null }),
  },
}).createMachine({
  id: 'connection',
  context: AT_FIRST,
  initial: 'idle',
  states: {
    idle: { on: { CONNECT: 'open' } },
    open: {
      invoke: { src: 'socket', id: 'socket' },
      initial: 'connecting',
      on: {
        CLOSED: [
          { guard: 'isRefused', target: 'refused', actions: 'keepRefusal' },
          { target: 'lost', actions: ['countTry', 'keepEnd'] },
        ],
        DISCONNECT: 'closed',
        SAY: { actions: sendTo('socket', ({ event }) => event) },
      },
      states: {
        connecting: { on: { OPENED: 'greeting' } },
        greeting: { on: { HELLO: { target: 'told', actions: 'keepHello' } } },
        told: { on: { LIVE: { target: 'live', actions: 'startAfresh' } } },
        live: {},
      },
    },
    lost: {
      on: { RETRY: 'open', DISCONNECT: 'closed' },
      after: { wait: 'open' },
    },
    refused: { on: { RETRY: { target: 'open', actions: 'startAfresh' }, DISCONNECT: 'closed' } },
    closed: { on: { CONNECT: { target: 'open', actions: 'startAfresh' } } },
  },
});

export type ConnectionSnapshot = SnapshotFrom<typeof connectionMachine>;

export type ConnectionPhase =
  'idle' | 'connecting' | 'greeting' | 'told' | 'live' | 'lost' | 'refused' | 'closed';

/** The state in one word. */
export function phaseOf({ value }: ConnectionSnapshot): ConnectionPhase {
  return typeof value === 'string' ? value : value.open;
}
