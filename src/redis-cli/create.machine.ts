/**
 * `redis-cli --cluster create`, as a machine that sends commands and reads replies.
 * Source: clusterManagerCommandCreate, clusterManagerWaitForClusterJoin, src/redis-cli.c.
 */
import { setup } from 'xstate';
import { Stepper, actionsOf, type Outcome, type SteppedSnapshot } from '../protocol/machine-step';
import type { Note } from '../protocol/notes';
import type { Reply } from '../protocol/reply';
import type { CreatePlan } from './slot-allocation';

const JOIN_PAUSE_MS = 1_000;

export interface CreateState {
  readonly plan: CreatePlan;
  readonly ids: Readonly<Record<string, string>>;
  /** Replies still missing in this phase. */
  readonly pending: number;
  readonly nextCommand: number;
  /** What each node says about the whole cluster, as redis-cli compares it. */
  readonly signatures: Readonly<Record<string, string>>;
}

export type CreateEvent = { readonly nowMs: number } & (
  | { readonly type: 'START' | 'TIMER' }
  | {
      readonly type: 'REPLY';
      readonly node: string;
      readonly command: number;
      readonly reply: Reply;
    }
);

export type CreateEffect =
  | {
      readonly type: 'command';
      readonly command: number;
      readonly node: string;
      readonly argv: readonly string[];
      readonly asking: boolean;
    }
  | { readonly type: 'timer'; readonly afterMs: number }
  | { readonly type: 'note'; readonly note: Note };

export type CreateSnapshot = SteppedSnapshot<CreateState>;
type CreateOutcome = Outcome<CreateState, CreateEvent, CreateEffect>;

/** The tool before its first command. */
export function newCreate(plan: CreatePlan): CreateState {
  return { plan, ids: {}, pending: 0, nextCommand: 1, signatures: {} };
}

interface Order {
  readonly node: string;
  readonly argv: readonly string[];
}

function send(
  state: CreateState,
  orders: readonly Order[],
  said: readonly string[],
): CreateOutcome {
  const effects: CreateEffect[] = said.map(say);
  orders.forEach(({ node, argv }, i) => {
    const text =
      argv.length > 6 ? `${argv.slice(0, 4).join(' ')} … ${argv.at(-1)}` : argv.join(' ');
    effects.push({ type: 'note', note: { event: 'command', client: 'redis-cli', node, text } });
    effects.push({ type: 'command', command: state.nextCommand + i, node, argv, asking: false });
  });
  const nextCommand = state.nextCommand + orders.length;
  return { context: { ...state, nextCommand, pending: orders.length }, effects, raised: [] };
}

const say = (text: string): CreateEffect => ({ type: 'note', note: { event: 'cli', text } });

const clusterNodes = (state: CreateState): Order[] =>
  state.plan.nodes.map((node) => ({ node, argv: ['CLUSTER', 'NODES'] }));

function greet(state: CreateState): CreateOutcome {
  const { masters, nodes } = state.plan;
  const said = [
    `>>> Performing hash slots allocation on ${nodes.length} nodes...`,
    ...masters.map(({ slots }, i) => `Master[${i}] -> Slots ${slots[0]} - ${slots[1]}`),
    ...state.plan.replicas.map(
      ({ node, master }) => `Adding replica 127.0.0.1:${node} to 127.0.0.1:${master}`,
    ),
  ];
  return send(state, clusterNodes(state), said);
}

function addSlots(state: CreateState): CreateOutcome {
  const orders = state.plan.nodes.map((node): Order => {
    const master = state.plan.masters.find((one) => one.node === node);
    if (master) {
      const [first, last] = master.slots;
      const slots = Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
      return { node, argv: ['CLUSTER', 'ADDSLOTS', ...slots] };
    }
    // Too early: nobody has met anybody. The tool expects the error and tries again later.
    return { node, argv: ['CLUSTER', 'REPLICATE', masterId(state, node)] };
  });
  return send(state, orders, []);
}

function masterId(state: CreateState, replica: string): string {
  const { master } = state.plan.replicas.find((one) => one.node === replica)!;
  return state.ids[master]!;
}

function setEpochs(state: CreateState): CreateOutcome {
  const orders = state.plan.nodes.map((node, i) => ({
    node,
    argv: ['cluster', 'set-config-epoch', String(i + 1)],
  }));
  return send(state, orders, [
    '>>> Nodes configuration updated',
    '>>> Assign a different config epoch to each node',
  ]);
}

function meet(state: CreateState): CreateOutcome {
  const [first, ...others] = state.plan.nodes;
  const orders = others.map((node) => ({ node, argv: ['cluster', 'meet', '127.0.0.1', first!] }));
  return send(state, orders, ['>>> Sending CLUSTER MEET messages to join the cluster']);
}

const pause = (state: CreateState, said: readonly string[]): CreateOutcome => ({
  context: { ...state, pending: 0 },
  effects: [...said.map(say), { type: 'timer', afterMs: JOIN_PAUSE_MS }],
  raised: [],
});

function replicate(state: CreateState): CreateOutcome {
  const orders = state.plan.replicas.map(({ node }) => ({
    node,
    argv: ['CLUSTER', 'REPLICATE', masterId(state, node)],
  }));
  return send(state, orders, []);
}

const check = (state: CreateState): CreateOutcome =>
  send(state, clusterNodes(state), ['>>> Performing Cluster Check']);

function finish(state: CreateState): CreateOutcome {
  const agree = allAgree(state);
  const said = agree
    ? ['[OK] All nodes agree about slots configuration.', '[OK] All 16384 slots covered.']
    : ["[ERR] Nodes don't agree about configuration!"];
  return { context: state, effects: said.map(say), raised: [] };
}

/** Takes in one reply: the id from the `myself` line, and the node's signature. */
function hear(state: CreateState, event: CreateEvent): CreateOutcome {
  if (event.type !== 'REPLY') return { context: state, effects: [], raised: [] };
  const text = event.reply.type === 'bulk' ? event.reply.text : '';
  const mine = /^(\S{40}) \S+ \S*myself/m.exec(text)?.[1];
  const context: CreateState = {
    ...state,
    pending: state.pending - 1,
    ids: mine ? { ...state.ids, [event.node]: mine } : state.ids,
    signatures: text ? { ...state.signatures, [event.node]: signature(text) } : state.signatures,
  };
  return { context, effects: [], raised: [] };
}

/** `id:range,range` of every line with slots, sorted. Source: clusterManagerGetConfigSignature. */
function signature(nodesText: string): string {
  return nodesText
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => fields.length > 8)
    .map((fields) => `${fields[0]}:${fields.slice(8).sort().join(',')}`)
    .sort()
    .join('|');
}

function allAgree(state: CreateState): boolean {
  const signatures = state.plan.nodes.map((node) => state.signatures[node]);
  const masters = state.plan.masters.length;
  return signatures.every((one) => one === signatures[0] && one?.split('|').length === masters);
}

/** A reply, and with the last one of a phase the orders of the next. */
const heardAll =
  (next: (state: CreateState) => CreateOutcome) =>
  (state: CreateState, event: CreateEvent): CreateOutcome =>
    next(hear(state, event).context);

const REDUCERS = {
  hear,
  greet,
  addSlots: heardAll(addSlots),
  setEpochs: heardAll(setEpochs),
  meet: heardAll(meet),
  waitForJoin: heardAll((state) => pause(state, ['Waiting for the cluster to join'])),
  askAll: (state: CreateState) => send(state, clusterNodes(state), []),
  waitOn: heardAll((state) => pause(state, ['.'])),
  replicate: heardAll(replicate),
  check: heardAll(check),
  finish: heardAll(finish),
};

const createSetup = setup({
  types: { context: {} as CreateState, events: {} as CreateEvent, input: {} as CreateState },
  guards: {
    isLast: ({ context }) => context.pending === 1,
    isLastAndAllAgree: ({ context, event }) =>
      context.pending === 1 && allAgree(hear(context, event).context),
  },
  actions: actionsOf(REDUCERS),
});

const whenLast = <T extends string, A extends string>(target: T, actions: A) =>
  [{ guard: 'isLast', target, actions }, { actions: 'hear' }] as const;

export const createMachineOfCli = createSetup.createMachine({
  id: 'redis-cli-create',
  context: ({ input }) => input,
  initial: 'ready',
  states: {
    ready: { on: { START: { target: 'reading', actions: 'greet' } } },
    reading: { on: { REPLY: whenLast('addingSlots', 'addSlots') } },
    addingSlots: { on: { REPLY: whenLast('settingEpochs', 'setEpochs') } },
    settingEpochs: { on: { REPLY: whenLast('meeting', 'meet') } },
    meeting: { on: { REPLY: whenLast('joining', 'waitForJoin') } },
    joining: { on: { TIMER: { target: 'comparing', actions: 'askAll' } } },
    comparing: {
      on: {
        REPLY: [
          { guard: 'isLastAndAllAgree', target: 'replicating', actions: 'replicate' },
          { guard: 'isLast', target: 'joining', actions: 'waitOn' },
          { actions: 'hear' },
        ],
      },
    },
    replicating: { on: { REPLY: whenLast('checking', 'check') } },
    checking: { on: { REPLY: whenLast('done', 'finish') } },
    done: {},
  },
});

export const createStepper = new Stepper<CreateState, CreateEvent, CreateEffect>(
  createMachineOfCli,
  REDUCERS,
);
