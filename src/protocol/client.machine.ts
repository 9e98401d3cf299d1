/**
 * A cluster-aware client: redis-cli with or without -c, and the slot map it fills from redirects,
 * or from CLUSTER SHARDS if it is told to ask; then it asks again each time the map proves old.
 * Source: cliReadReply, cliSendAsking and the redirect loop of issueCommandRepeat, src/redis-cli.c.
 * Simplified: it keeps its connections and a slot map, as client libraries do; redis-cli has one
 * connection, and forgets.
 */
import { setup } from 'xstate';
import { ipOf, withAddress } from './network/client-addresses';
import { mapAfter, printed, replyExchange, transactionAfter } from './network/client-exchange';
import { lookupCommand } from './commands/command-table';
import type {
  ClientEffect,
  ClientEvent,
  ClientExchange,
  ClientRequest,
  ClientState,
  RunningCommand,
} from './client-state';
import type { Slot, NodeName } from './ids';
import { keySlot } from './key-slot';
import { Stepper, actionsOf, type Outcome, type SteppedSnapshot } from './machine-step';
import type { Note, ReplyKind } from './notes';
import { parseRedirect, printReply, replyKind, type Reply } from './reply';
import { ownerInMap, withMoved } from './network/slot-map';
import {
  ANSWER_WITHIN_MS,
  counted,
  newStream,
  nextWrite,
  withoutNode,
} from './network/write-stream';

/** redis-cli follows for ever; a loop between two nodes should end on a page. */
const MAX_REDIRECTS = 16;
/** The conversation kept for the picture: the newest exchanges. */
const KEPT_EXCHANGES = 12;

export type ClientSnapshot = SteppedSnapshot<ClientState>;

type ClientOutcome = Outcome<ClientState, ClientEvent, ClientEffect>;

const done = (context: ClientState, effects: readonly ClientEffect[] = []): ClientOutcome => ({
  context,
  effects,
  raised: [],
});

function start(
  state: ClientState,
  request: ClientRequest,
  { nowMs, ofStream = false }: { readonly nowMs: number; readonly ofStream?: boolean },
): ClientOutcome {
  const at =
    request.node ??
    state.transactionAt ??
    ownerOfKey(state, request.argv) ??
    state.connectedTo.at(-1) ??
    state.firstNode;
  return ask(
    { ...state, follows: request.follow, hops: 0 },
    { request: { ...request, ofStream }, at, isAsking: false, nowMs },
  );
}

/** The node this client's own map names for the first key. */
function ownerOfKey(state: ClientState, argv: readonly string[]): NodeName | null {
  const found = lookupCommand(argv);
  const key = found.error ? undefined : found.spec.keys(argv.slice(1))[0];
  return key === undefined ? null : ownerInMap(state.slotMap, keySlot(key));
}

/** Sends a command, or the ASKING that has to go before it. */
function ask(
  state: ClientState,
  call: {
    readonly request: ClientRequest & { readonly ofStream: boolean };
    readonly at: NodeName;
    readonly isAsking: boolean;
    readonly nowMs: number;
  },
): ClientOutcome {
  const { request, at, isAsking, nowMs } = call;
  const command = state.nextCommand;
  const argv = isAsking ? ['ASKING'] : request.argv;
  const text = argv.join(' ');
  const next: ClientState = {
    ...state,
    nextCommand: command + 1,
    connectedTo: [...state.connectedTo.filter((node) => node !== at), at],
    current: { ...request, command, at, isAsking },
    exchanges: keep(state, {
      id: command * 2,
      node: at,
      direction: 'command',
      text,
      redirect: null,
      slot: null,
      sentAtMs: nowMs,
      deliveredAtMs: 0,
      printed: null,
    }),
  };
  return done(next, [
    { type: 'note', note: { event: 'command', client: state.name, node: at, text } },
    { type: 'command', command, node: at, ip: ipOf(state, at, request.node), argv },
  ]);
}

const keep = (state: ClientState, exchange: ClientExchange): readonly ClientExchange[] =>
  [...state.exchanges, exchange].slice(-KEPT_EXCHANGES);

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
  const exchange = { ...replyExchange(event), printed: printed(current, reply) };
  const { text } = exchange;
  const kind = text.startsWith('Could not connect') ? 'disconnected' : replyKind(reply);
  const note: ClientEffect = {
    type: 'note',
    note: {
      event: 'reply',
      client: state.name,
      node,
      kind,
      text,
      command: current.isAsking ? 'ASKING' : current.argv.join(' '),
    },
  };
  const answered = state.exchanges.map((one) =>
    one.id === event.command * 2 ? { ...one, deliveredAtMs: event.sentAtMs } : one,
  );
  const heard: ClientState = {
    ...state,
    exchanges: keep({ ...state, exchanges: answered }, exchange),
    transactionAt: transactionAfter(state, current, reply),
    ...mapAfter(current, reply, nowMs),
  };
  const outcome = next(heard, current, { reply, nowMs });
  const isOver = current.ofStream && !outcome.context.current?.ofStream;
  const context = isOver ? withAnswer(outcome.context, node, kind) : outcome.context;
  return { ...outcome, context, effects: [note, ...outcome.effects] };
}

/** The command after ASKING, the same command elsewhere, or nothing more. */
function next(
  state: ClientState,
  current: RunningCommand,
  { reply, nowMs }: { readonly reply: Reply; readonly nowMs: number },
): ClientOutcome {
  if (current.isAsking) {
    if (reply.type === 'error') return finish(state, nowMs);
    return ask(state, { request: current, at: current.at, isAsking: false, nowMs });
  }
  const redirect = parseRedirect(reply);
  return redirect ? redirected(state, current, { ...redirect, nowMs }) : finish(state, nowMs);
}

/**
 * MOVED is remembered, ASK is not; with -c the client goes there, without it the error is the
 * answer.
 */
function redirected(
  state: ClientState,
  current: RunningCommand,
  to: {
    readonly kind: 'MOVED' | 'ASK';
    readonly slot: Slot;
    readonly port: number;
    readonly address: string;
    readonly nowMs: number;
  },
): ClientOutcome {
  const at = String(to.port);
  const isLearnt = to.kind === 'MOVED' && current.follow;
  const hopped: ClientState = {
    ...withAddress(state, at, to.address),
    slotMap: isLearnt ? withMoved(state.slotMap, to.slot, at, to.nowMs) : state.slotMap,
    isMapOld: state.isMapOld || (isLearnt && state.mapCommand !== null),
    redirects: state.redirects + 1,
    hops: state.hops + 1,
  };
  const leaving = { ...hopped, transactionAt: null };
  if (!current.follow || hopped.hops > MAX_REDIRECTS) return finish(hopped, to.nowMs);
  const isAsking = to.kind === 'ASK';
  const outcome = ask(leaving, { request: current, at, isAsking, nowMs: to.nowMs });
  if (state.transactionAt === null) return outcome;
  // redis-cli leaves the connection behind, and with it the transaction.
  const hangUp = { type: 'disconnect', node: state.transactionAt } as const;
  return { ...outcome, effects: [hangUp, ...outcome.effects] };
}

/** A new map if the old one has proved wrong, else the next command in line, if any. */
function finish(state: ClientState, nowMs: number): ClientOutcome {
  const { isMapOld, mapCommand: argv } = state;
  if (isMapOld && argv) {
    const node = state.connectedTo.at(-1) ?? null;
    const idle = { ...state, current: null, isMapOld: false };
    return start(idle, { argv, node, follow: true }, { nowMs });
  }
  const [next, ...rest] = state.waiting;
  const idle = { ...state, current: null, waiting: rest };
  return next ? start(idle, next, { nowMs }) : done(idle);
}

const REDUCERS = {
  start: (state: ClientState, event: ClientEvent) =>
    event.type === 'RUN' ? start(state, event.request, event) : done(state),
  queue: (state: ClientState, event: ClientEvent) =>
    event.type === 'RUN'
      ? done({ ...state, waiting: [...state.waiting, event.request] })
      : done(state),
  hear: (state: ClientState, event: ClientEvent) =>
    event.type === 'REPLY' ? hear(state, event) : done(state),
  order: (state: ClientState, event: ClientEvent) =>
    event.type === 'WRITE' ? tick(ordered(state, event), event.nowMs) : done(state),
  tick: (state: ClientState, event: ClientEvent) => tick(state, event.nowMs),
};

const ordered = (state: ClientState, order: Extract<ClientEvent, { type: 'WRITE' }>) => ({
  ...state,
  stream: newStream(state.stream, order),
});

/** The clock of the stream: gives up on an answer that does not come, or writes the next key. */
function tick(state: ClientState, nowMs: number): ClientOutcome {
  const { stream, current } = state;
  if (stream?.nextAtMs !== nowMs) return done(state);
  const isOver = nowMs >= stream.untilMs;
  if (isOver && !current?.ofStream) return done(state);
  const due = { ...state, stream: { ...stream, nextAtMs: nowMs + stream.gapMs } };
  const timer = { type: 'timer', afterMs: stream.gapMs } as const;
  if (current !== null || isOver) {
    const isLate = current?.ofStream && nowMs - stream.sentAtMs >= ANSWER_WITHIN_MS;
    const outcome = isLate ? finish(withAnswer(due, current.at, 'none'), nowMs) : done(due);
    return { ...outcome, effects: [...outcome.effects, timer] };
  }
  const request = { ...nextWrite(due, due.stream), follow: true };
  const sent = { ...due.stream, sent: stream.sent + 1, sentAtMs: nowMs };
  const outcome = start({ ...due, stream: sent }, request, { nowMs, ofStream: true });
  return { ...outcome, effects: [...outcome.effects, timer] };
}

/** A write of the stream is over, one way or another. */
function withAnswer(state: ClientState, node: NodeName, kind: ReplyKind | 'none'): ClientState {
  if (!state.stream) return state;
  const settled = { ...state, stream: counted(state.stream, kind) };
  return kind === 'ok' ? settled : withoutNode(settled, node);
}

const clientSetup = setup({
  types: { context: {} as ClientState, events: {} as ClientEvent, input: {} as ClientState },
  guards: {
    endsTheTalk: ({ context, event }) =>
      event.type === 'REPLY' && hear(context, event).context.current === null,
    writesNow: ({ context, event }) => REDUCERS.order(context, event).context.current !== null,
    writesNext: ({ context, event }) => tick(context, event.nowMs).context.current !== null,
    givesUp: ({ context, event }) => tick(context, event.nowMs).context.current === null,
  },
  actions: actionsOf(REDUCERS),
});

export const clientMachine = clientSetup.createMachine({
  id: 'client',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle: {
      on: {
        RUN: { target: 'asking', actions: 'start' },
        REPLY: { actions: 'hear' },
        WRITE: [{ guard: 'writesNow', target: 'asking', actions: 'order' }, { actions: 'order' }],
        TIMER: [{ guard: 'writesNext', target: 'asking', actions: 'tick' }, { actions: 'tick' }],
      },
    },
    asking: {
      on: {
        RUN: { actions: 'queue' },
        REPLY: [{ guard: 'endsTheTalk', target: 'idle', actions: 'hear' }, { actions: 'hear' }],
        WRITE: { actions: 'order' },
        TIMER: [{ guard: 'givesUp', target: 'idle', actions: 'tick' }, { actions: 'tick' }],
      },
    },
  },
});

export const clientStepper = new Stepper<ClientState, ClientEvent, ClientEffect>(
  clientMachine,
  REDUCERS,
);
