/**
 * What the node's statechart can do, by the names it uses: each a rule run in a turn of its own.
 * Source: the handlers aeMain calls, clusterCron and clusterBeforeSleep, src/cluster.c.
 */
import { isReplica, type ClusterState } from './cluster-state';
import { processCommand } from './commands/process-command';
import { clusterCron } from './time/cron';
import type { NodeEffect, NodeEvent, NodeEventType } from './effects';
import {
  addRankDelay,
  failoverVerdict,
  logCantFailover,
  scheduleElection,
  startElection,
  winElection,
  type FailoverVerdict,
} from './failover/election';
import { obeyHandPing } from './time/hand-ping';
import { linkAccepted, linkClosed, linkConnected } from './messages/links';
import { type Outcome, type Reducer } from './machine-step';
import { NOTHING } from './short-lists';
import { handleManualFailover, manualPhase } from './failover/manual-failover';
import {
  hearTarget,
  loseMigration,
  migrationClosed,
  migrationConnected,
  migrationTimedOut,
  tickIsLate,
} from './slots/migration';
import { processPacket } from './messages/packet';
import {
  processReplication,
  replicationClosed,
  replicationConnected,
} from './replication/replication';
import { foreseeQuiet, isSettled, keepQuiet } from './time/quiet-ticks';
import { loadConfig, saveConfig } from './slots/saved-config';
import { migrateIfChosen, migrationIsDue } from './failover/replica-migration';
import { updateClusterState } from './slots/service-state';
import { dropClient } from './sessions';
import { Turn } from './turn';
import { touchWatched } from './slots/watch';
import { loseWaiting, resumeWaiting } from './failover/write-pause';

type EventOf<T extends NodeEventType> = Extract<NodeEvent, { type: T }>;
type NodeOutcome = Outcome<ClusterState, NodeEvent, NodeEffect>;
type NodeReducer = Reducer<ClusterState, NodeEvent, NodeEffect>;

/**
 * A rule that handles one turn of the event loop; what it left to do comes before the next sleep.
 */
function rule<T extends NodeEventType>(
  run: (turn: Turn, event: EventOf<T>) => void,
  follow: Follow = dueBeforeSleep,
): NodeReducer {
  return (context, event) => {
    const turn = new Turn(context, event.nowMs);
    if (event.peerIp) turn.peerIp = event.peerIp;
    run(turn, event as EventOf<T>);
    keepQuiet(context, turn);
    return outcome(turn, follow(turn, context));
  };
}

/** The events a machine raises for itself after a rule, from what the rule did to `before`. */
type Follow = (turn: Turn, before: ClusterState) => readonly NodeEventType[];

/** A rule that most often finds nothing to do: it is not run then, and makes nothing new. */
function unless(isIdle: (context: ClusterState) => boolean, run: NodeReducer): NodeReducer {
  return (context, event) =>
    isIdle(context) ? { context, effects: NOTHING, raised: NOTHING } : run(context, event);
}

function outcome(turn: Turn, raise: readonly NodeEventType[]): NodeOutcome {
  if (raise.length === 0) return { context: turn.state, effects: turn.effects, raised: NOTHING };
  const raised = raise.map((type) => ({ type, nowMs: turn.nowMs }) as NodeEvent);
  return { context: turn.state, effects: turn.effects, raised };
}

function dueBeforeSleep(turn: Turn, before: ClusterState): readonly NodeEventType[] {
  const { todo } = turn.state;
  if (todo.handleManualFailover) return ['MANUAL_FAILOVER_TURN', 'FAILOVER_TURN', 'BEFORE_SLEEP'];
  if (todo.handleFailover) return ['FAILOVER_TURN', 'BEFORE_SLEEP'];
  const isDue = todo.updateState || todo.saveConfig || movesTheChart(before, turn.state);
  return isDue ? ['BEFORE_SLEEP'] : [];
}

/** The chart follows a manual failover at the end of the turn in which it changes. */
const movesTheChart = (before: ClusterState, after: ClusterState): boolean =>
  before.manualFailover !== after.manualFailover ||
  before.pausedUntilMs !== after.pausedUntilMs ||
  hasUnblocked(before, after);

/** Commands that came behind a WAIT go on when it has its answer. */
const hasUnblocked = (before: ClusterState, after: ClusterState): boolean =>
  after.waiting.length > 0 && after.replication.waits.length < before.replication.waits.length;

/** clusterCron hands over to failover and migration, then to clusterUpdateState. */
function afterCron(turn: Turn, before: ClusterState): readonly NodeEventType[] {
  if (!isReplica(turn.me) || isStillAtRest(turn, before)) return dueBeforeSleep(turn, before);
  const isManual = manualPhase(turn.state) !== 'none';
  return [
    ...(isManual ? (['MANUAL_FAILOVER_TURN'] as const) : []),
    'FAILOVER_TURN',
    ...(mayMigrate(turn) ? (['MIGRATION_TURN'] as const) : []),
    'BEFORE_SLEEP',
  ];
}

/**
 * The chart has been asked since its master was last seen to fail, or anybody wanted a failover: it
 * would say again what it said then.
 */
const isStillAtRest = ({ state }: Turn, before: ClusterState): boolean =>
  before.quietUntilMs !== 0 && state.quietUntilMs !== 0 && !state.todo.handleManualFailover;

/** While nothing goes on that ticks look after, no master is an orphan. */
const mayMigrate = (turn: Turn): boolean => turn.state.quietUntilMs === 0 && migrationIsDue(turn);

/**
 * What a turn leaves for the next one comes at once: the bytes it wrote wake the event loop. Only
 * a replica that waits for more of its master's stream waits for the next event.
 * Simplified: it comes at once even if nothing was written; redis-server may sleep until its next
 * tick.
 */
function afterSettling(turn: Turn): readonly NodeEventType[] {
  const { todo } = turn.state;
  if (todo.handleFailover) return ['FAILOVER_TURN', 'BEFORE_SLEEP'];
  return todo.updateState || todo.saveConfig ? ['BEFORE_SLEEP'] : [];
}

/** A rule of clusterHandleSlaveFailover; that takes itself off the list of things to do first. */
const failoverRule = (run: (turn: Turn) => void): NodeReducer =>
  rule<'FAILOVER_TURN'>((turn) => {
    if (turn.state.todo.handleFailover) turn.doBeforeSleep({ handleFailover: false });
    run(turn);
  }, nothingMore);

/** Whoever watches a key hears of what happens to it. */
function noticing(turn: Turn, run: () => void): void {
  const { keys } = turn.state;
  run();
  touchWatched(turn, keys);
}

const nothingMore = (): readonly NodeEventType[] => [];

/** What was read before MIGRATE blocked the process goes on. */
const afterMigration: Follow = (turn, before) =>
  before.migration && !turn.state.migration && turn.state.waiting.length > 0
    ? ['BEFORE_SLEEP']
    : dueBeforeSleep(turn, before);

/** Every action of the chart, by name. */
export const NODE_REDUCERS: Readonly<Record<string, NodeReducer>> = {
  tick: rule<'CRON'>(
    (turn, { passedTicks = 0 }) => {
      turn.state.cronIteration += passedTicks;
      if (tickIsLate(turn)) return;
      noticing(turn, () => clusterCron(turn));
      foreseeQuiet(turn);
    },
    (turn, before) => (turn.state.migration ? nothingMore() : afterCron(turn, before)),
  ),
  readPacket: rule<'BUS_MESSAGE'>((turn, event) =>
    processPacket(turn, event.connection, event.message),
  ),
  readReplication: rule<'REPLICATION_MESSAGE'>((turn, event) =>
    noticing(turn, () => processReplication(turn, event.connection, event.message)),
  ),
  acceptLink: rule<'LINK_ACCEPTED'>((turn, event) => {
    if (event.channel === 'bus') linkAccepted(turn, event.connection);
  }),
  greet: rule<'LINK_CONNECTED'>((turn, event) => {
    if (migrationConnected(turn, event.connection)) return;
    if (turn.state.replication.connection === event.connection) replicationConnected(turn);
    else linkConnected(turn, event.connection);
  }),
  loseLink: rule<'LINK_CLOSED'>((turn, event) => {
    if (migrationClosed(turn, event.connection)) return;
    dropClient(turn, event.connection);
    linkClosed(turn, event.connection, event.refused);
    replicationClosed(turn, event.connection, event.refused);
  }),
  answerClient: rule<'CLIENT_COMMAND'>((turn, event) => {
    const { client, command, argv } = event;
    if (obeyHandPing(turn, client, argv)) return;
    const reply = processCommand(turn, event);
    if (reply) turn.reply(client, command, reply);
  }),
  loseClient: rule<'CLIENT_GONE'>((turn, event) => dropClient(turn, event.client)),
  readCommand: rule<'COMMAND_MESSAGE'>((turn, { connection, message }) => {
    if (message.type === 'REPLY') {
      return noticing(turn, () => hearTarget(turn, connection, message.reply));
    }
    const { argv } = message;
    const reply = processCommand(turn, { client: connection, command: 0, argv });
    if (reply) turn.reply(connection, 0, reply);
  }, afterMigration),
  timeOut: rule<'LINK_TIMEOUT'>(
    (turn, event) => migrationTimedOut(turn, event.connection),
    afterMigration,
  ),
  settle: unless(isSettled, rule<'BEFORE_SLEEP'>(beforeSleep, afterSettling)),
  compareOffsets: rule<'MANUAL_FAILOVER_TURN'>((turn) => {
    turn.doBeforeSleep({ handleManualFailover: false, handleFailover: false });
    handleManualFailover(turn);
  }, nothingMore),
  schedule: failoverRule(scheduleElection),
  wait: failoverRule((turn) => {
    addRankDelay(turn);
    logCantFailover(turn, 'waiting-delay');
  }),
  requestVotes: failoverRule(startElection),
  awaitVotes: failoverRule((turn) => logCantFailover(turn, 'waiting-votes')),
  expire: failoverRule((turn) => {
    addRankDelay(turn);
    logCantFailover(turn, 'expired');
  }),
  tooOld: failoverRule((turn) => logCantFailover(turn, 'data-age')),
  standDown: unless(
    ({ todo, failover }) => !todo.handleFailover && failover.cantReason === 'none',
    failoverRule((turn) => logCantFailover(turn, 'none')),
  ),
  takeOver: failoverRule(winElection),
  migrate: rule<'MIGRATION_TURN'>(migrateIfChosen, nothingMore),
  freeze: rule<'PROCESS_FROZEN'>((turn, { passedTicks = 0 }) => {
    turn.state.cronIteration += passedTicks;
    noteProcess(turn, 'frozen');
  }, nothingMore),
  wake: rule<'PROCESS_WOKEN'>((turn) => noteProcess(turn, 'running'), nothingMore),
  kill: rule<'PROCESS_KILLED'>((turn) => {
    noteProcess(turn, 'killed');
    loseMigration(turn);
    loseWaiting(turn);
  }, nothingMore),
  load: rule<'PROCESS_STARTED'>((turn) => {
    noteProcess(turn, 'running');
    loadConfig(turn);
  }),
};

/** Source: clusterBeforeSleep; its failover part has had its own turn by now. */
function beforeSleep(turn: Turn): void {
  const { updateState, saveConfig: save } = turn.state.todo;
  if (updateState || save) turn.doBeforeSleep({ updateState: false, saveConfig: false });
  if (updateState) updateClusterState(turn);
  if (save) saveConfig(turn);
  resumeWaiting(turn, processCommand);
}

function noteProcess(turn: Turn, process: 'running' | 'frozen' | 'killed'): void {
  turn.note({ event: 'process', node: turn.state.name, process });
}

let lastVerdict: {
  readonly context: ClusterState;
  readonly nowMs: number;
  readonly verdict: FailoverVerdict;
} | null = null;

/** Whether the failover verdict of this moment is `verdict`: made once, and asked for often. */
export function verdictIs(
  { context, event }: { readonly context: ClusterState; readonly event: NodeEvent },
  verdict: FailoverVerdict,
): boolean {
  const { nowMs } = event;
  if (lastVerdict?.context !== context || lastVerdict.nowMs !== nowMs) {
    lastVerdict = { context, nowMs, verdict: failoverVerdict(new Turn(context, nowMs, true)) };
  }
  return lastVerdict.verdict === verdict;
}
