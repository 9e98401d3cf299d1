/**
 * The same machines without XState: the transition of each event is picked by hand, the rules it
 * names are the same functions. It knows the everyday life of a cluster only and refuses anything
 * else; `plain-steppers.test.ts` holds what it does equal to what the statecharts do.
 */
import { BUS_REDUCERS, busStepper } from '../protocol/bus.machine';
import { isReplica, myself } from '../protocol/cluster-state';
import type { NodeEvent } from '../protocol/effects';
import type { Outcome, Reducer, SteppedSnapshot } from '../protocol/machine-step';
import { nodeStepper } from '../protocol/node.machine';
import { NODE_REDUCERS, verdictIs } from '../protocol/node-rules';
import { NOTHING, joined } from '../protocol/short-lists';
import type { ClusterState } from '../protocol/cluster-state';

interface Event {
  readonly type: string;
}

type Pick<C, E, F> = (context: C, event: E) => Reducer<C, E, F> | null;

/** A step without a statechart: effects and raised events as a stepper takes them. */
function plainStep<C, E extends Event, F>(pick: Pick<C, E, F>) {
  return (snapshot: SteppedSnapshot<C>, event: E): [SteppedSnapshot<C>, readonly F[]] => {
    let effects: readonly F[] = NOTHING;
    let raised: readonly E[] = NOTHING;
    let { context } = snapshot;
    let next: E | undefined = event;
    for (let taken = 0; next !== undefined; next = raised[taken++]) {
      const reducer = pick(context, next);
      if (!reducer) continue;
      const outcome: Outcome<C, E, F> = reducer(context, next);
      context = outcome.context;
      effects = joined(effects, outcome.effects);
      raised = joined(raised, outcome.raised);
    }
    const { value, chart } = snapshot;
    // Of the same make as a stepper's own: what reads them is not to be slower because of it.
    return [{ value, context, chart: chart! }, effects];
  };
}

function pickForNode(context: ClusterState, event: NodeEvent) {
  switch (event.type) {
    case 'CRON':
      return NODE_REDUCERS['tick']!;
    case 'BUS_MESSAGE':
      return NODE_REDUCERS['readPacket']!;
    case 'REPLICATION_MESSAGE':
      return NODE_REDUCERS['readReplication']!;
    case 'BEFORE_SLEEP':
      return NODE_REDUCERS['settle']!;
    case 'MIGRATION_TURN':
      return isReplica(myself(context)) ? NODE_REDUCERS['migrate']! : null;
    case 'FAILOVER_TURN':
      if (isReplica(myself(context)) && !verdictIs({ context, event }, 'not-needed')) break;
      return NODE_REDUCERS['standDown']!;
    default:
      break;
  }
  throw new Error(`${event.type} at ${context.name}: not a day like any other`);
}

const BUS_RULES: Readonly<Record<string, string>> = {
  SEND: 'send',
  ARRIVE: 'arrive',
  ACKED: 'acked',
};

/** Runs `what` with the statecharts of node and network left out. */
export function withoutXState<T>(what: () => T): T {
  nodeStepper.step = plainStep(pickForNode);
  busStepper.step = plainStep((_, { type }) => {
    const rule = BUS_RULES[type];
    if (rule === undefined) throw new Error(`${type} on the bus: not a day like any other`);
    return BUS_REDUCERS[rule]!;
  });
  try {
    return what();
  } finally {
    Reflect.deleteProperty(nodeStepper, 'step');
    Reflect.deleteProperty(busStepper, 'step');
  }
}
