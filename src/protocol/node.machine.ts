/**
 * The statechart of one node: its process, its role, and where it stands in a failover.
 * The chart says when; the rules it names say how.
 * Source: main and clusterCron, clusterBeforeSleep, clusterHandleSlaveFailover,
 * clusterHandleManualFailover, src/cluster.c.
 */
import { setup } from 'xstate';
import { isReplica, myself, type ClusterState } from './cluster-state';
import type { NodeEffect, NodeEvent } from './effects';
import type { FailoverVerdict } from './failover/election';
import { Stepper, actionsOf, type SteppedSnapshot } from './machine-step';
import { manualPhase, type ManualPhase } from './failover/manual-failover';
import { NODE_REDUCERS, verdictIs } from './node-rules';
import { writesWait } from './failover/write-pause';

export type NodeSnapshot = SteppedSnapshot<ClusterState>;

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
    manualIs: ({ context }, phase: ManualPhase) =>
      isReplica(myself(context)) && manualPhase(context) === phase,
    isPausedNow: ({ context }) => writesWait(context) && !isReplica(myself(context)),
    isUnpausedNow: ({ context }) => !writesWait(context) && !isReplica(myself(context)),
  },
  actions: actionsOf(NODE_REDUCERS),
});

const failoverIs = (params: FailoverVerdict) => ({ type: 'failoverIs', params }) as const;

type Place = 'following' | 'waiting' | 'collecting' | 'expired';

/** Where each verdict leads. A victory leads out of here. */
const VERDICTS: readonly (readonly [FailoverVerdict, Place, string])[] = [
  ['not-needed', 'following', 'standDown'],
  ['schedule', 'waiting', 'schedule'],
  ['wait-delay', 'waiting', 'wait'],
  ['request-votes', 'collecting', 'requestVotes'],
  ['wait-votes', 'collecting', 'awaitVotes'],
  ['expired', 'expired', 'expire'],
  ['data-too-old', 'following', 'tooOld'],
];

/**
 * What a turn of clusterHandleSlaveFailover does in `place`: any verdict can come in any of them,
 * for its clocks and votes outlive the election they belong to. Most often a place is stayed in,
 * so that is asked first.
 */
function turnsFrom(place: Place) {
  const won = {
    guard: failoverIs('won'),
    target: '#node.running.master',
    actions: 'takeOver',
  } as const;
  const stays = VERDICTS.filter(([, target]) => target === place);
  const leaves = VERDICTS.filter(([, target]) => target !== place);
  return [
    ...stays.map(([verdict, , actions]) => ({ guard: failoverIs(verdict), actions })),
    won,
    ...leaves.map(([verdict, target, actions]) => ({
      guard: failoverIs(verdict),
      target,
      actions,
    })),
  ];
}

const manualIs = (phase: ManualPhase, target: 'following' | 'asking' | 'catchingUp') =>
  ({
    guard: { type: 'manualIs', params: phase },
    target,
    actions: 'settle',
  }) as const;
const ASKING = manualIs('waiting-for-offset', 'asking');
const CATCHING_UP = manualIs('catching-up', 'catchingUp');
const NOT_ASKING = manualIs('none', 'following');
const READY = manualIs('ready', 'following');

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
        CLIENT_GONE: { actions: 'loseClient' },
        COMMAND_MESSAGE: { actions: 'readCommand' },
        LINK_TIMEOUT: { actions: 'timeOut' },
        PROCESS_FROZEN: { target: 'frozen', actions: 'freeze' },
        PROCESS_KILLED: { target: 'killed', actions: 'kill' },
      },
      states: {
        master: {
          initial: 'serving',
          on: {
            BEFORE_SLEEP: [
              { guard: 'isReplicaNow', target: 'replica', actions: 'settle' },
              { actions: 'settle' },
            ],
            // A vote that comes after the victory asks a master, too: there is nothing to do.
            FAILOVER_TURN: { actions: 'standDown' },
            MANUAL_FAILOVER_TURN: { actions: 'compareOffsets' },
          },
          states: {
            serving: {
              on: { BEFORE_SLEEP: { guard: 'isPausedNow', target: 'paused', actions: 'settle' } },
            },
            // A replica is about to take over: writes wait, reads go on.
            paused: {
              on: {
                BEFORE_SLEEP: { guard: 'isUnpausedNow', target: 'serving', actions: 'settle' },
              },
            },
          },
        },
        replica: {
          initial: 'following',
          on: {
            BEFORE_SLEEP: [
              { guard: 'isMasterNow', target: 'master', actions: 'settle' },
              { actions: 'settle' },
            ],
            MANUAL_FAILOVER_TURN: { actions: 'compareOffsets' },
            MIGRATION_TURN: { actions: 'migrate' },
          },
          states: {
            // Votes and clocks of an earlier election are never reset, so a replica that follows
            // again may find itself expired, or even elected, at once. That is Redis 7.0.
            following: {
              on: {
                BEFORE_SLEEP: [ASKING, CATCHING_UP],
                FAILOVER_TURN: turnsFrom('following'),
              },
            },
            // CLUSTER FAILOVER: the master was asked to pause; where did it stop?
            asking: {
              on: {
                BEFORE_SLEEP: [CATCHING_UP, NOT_ASKING, READY],
                FAILOVER_TURN: turnsFrom('following'),
              },
            },
            // The master's stream is read up to the offset at which it paused.
            catchingUp: {
              on: {
                BEFORE_SLEEP: [ASKING, NOT_ASKING, READY],
                FAILOVER_TURN: turnsFrom('following'),
              },
            },
            waiting: { on: { FAILOVER_TURN: turnsFrom('waiting') } },
            collecting: { on: { FAILOVER_TURN: turnsFrom('collecting') } },
            expired: { on: { FAILOVER_TURN: turnsFrom('expired') } },
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

export const nodeStepper = new Stepper<ClusterState, NodeEvent, NodeEffect>(
  nodeMachine,
  NODE_REDUCERS,
);

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

/** Where a node stands in a manual failover, from the statechart: the replica, or its master. */
export function handoverPhase(
  snapshot: NodeSnapshot,
): 'none' | 'asking' | 'catching-up' | 'paused' {
  const { value } = snapshot;
  if (matchesPath(value, ['running', 'master', 'paused'])) return 'paused';
  if (matchesPath(value, ['running', 'replica', 'asking'])) return 'asking';
  return matchesPath(value, ['running', 'replica', 'catchingUp']) ? 'catching-up' : 'none';
}

/** Fact, from the statechart: whether the process runs, sleeps or is gone. */
export function processOf(snapshot: NodeSnapshot): 'running' | 'frozen' | 'killed' {
  return snapshot.value === 'frozen' || snapshot.value === 'killed' ? snapshot.value : 'running';
}

/** Whether a tick would ask nothing of the chart: a master serves, a replica follows. */
export function restsInChart({ value }: NodeSnapshot): boolean {
  if (typeof value === 'string') return false;
  const running = value['running'];
  if (running === undefined || typeof running === 'string') return false;
  return running['master'] === 'serving' || running['replica'] === 'following';
}

function matchesPath(value: unknown, path: readonly string[]): boolean {
  const [head, ...rest] = path;
  if (head === undefined) return true;
  if (typeof value === 'string') return value === head && rest.length === 0;
  const child = (value as Record<string, unknown> | null)?.[head];
  return child !== undefined && matchesPath(child, rest);
}
