/**
 * The statechart of the network between the processes: calm, or disturbed by faults.
 * Source: none in redis-server; faults follow what proxies and signals did to real clusters.
 */
import { setup } from 'xstate';
import { BusDraft } from './network/bus-draft';
import { hasFaults, type BusEffect, type BusEvent, type BusState } from './bus-state';
import { alarm, block, forgetBlock, resume } from './network/bus-blocking';
import { clientClose, clientReply, clientSend, refuse } from './network/bus-clients';
import { cut, delay, drop, heal, healAll, hold, partition, release } from './network/bus-faults';
import {
  delayMessage,
  dropMessage,
  duplicateMessage,
  holdMessage,
  releaseMessage,
} from './network/bus-one-message';
import {
  acked,
  arrive,
  close,
  connected,
  forgetLost,
  open,
  peerClosed,
  send,
} from './network/bus-traffic';
import { Stepper, actionsOf, type Reducer, type SteppedSnapshot } from './machine-step';
import { NOTHING } from './short-lists';

export type BusSnapshot = SteppedSnapshot<BusState>;
type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;
type BusReducer = Reducer<BusState, BusEvent, BusEffect>;

function rule<T extends BusEvent['type']>(
  run: (draft: BusDraft, event: EventOf<T>) => void,
): BusReducer {
  return (context, event) => {
    const draft = new BusDraft(context, event.nowMs);
    run(draft, event as EventOf<T>);
    return { context: draft.state, effects: draft.effects, raised: NOTHING };
  };
}

/** Every action of the chart, by name. */
export const BUS_REDUCERS: Readonly<Record<string, BusReducer>> = {
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
  cut: rule<'CUT'>(cut),
  partition: rule<'PARTITION'>(partition),
  hold: rule<'HOLD'>(hold),
  delay: rule<'DELAY'>(delay),
  drop: rule<'DROP'>(drop),
  release: rule<'RELEASE'>(release),
  heal: rule<'HEAL'>(heal),
  healAll: rule<'HEAL_ALL'>(healAll),
  publishPorts: rule<'PUBLISH_PORTS'>(publishPorts),
  dropMessage: rule<'DROP_MESSAGE'>(dropMessage),
  holdMessage: rule<'HOLD_MESSAGE'>(holdMessage),
  releaseMessage: rule<'RELEASE_MESSAGE'>(releaseMessage),
  duplicateMessage: rule<'DUPLICATE_MESSAGE'>(duplicateMessage),
  delayMessage: rule<'DELAY_MESSAGE'>(delayMessage),
};

/** From now on the host lets these ports through to containers. */
function publishPorts(draft: BusDraft, { ports }: EventOf<'PUBLISH_PORTS'>): void {
  const { network } = draft.state;
  if (!network) return;
  const publishedPorts = [...new Set([...network.publishedPorts, ...ports])].sort((a, b) => a - b);
  draft.own.network = { ...network, publishedPorts };
}

/** A process sleeps, wakes, dies or starts: its sockets notice before its program does. */
function changeHost(draft: BusDraft, { node, process }: EventOf<'HOST'>): void {
  const waiting = draft.state.unread[node] ?? [];
  draft.own.hosts = { ...draft.state.hosts, [node]: process };
  if (process === 'frozen') return;
  const unread = { ...draft.state.unread };
  delete unread[node];
  draft.own.unread = unread;
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

const busSetup = setup({
  types: { context: {} as BusState, events: {} as BusEvent, input: {} as BusState },
  guards: {
    stillFaulty: ({ context, event }) => hasFaults(afterEvent(context, event)),
    losesLastFault: ({ context, event }) =>
      Object.keys(context.drops).length + Object.keys(context.marks).length > 0 &&
      !hasFaults(afterEvent(context, event)),
  },
  actions: actionsOf(BUS_REDUCERS),
});

const RULE_OF = {
  HEAL: 'heal',
  RELEASE: 'release',
  RELEASE_MESSAGE: 'releaseMessage',
  DROP_MESSAGE: 'dropMessage',
  ARRIVE: 'arrive',
} as const;

/** What the network will look like, to know whether it is calm then. */
function afterEvent(context: BusState, event: BusEvent): BusState {
  return BUS_REDUCERS[RULE_OF[event.type as keyof typeof RULE_OF]]!(context, event).context;
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
    PUBLISH_PORTS: { actions: 'publishPorts' },
    CUT: { target: '.disturbed', actions: 'cut' },
    PARTITION: { target: '.disturbed', actions: 'partition' },
    HOLD: { target: '.disturbed', actions: 'hold' },
    DELAY: { target: '.disturbed', actions: 'delay' },
    DROP: { target: '.disturbed', actions: 'drop' },
    DROP_MESSAGE: { target: '.disturbed', actions: 'dropMessage' },
    HOLD_MESSAGE: { target: '.disturbed', actions: 'holdMessage' },
    DUPLICATE_MESSAGE: { actions: 'duplicateMessage' },
    DELAY_MESSAGE: { actions: 'delayMessage' },
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
        RELEASE_MESSAGE: [
          { guard: 'stillFaulty', actions: 'releaseMessage' },
          { target: 'calm', actions: 'releaseMessage' },
        ],
        // One that was kept back is lost at once.
        DROP_MESSAGE: [
          { guard: 'stillFaulty', actions: 'dropMessage' },
          { target: 'calm', actions: 'dropMessage' },
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

export const busStepper = new Stepper<BusState, BusEvent, BusEffect>(busMachine, BUS_REDUCERS);
