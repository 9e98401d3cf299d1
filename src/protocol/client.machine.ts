/**
 * A cluster-aware client: redis-cli with or without -c, and the slot map it fills from redirects.
 * Source: cliSendCommand and the redirect loop of issueCommandRepeat, src/redis-cli.c.
 */
import { setup } from 'xstate';
import type { Slot, NodeName } from './ids';
import { keySlot } from './key-slot';
import { Stepper, actionsOf, type Outcome, type SteppedSnapshot } from './machine-step';
import type { Note } from './notes';
import { parseRedirect, printReply, replyKind, type Reply } from './reply';

/** redis-cli follows for ever; a loop between two nodes should end on a page. */
const MAX_REDIRECTS = 16;
/** The conversation kept for the picture: the newest exchanges. */
const KEPT_EXCHANGES = 12;

export interface ClientRequest {
  readonly argv: readonly string[];
  readonly node: NodeName | null;
  readonly follow: boolean;
}

export interface ClientExchange {
  readonly id: number;
  readonly node: NodeName;
  readonly direction: 'command' | 'reply';
  readonly text: string;
  readonly redirect: 'MOVED' | 'ASK' | null;
  readonly slot: Slot | null;
  readonly sentAtMs: number;
  /** When it arrived; 0 for a command nobody has answered yet. */
  readonly deliveredAtMs: number;
}

export interface ClientState {
  readonly name: string;
  readonly firstNode: NodeName;
  readonly connectedTo: readonly NodeName[];
  readonly follows: boolean;
  readonly redirects: number;
  readonly hops: number;
  readonly slotMap: readonly {
    readonly slot: Slot;
    readonly node: NodeName;
    readonly learntAtMs: number;
  }[];
  readonly current: (ClientRequest & { readonly command: number; readonly at: NodeName }) | null;
  readonly waiting: readonly ClientRequest[];
  readonly nextCommand: number;
  readonly exchanges: readonly ClientExchange[];
}

export type ClientEvent = { readonly nowMs: number } & (
  | { readonly type: 'RUN'; readonly request: ClientRequest }
  | {
      readonly type: 'REPLY';
      readonly sentAtMs: number;
      readonly node: NodeName;
      readonly command: number;
      readonly reply: Reply;
    }
);

export type ClientEffect =
  | {
      readonly type: 'command';
      readonly command: number;
      readonly node: NodeName;
      readonly argv: readonly string[];
      readonly asking: boolean;
    }
  | { readonly type: 'note'; readonly note: Note };

export type ClientSnapshot = SteppedSnapshot<ClientState>;

type ClientOutcome = Outcome<ClientState, ClientEvent, ClientEffect>;
type Running = NonNullable<ClientState['current']>;

/** A client that has spoken to nobody yet; `firstNode` is where redis-cli would connect. */
export function newClient(name: string, firstNode: NodeName): ClientState {
  return {
    name,
    firstNode,
    connectedTo: [],
    follows: false,
    redirects: 0,
    hops: 0,
    slotMap: [],
    current: null,
    waiting: [],
    nextCommand: 1,
    exchanges: [],
  };
}

const done = (context: ClientState, effects: readonly ClientEffect[] = []): ClientOutcome => ({
  context,
  effects,
  raised: [],
});

function start(state: ClientState, request: ClientRequest, nowMs: number): ClientOutcome {
  const at =
    request.node ?? ownerInMap(state, request.argv) ?? state.connectedTo.at(-1) ?? state.firstNode;
  return ask({ ...state, follows: request.follow, hops: 0 }, { request, at, asking: false, nowMs });
}

/** The node this client's own map names for the first key. */
function ownerInMap(state: ClientState, argv: readonly string[]): NodeName | null {
  const key = argv[1];
  if (key === undefined || argv[0]!.toUpperCase() === 'CLUSTER') return null;
  const slot = keySlot(key);
  return state.slotMap.find((entry) => entry.slot === slot)?.node ?? null;
}

function ask(
  state: ClientState,
  call: {
    readonly request: ClientRequest;
    readonly at: NodeName;
    readonly asking: boolean;
    readonly nowMs: number;
  },
): ClientOutcome {
  const { request, at, asking, nowMs } = call;
  const command = state.nextCommand;
  const text = request.argv.join(' ');
  const next: ClientState = {
    ...state,
    nextCommand: command + 1,
    connectedTo: [...state.connectedTo.filter((node) => node !== at), at],
    current: { ...request, command, at },
    exchanges: keep(state, {
      id: command * 2,
      node: at,
      direction: 'command',
      text,
      redirect: null,
      slot: null,
      sentAtMs: nowMs,
      deliveredAtMs: 0,
    }),
  };
  return done(next, [
    { type: 'note', note: { event: 'command', client: state.name, node: at, text } },
    { type: 'command', command, node: at, argv: request.argv, asking },
  ]);
}

const keep = (state: ClientState, exchange: ClientExchange): readonly ClientExchange[] =>
  [...state.exchanges, exchange].slice(-KEPT_EXCHANGES);

/** A reply as one side of a conversation, on its way or arrived. */
export function replyExchange(event: Extract<ClientEvent, { type: 'REPLY' }>): ClientExchange {
  const { command, node, reply, sentAtMs, nowMs } = event;
  const redirect = parseRedirect(reply);
  return {
    id: command * 2 + 1,
    node,
    direction: 'reply',
    text: reply.type === 'error' ? reply.text : printReply(reply),
    redirect: redirect?.kind ?? null,
    slot: redirect?.slot ?? null,
    sentAtMs,
    deliveredAtMs: nowMs,
  };
}

/** A message on a channel: it answers nothing, so the conversation goes on as it was. */
function overhear(state: ClientState, event: Extract<ClientEvent, { type: 'REPLY' }>) {
  const { node, reply } = event;
  const words = reply.type === 'array' ? reply.items.map((item) => printReply(item)) : [];
  const note: Note = { event: 'push', client: state.name, node, text: words.join(' ') };
  return done({ ...state, exchanges: keep(state, replyExchange(event)) }, [{ type: 'note', note }]);
}

function hear(state: ClientState, event: Extract<ClientEvent, { type: 'REPLY' }>): ClientOutcome {
  if (event.command < 0) return overhear(state, event);
  const { current } = state;
  if (current?.command !== event.command) return done(state);
  const { node, reply, nowMs } = event;
  const redirect = parseRedirect(reply);
  const exchange = replyExchange(event);
  const { text } = exchange;
  const note: ClientEffect = {
    type: 'note',
    note: {
      event: 'reply',
      client: state.name,
      node,
      kind: text.startsWith('Could not connect') ? 'disconnected' : replyKind(reply),
      text,
      command: current.argv.join(' '),
    },
  };
  const answered = state.exchanges.map((one) =>
    one.id === event.command * 2 ? { ...one, deliveredAtMs: event.sentAtMs } : one,
  );
  const heard: ClientState = {
    ...state,
    exchanges: keep({ ...state, exchanges: answered }, exchange),
  };
  const outcome = redirect
    ? redirected(heard, current, { ...redirect, nowMs })
    : finish(heard, nowMs);
  return { ...outcome, effects: [note, ...outcome.effects] };
}

/**
 * MOVED is remembered, ASK is not; with -c the client goes there, without it the error is the
 * answer.
 */
function redirected(
  state: ClientState,
  current: Running,
  to: {
    readonly kind: 'MOVED' | 'ASK';
    readonly slot: Slot;
    readonly port: number;
    readonly nowMs: number;
  },
): ClientOutcome {
  const at = String(to.port);
  const learnt = { slot: to.slot, node: at, learntAtMs: to.nowMs };
  const slotMap =
    to.kind === 'MOVED' && current.follow
      ? [...state.slotMap.filter((entry) => entry.slot !== to.slot), learnt]
      : state.slotMap;
  const next = { ...state, slotMap, redirects: state.redirects + 1, hops: state.hops + 1 };
  if (!current.follow || next.hops > MAX_REDIRECTS) return finish(next, to.nowMs);
  return ask(next, { request: current, at, asking: to.kind === 'ASK', nowMs: to.nowMs });
}

/** The next command in line, if any. */
function finish(state: ClientState, nowMs: number): ClientOutcome {
  const [next, ...rest] = state.waiting;
  const idle = { ...state, current: null, waiting: rest };
  return next ? start(idle, next, nowMs) : done(idle);
}

const REDUCERS = {
  start: (state: ClientState, event: ClientEvent) =>
    event.type === 'RUN' ? start(state, event.request, event.nowMs) : done(state),
  queue: (state: ClientState, event: ClientEvent) =>
    event.type === 'RUN'
      ? done({ ...state, waiting: [...state.waiting, event.request] })
      : done(state),
  hear: (state: ClientState, event: ClientEvent) =>
    event.type === 'REPLY' ? hear(state, event) : done(state),
};

const clientSetup = setup({
  types: { context: {} as ClientState, events: {} as ClientEvent, input: {} as ClientState },
  guards: {
    endsTheTalk: ({ context, event }) =>
      event.type === 'REPLY' && hear(context, event).context.current === null,
  },
  actions: actionsOf(REDUCERS),
});

export const clientMachine = clientSetup.createMachine({
  id: 'client',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle: { on: { RUN: { target: 'asking', actions: 'start' }, REPLY: { actions: 'hear' } } },
    asking: {
      on: {
        RUN: { actions: 'queue' },
        REPLY: [{ guard: 'endsTheTalk', target: 'idle', actions: 'hear' }, { actions: 'hear' }],
      },
    },
  },
});

export const clientStepper = new Stepper<ClientState, ClientEvent, ClientEffect>(
  clientMachine,
  REDUCERS,
);
