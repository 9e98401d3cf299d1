/**
 * The statechart of the network between the processes: calm, or disturbed by faults.
 * Source: none in redis-server; faults follow what proxies and signals did to real clusters.
 */
import { setup } from 'xstate';
import { BusDraft } from './bus-draft';
import {
  direction,
  hasFaults,
  type BusEffect,
  type BusEvent,
  type BusState,
  type Direction,
  type Pair,
} from './bus-state';
import { alarm, block, forgetBlock, resume } from './bus-blocking';
import { clientClose, clientReply, clientSend, refuse } from './bus-clients';
import {
  acked,
  arrive,
  close,
  connected,
  forgetLost,
  open,
  peerClosed,
  reset,
  send,
  tryConnect,
} from './bus-traffic';
import { Stepper, actionsOf, type Reducer, type SteppedSnapshot } from './machine-step';

export type BusSnapshot = SteppedSnapshot<BusState>;
type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;
type BusReducer = Reducer<BusState, BusEvent, BusEffect>;

function rule<T extends BusEvent['type']>(
  run: (draft: BusDraft, event: EventOf<T>) => void,
): BusReducer {
  return (context, event) => {
    const draft = new BusDraft(context, event.nowMs);
    run(draft, event as EventOf<T>);
    return { context: draft.state, effects: draft.effects, raised: [] };
  };
}

const REDUCERS: Readonly<Record<string, BusReducer>> = {
  open: rule<'OPEN'>(open),
  send: rule<'SEND'>(send),
  close: rule<'CLOSE'>(close),
  connected: rule<'CONNECTED'>(connected),
  acked: rule<'ACKED'>(acked),
  peerClosed: rule<'PEER_CLOSED'>(peerClosed),
  arrive: rule<'ARRIVE'>(arrive),
  forgetLost: rule<'FORGET_LOST'>(forgetLost),
  clientSend: rule<'CLIENT_SEND'>(clientSend),
  clientReply: rule<'CLIENT_REPLY'>(clientReply),
  clientClose: rule<'CLIENT_CLOSE'>(clientClose),
  block: rule<'BLOCK'>(block),
  resume: rule<'RESUME'>(resume),
  alarm: rule<'ALARM'>(alarm),
  host: rule<'HOST'>(changeHost),
  cut: rule<'CUT'>((draft, event) => {
    draft.state.cut = union(draft.state.cut, directions(event));
    noteLinks(draft, event, 'cut');
  }),
  hold: rule<'HOLD'>((draft, event) => {
    draft.state.held = union(draft.state.held, directions(event));
    noteLinks(draft, event, 'held');
  }),
  delay: rule<'DELAY'>((draft, event) => {
    const added = directions(event).map((path) => [path, event.addMs] as const);
    draft.state.slow = { ...draft.state.slow, ...Object.fromEntries(added) };
    noteLinks(draft, event, 'slow');
  }),
  drop: rule<'DROP'>((draft, event) => {
    const path = direction(event.from, event.to);
    const { count, messageType } = event;
    draft.state.drops = { ...draft.state.drops, [path]: { count, messageType } };
  }),
  release: rule<'RELEASE'>((draft, event) => {
    release(draft, directions(event));
    noteLinks(draft, event, 'released');
  }),
  heal: rule<'HEAL'>((draft, event) => {
    heal(draft, directions(event));
    noteLinks(draft, event, 'healed');
  }),
  healAll: rule<'HEAL_ALL'>((draft) => {
    const { cut, held, slow, drops } = draft.state;
    const all = union(union(cut, held), [...Object.keys(slow), ...Object.keys(drops)]);
    heal(draft, all);
    for (const path of all) {
      const [from, to] = path.split('>') as [string, string];
      draft.note({ event: 'link', from, to, link: 'healed' });
    }
  }),
};

const directions = ({ from, to, oneWay }: Pair): Direction[] =>
  oneWay ? [direction(from, to)] : [direction(from, to), direction(to, from)];

const union = (a: readonly Direction[], b: readonly Direction[]): Direction[] => [
  ...a,
  ...b.filter((path) => !a.includes(path)),
];

function noteLinks(
  draft: BusDraft,
  pair: Pair,
  link: 'cut' | 'healed' | 'held' | 'released' | 'slow',
): void {
  for (const path of directions(pair)) {
    const [from, to] = path.split('>') as [string, string];
    draft.note({ event: 'link', from, to, link });
  }
}

/** A process sleeps, wakes, dies or starts: its sockets notice before its program does. */
function changeHost(draft: BusDraft, { node, process }: EventOf<'HOST'>): void {
  const waiting = draft.state.unread[node] ?? [];
  draft.state.hosts = { ...draft.state.hosts, [node]: process };
  if (process === 'frozen') return;
  const unread = { ...draft.state.unread };
  delete unread[node];
  draft.state.unread = unread;
  if (process === 'running') {
    // What piled up in the sockets is read before anything that comes now.
    for (const arrival of waiting) draft.arriveFirst(node, arrival);
    return;
  }
  forgetBlock(draft, node);
  for (const arrival of waiting) if (arrival.type === 'command') refuse(draft, arrival);
  for (const connection of draft.connections()) {
    if (connection.dialer !== node && connection.acceptor !== node) continue;
    if (connection.phase === 'connecting' && connection.acceptor === node) continue;
    close(draft, { type: 'CLOSE', nowMs: draft.nowMs, connection: connection.id, by: node });
  }
}

function release(draft: BusDraft, paths: readonly Direction[]): void {
  const { heldBack } = draft.state;
  draft.state.held = draft.state.held.filter((path) => !paths.includes(path));
  const isFree = (from: string, to: string): boolean => paths.includes(direction(from, to));
  draft.state.heldBack = heldBack.filter(({ from, to }) => !isFree(from, to));
  for (const envelope of heldBack) {
    if (!isFree(envelope.from, envelope.to)) continue;
    draft.arriveFirst(envelope.to, { type: 'envelope', envelope, inSocket: false });
  }
}

/** Takes every fault off these directions; what lost a frame meanwhile is reset, as TCP would. */
function heal(draft: BusDraft, paths: readonly Direction[]): void {
  release(draft, paths);
  const without = <T>(record: Readonly<Record<Direction, T>>): Record<Direction, T> =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !paths.includes(path)));
  draft.state.cut = draft.state.cut.filter((path) => !paths.includes(path));
  draft.state.slow = without(draft.state.slow);
  draft.state.drops = without(draft.state.drops);
  for (const connection of draft.connections()) {
    const { dialer, acceptor } = connection;
    const touched = [direction(dialer, acceptor), direction(acceptor, dialer)];
    if (!touched.some((path) => paths.includes(path))) continue;
    if (draft.isCut(dialer, acceptor) || draft.isCut(acceptor, dialer)) continue;
    if (connection.blocked) tryConnect(draft, connection);
    else if (connection.lostFrame) reset(draft, connection);
  }
}

const busSetup = setup({
  types: { context: {} as BusState, events: {} as BusEvent, input: {} as BusState },
  guards: {
    stillFaulty: ({ context, event }) => hasFaults(afterEvent(context, event)),
    losesLastFault: ({ context, event }) =>
      Object.keys(context.drops).length > 0 && !hasFaults(afterEvent(context, event)),
  },
  actions: actionsOf(REDUCERS),
});

/** What the network will look like, to know whether it is calm then. */
function afterEvent(context: BusState, event: BusEvent): BusState {
  const reducer = { HEAL: 'heal', RELEASE: 'release', HEAL_ALL: 'healAll', ARRIVE: 'arrive' }[
    event.type as 'HEAL' | 'RELEASE' | 'HEAL_ALL' | 'ARRIVE'
  ];
  return REDUCERS[reducer]!(context, event).context;
}

export const busMachine = busSetup.createMachine({
  id: 'bus',
  context: ({ input }) => input,
  initial: 'calm',
  on: {
    OPEN: { actions: 'open' },
    SEND: { actions: 'send' },
    CLOSE: { actions: 'close' },
    CONNECTED: { actions: 'connected' },
    ACKED: { actions: 'acked' },
    PEER_CLOSED: { actions: 'peerClosed' },
    ARRIVE: { actions: 'arrive' },
    FORGET_LOST: { actions: 'forgetLost' },
    CLIENT_SEND: { actions: 'clientSend' },
    CLIENT_REPLY: { actions: 'clientReply' },
    CLIENT_CLOSE: { actions: 'clientClose' },
    BLOCK: { actions: 'block' },
    RESUME: { actions: 'resume' },
    ALARM: { actions: 'alarm' },
    HOST: { actions: 'host' },
    CUT: { target: '.disturbed', actions: 'cut' },
    HOLD: { target: '.disturbed', actions: 'hold' },
    DELAY: { target: '.disturbed', actions: 'delay' },
    DROP: { target: '.disturbed', actions: 'drop' },
  },
  states: {
    calm: {},
    disturbed: {
      on: {
        HEAL: [
          { guard: 'stillFaulty', actions: 'heal' },
          { target: 'calm', actions: 'heal' },
        ],
        RELEASE: [
          { guard: 'stillFaulty', actions: 'release' },
          { target: 'calm', actions: 'release' },
        ],
        HEAL_ALL: { target: 'calm', actions: 'healAll' },
        // The last of the messages to drop was dropped.
        ARRIVE: [
          { guard: 'losesLastFault', target: 'calm', actions: 'arrive' },
          { actions: 'arrive' },
        ],
      },
    },
  },
});

export const busStepper = new Stepper<BusState, BusEvent, BusEffect>(busMachine, REDUCERS);
