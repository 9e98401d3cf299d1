/**
 * redis-cli in cluster mode, as a machine: it talks to one node at a time, sleeps, asks, and ends.
 * What it does next stands on its agenda; what it knows it has from replies.
 * Source: clusterManagerMode and the clusterManagerCommand functions, src/redis-cli.c.
 */
import { setup } from 'xstate';
import { Stepper, actionsOf, type Outcome } from '../protocol/machine-step';
import { ADD_NODE_TASKS } from './add-node';
import { CALL_TASKS } from './call-nodes';
import { CHECK_TASKS } from './check-cluster';
import type { CliEffect, CliEvent, CliState } from './cli-state';
import { CliTurn } from './cli-turn';
import { COMMAND_TASKS } from './command-tasks';
import { COMPARE_TASKS } from './compare-nodes';
import { CREATE_TASKS } from './create-cluster';
import { DEL_NODE_TASKS } from './del-node';
import { FIX_COVERAGE_TASKS } from './fix-coverage';
import { FIX_OPEN_CASE_TASKS } from './fix-open-cases';
import { FIX_OPEN_SLOT_TASKS } from './fix-open-slot';
import { FIX_OWNERS_TASKS } from './fix-owners';
import { LOAD_TASKS } from './load-nodes';
import { MIGRATE_TASKS } from './migrate-keys';
import { MOVE_SLOT_TASKS } from './move-slot';
import { DEFAULT_OPTIONS } from './options';
import { REBALANCE_TASKS } from './rebalance';
import { RESHARD_TASKS } from './reshard';
import { SLOT_OWNER_TASKS } from './slot-owner';
import { begin } from './subcommands';
import type { Task, TaskParams, Tasks } from './task-list';

const TASKS: Tasks<TaskParams> = {
  ...ADD_NODE_TASKS,
  ...CALL_TASKS,
  ...CHECK_TASKS,
  ...COMMAND_TASKS,
  ...COMPARE_TASKS,
  ...CREATE_TASKS,
  ...DEL_NODE_TASKS,
  ...FIX_COVERAGE_TASKS,
  ...FIX_OPEN_CASE_TASKS,
  ...FIX_OPEN_SLOT_TASKS,
  ...FIX_OWNERS_TASKS,
  ...LOAD_TASKS,
  ...MIGRATE_TASKS,
  ...MOVE_SLOT_TASKS,
  ...REBALANCE_TASKS,
  ...RESHARD_TASKS,
  ...SLOT_OWNER_TASKS,
  rescue: (turn, { done }) => turn.do(done),
};

/** Gives up on a turn that never waits for anything. */
const MOST_TASKS_A_TURN = 200_000;
/** Exit code of a process that Ctrl-C ended. */
const INTERRUPTED = 130;

type CliOutcome = Outcome<CliState, CliEvent, CliEffect>;

/** The tool before its first command. `argv` is what follows `redis-cli`. */
export function newCli(start: {
  readonly run: number;
  readonly seed: number;
  readonly argv: readonly string[];
  readonly answers?: readonly string[];
}): CliState {
  return {
    run: start.run,
    seed: start.seed,
    argv: start.argv,
    options: DEFAULT_OPTIONS,
    agenda: [],
    waiting: null,
    known: [],
    nodes: [],
    unreachableMasters: 0,
    errors: 0,
    reply: null,
    answer: '',
    ok: true,
    found: null,
    failure: null,
    answers: start.answers ?? [],
    line: '',
    shownAtMs: 0,
    nextCommand: 1,
    exitCode: null,
  };
}

/** A turn begun by `first`, until the tool waits or ends. */
function turnOf(state: CliState, nowMs: number, first: (turn: CliTurn) => void): CliOutcome {
  const turn = new CliTurn(state, nowMs);
  first(turn);
  for (let done = 0; ; done++) {
    if (done > MOST_TASKS_A_TURN) throw new Error(`redis-cli ${state.argv.join(' ')} never waits`);
    const task = turn.next();
    if (!task) break;
    run(turn, task);
  }
  const { waiting, exitCode } = turn.state;
  if (waiting === null && exitCode === null) turn.exit(0);
  return { context: turn.state, effects: turn.effects, raised: turn.raised };
}

/** What a task needs to know is handed over without its name: it is often passed on. */
function run(turn: CliTurn, { do: name, ...params }: Task): void {
  const work = TASKS[name] as (turn: CliTurn, params: object) => void;
  work(turn, params);
}

const REDUCERS = {
  begin: (state: CliState, event: CliEvent) => turnOf(state, event.nowMs, begin),
  hear: (state: CliState, event: CliEvent) =>
    turnOf(state, event.nowMs, (turn) => {
      if (event.type === 'REPLY') turn.hear(event.reply);
    }),
  wakeUp: (state: CliState, event: CliEvent) =>
    turnOf(state, event.nowMs, (turn) => {
      const { waiting } = turn.state;
      turn.state.waiting = null;
      if (waiting) turn.do(waiting.then);
    }),
  answer: (state: CliState, event: CliEvent) =>
    turnOf(state, event.nowMs, (turn) => {
      if (event.type === 'ANSWER') turn.answer(event.text);
    }),
  hangUp: (state: CliState, event: CliEvent) =>
    turnOf(state, event.nowMs, (turn) => {
      if (event.type === 'CLOSED') turn.hangUp(event.node);
    }),
  interrupt: (state: CliState, event: CliEvent) =>
    turnOf(state, event.nowMs, (turn) => {
      turn.say('^C');
      turn.exit(INTERRUPTED);
    }),
};

const cliSetup = setup({
  types: { context: {} as CliState, events: {} as CliEvent, input: {} as CliState },
  guards: {
    isAwaited: ({ context, event }) =>
      event.type === 'REPLY' &&
      context.waiting?.for === 'reply' &&
      context.waiting.command === event.command,
  },
  actions: actionsOf(REDUCERS),
});

const whenever = { ANSWER: { actions: 'answer' } } as const;
const always = {
  CLOSED: { actions: 'hangUp' },
  EXITS: 'exited',
  INTERRUPT: { target: 'exited', actions: 'interrupt' },
} as const;

export const cliMachine = cliSetup.createMachine({
  id: 'redis-cli',
  context: ({ input }) => input,
  initial: 'ready',
  states: {
    ready: { on: { START: { target: 'talking', actions: 'begin' } } },
    talking: {
      on: {
        ...always,
        ...whenever,
        REPLY: { guard: 'isAwaited', actions: 'hear' },
        SLEEPS: 'sleeping',
        ASKS: 'asking',
      },
    },
    sleeping: { on: { ...always, ...whenever, TIMER: { target: 'talking', actions: 'wakeUp' } } },
    asking: { on: { ...always, ANSWER: { target: 'talking', actions: 'answer' } } },
    exited: {},
  },
});

export const cliStepper = new Stepper<CliState, CliEvent, CliEffect>(cliMachine, REDUCERS);
