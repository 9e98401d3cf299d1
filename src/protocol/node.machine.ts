/**
 * The statechart of one node: its process, its role, and where it stands in a failover.
 * The chart says when; the rules it names say how.
 * Source: main and clusterCron, clusterBeforeSleep, clusterHandleSlaveFailover, src/cluster.c.
 */
import { setup } from 'xstate';
import { NOTHING_TO_DO, isReplica, myself, type ClusterState, type Todo } from './cluster-state';
import { processCommand } from './commands/process-command';
import { clusterCron } from './cron';
import type { NodeEffect, NodeEvent, NodeEventType } from './effects';
import {
  addRankDelay,
  failoverVerdict,
  logCantFailover,
  scheduleElection,
  startElection,
  takeOver,
  type FailoverVerdict,
} from './election';
import { linkAccepted, linkClosed, linkConnected } from './links';
import {
  Stepper,
  actionsOf,
  type Outcome,
  type Reducer,
  type SteppedSnapshot,
} from './machine-step';
import { processPacket } from './packet';
import { processReplication, replicationClosed, replicationConnected } from './replication';
import { loadConfig, saveConfig } from './saved-config';
import { updateClusterState } from './service-state';
import { Turn } from './turn';

export type NodeSnapshot = SteppedSnapshot<ClusterState>;
type EventOf<T extends NodeEventType> = Extract<NodeEvent, { type: T }>;
type NodeOutcome = Outcome<ClusterState, NodeEvent, NodeEffect>;
type NodeReducer = Reducer<ClusterState, NodeEvent, NodeEffect>;

/**
 * A rule that handles one turn of the event loop; what it left to do comes before the next sleep.
 */
function rule<T extends NodeEventType>(
  run: (turn: Turn, event: EventOf<T>) => void,
  follow: (turn: Turn) => readonly NodeEventType[] = dueBeforeSleep,
): NodeReducer {
  return (context, event) => {
    const turn = new Turn(context, event.nowMs);
    run(turn, event as EventOf<T>);
    return outcome(turn, follow(turn));
  };
}

function outcome(turn: Turn, raise: readonly NodeEventType[]): NodeOutcome {
  const raised = raise.map((type) => ({ type, nowMs: turn.nowMs }) as NodeEvent);
  return { context: turn.state, effects: turn.effects, raised };
}

function dueBeforeSleep(turn: Turn): readonly NodeEventType[] {
  const { todo } = turn.state;
  if (todo.handleFailover) return ['FAILOVER_TURN', 'BEFORE_SLEEP'];
  return isAnythingToDo(todo) ? ['BEFORE_SLEEP'] : [];
}

const isAnythingToDo = (todo: Todo): boolean =>
  todo.handleFailover || todo.updateState || todo.saveConfig;

/** clusterCron hands over to failover, then to clusterUpdateState. */
const afterCron = (turn: Turn): readonly NodeEventType[] =>
  isReplica(turn.me) ? ['FAILOVER_TURN', 'BEFORE_SLEEP'] : dueBeforeSleep(turn);

const nothingMore = (): readonly NodeEventType[] => [];

const REDUCERS: Readonly<Record<string, NodeReducer>> = {
  tick: rule<'CRON'>((turn) => clusterCron(turn), afterCron),
  readPacket: rule<'BUS_MESSAGE'>((turn, event) =>
    processPacket(turn, event.connection, event.message),
  ),
  readReplication: rule<'REPLICATION_MESSAGE'>((turn, event) =>
    processReplication(turn, event.connection, event.message),
  ),
  acceptLink: rule<'LINK_ACCEPTED'>((turn, event) => {
    if (event.channel === 'bus') linkAccepted(turn, event.connection);
  }),
  greet: rule<'LINK_CONNECTED'>((turn, event) => {
    if (turn.state.replication.connection === event.connection) replicationConnected(turn);
    else linkConnected(turn, event.connection);
  }),
  loseLink: rule<'LINK_CLOSED'>((turn, event) => {
    linkClosed(turn, event.connection, event.refused);
    replicationClosed(turn, event.connection, event.refused);
  }),
  answerClient: rule<'CLIENT_COMMAND'>((turn, event) => {
    const reply = processCommand(turn, event);
    const { client, command } = event;
    if (reply) turn.effects.push({ type: 'reply', client, command, reply });
  }),
  settle: rule<'BEFORE_SLEEP'>(beforeSleep, nothingMore),
  schedule: rule<'FAILOVER_TURN'>(scheduleElection, nothingMore),
  wait: rule<'FAILOVER_TURN'>((turn) => {
    addRankDelay(turn);
    logCantFailover(turn, 'waiting-delay');
  }, nothingMore),
  requestVotes: rule<'FAILOVER_TURN'>(startElection, nothingMore),
  awaitVotes: rule<'FAILOVER_TURN'>((turn) => logCantFailover(turn, 'waiting-votes'), nothingMore),
  expire: rule<'FAILOVER_TURN'>((turn) => logCantFailover(turn, 'expired'), nothingMore),
  tooOld: rule<'FAILOVER_TURN'>((turn) => logCantFailover(turn, 'data-age'), nothingMore),
  standDown: rule<'FAILOVER_TURN'>((turn) => logCantFailover(turn, 'none'), nothingMore),
  takeOver: rule<'FAILOVER_TURN'>(takeOver, nothingMore),
  freeze: rule<'PROCESS_FROZEN'>((turn) => noteProcess(turn, 'frozen'), nothingMore),
  wake: rule<'PROCESS_WOKEN'>((turn) => noteProcess(turn, 'running'), nothingMore),
  kill: rule<'PROCESS_KILLED'>((turn) => noteProcess(turn, 'killed'), nothingMore),
  load: rule<'PROCESS_STARTED'>((turn) => {
    noteProcess(turn, 'running');
    loadConfig(turn);
  }),
};

/** Source: clusterBeforeSleep; its failover part has had its own turn by now. */
function beforeSleep(turn: Turn): void {
  const { updateState, saveConfig: save } = turn.state.todo;
  turn.state.todo = NOTHING_TO_DO;
  if (updateState) updateClusterState(turn);
  if (save) saveConfig(turn);
}

function noteProcess(turn: Turn, process: 'running' | 'frozen' | 'killed'): void {
  turn.note({ event: 'process', node: turn.state.name, process });
}

function verdictIs(
  { context, event }: { readonly context: ClusterState; readonly event: NodeEvent },
  verdict: FailoverVerdict,
): boolean {
  return failoverVerdict(new Turn(context, event.nowMs)) === verdict;
}

const nodeSetup = setup({
  types: {
    context: {} as ClusterState,
    events: {} as NodeEvent,
    input: {} as ClusterState,
  },
  guards: {
    isReplicaNow: ({ context }) => isReplica(myself(context)),
    isMasterNow: ({ context }) => !isReplica(myself(context)),
    failoverIs: verdictIs,
  },
  actions: actionsOf(REDUCERS),
});

const failoverIs = (params: FailoverVerdict) => ({ type: 'failoverIs', params }) as const;

const NOT_NEEDED = {
  guard: failoverIs('not-needed'),
  target: 'following',
  actions: 'standDown',
} as const;
const SCHEDULE = { guard: failoverIs('schedule'), target: 'waiting', actions: 'schedule' } as const;
const EXPIRED = { guard: failoverIs('expired'), target: 'expired', actions: 'expire' } as const;
const REQUEST = {
  guard: failoverIs('request-votes'),
  target: 'collecting',
  actions: 'requestVotes',
} as const;
const WON = {
  guard: failoverIs('won'),
  target: '#node.running.master',
  actions: 'takeOver',
} as const;
const TOO_OLD = { guard: failoverIs('data-too-old'), actions: 'tooOld' } as const;

export const nodeMachine = nodeSetup.createMachine({
  id: 'node',
  context: ({ input }) => input,
  initial: 'running',
  states: {
    running: {
      initial: 'master',
      on: {
        CRON: { actions: 'tick' },
        BUS_MESSAGE: { actions: 'readPacket' },
        REPLICATION_MESSAGE: { actions: 'readReplication' },
        LINK_ACCEPTED: { actions: 'acceptLink' },
        LINK_CONNECTED: { actions: 'greet' },
        LINK_CLOSED: { actions: 'loseLink' },
        CLIENT_COMMAND: { actions: 'answerClient' },
        PROCESS_FROZEN: { target: 'frozen', actions: 'freeze' },
        PROCESS_KILLED: { target: 'killed', actions: 'kill' },
      },
      states: {
        master: {
          on: {
            BEFORE_SLEEP: [
              { guard: 'isReplicaNow', target: 'replica', actions: 'settle' },
              { actions: 'settle' },
            ],
          },
        },
        replica: {
          initial: 'following',
          on: {
            BEFORE_SLEEP: [
              { guard: 'isMasterNow', target: 'master', actions: 'settle' },
              { actions: 'settle' },
            ],
          },
          states: {
            // Votes and clocks of an earlier election are never reset, so a replica that follows
            // again may find itself expired, or even elected, at once. That is Redis 7.0.
            following: {
              on: {
                FAILOVER_TURN: [
                  { guard: failoverIs('not-needed'), actions: 'standDown' },
                  SCHEDULE,
                  { guard: failoverIs('wait-delay'), target: 'waiting', actions: 'wait' },
                  REQUEST,
                  { guard: failoverIs('wait-votes'), target: 'collecting', actions: 'awaitVotes' },
                  EXPIRED,
                  WON,
                  TOO_OLD,
                ],
              },
            },
            waiting: {
              on: {
                FAILOVER_TURN: [
                  { guard: failoverIs('wait-delay'), actions: 'wait' },
                  REQUEST,
                  NOT_NEEDED,
                  SCHEDULE,
                  EXPIRED,
                  TOO_OLD,
                ],
              },
            },
            collecting: {
              on: {
                FAILOVER_TURN: [
                  { guard: failoverIs('wait-votes'), actions: 'awaitVotes' },
                  WON,
                  EXPIRED,
                  NOT_NEEDED,
                  SCHEDULE,
                  TOO_OLD,
                ],
              },
            },
            expired: {
              on: {
                FAILOVER_TURN: [
                  { guard: failoverIs('expired'), actions: 'expire' },
                  SCHEDULE,
                  NOT_NEEDED,
                  TOO_OLD,
                ],
              },
            },
          },
        },
        beforeFreeze: { type: 'history', history: 'deep' },
      },
    },
    frozen: {
      on: {
        PROCESS_WOKEN: { target: 'running.beforeFreeze', actions: 'wake' },
        PROCESS_KILLED: { target: 'killed', actions: 'kill' },
      },
    },
    killed: {
      on: { PROCESS_STARTED: { target: 'running', actions: 'load' } },
    },
  },
});

export const nodeStepper = new Stepper<ClusterState, NodeEvent, NodeEffect>(nodeMachine, REDUCERS);

/** Where a replica stands in a failover, from the statechart. */
export function failoverPhase(
  snapshot: NodeSnapshot,
): 'idle' | 'waiting' | 'collecting' | 'expired' {
  const { value } = snapshot;
  for (const phase of ['waiting', 'collecting', 'expired'] as const) {
    if (matchesPath(value, ['running', 'replica', phase])) return phase;
  }
  return 'idle';
}

/** Fact, from the statechart: whether the process runs, sleeps or is gone. */
export function processOf(snapshot: NodeSnapshot): 'running' | 'frozen' | 'killed' {
  return snapshot.value === 'frozen' || snapshot.value === 'killed' ? snapshot.value : 'running';
}

function matchesPath(value: unknown, path: readonly string[]): boolean {
  const [head, ...rest] = path;
  if (head === undefined) return true;
  if (typeof value === 'string') return value === head && rest.length === 0;
  const child = (value as Record<string, unknown> | null)?.[head];
  return child !== undefined && matchesPath(child, rest);
}
