/**
 * The one adapter around XState: how a stepped machine takes an event.
 *
 * A machine's rules are reducers: context and event in, context, effects and raised events out. For
 * XState each becomes an action (assign, one `effect` an effect, raise). When the transition that
 * XState selects has no target, the reducers are run here, without the macrostep around them: the
 * same result for a fraction of the cost. Any transition with a target goes through the public
 * `transition()`. `machine-step.test.ts` holds both ways equal on every event of recorded runs.
 * Source: none; this is about XState, not about Redis.
 */
import {
  enqueueActions,
  initialTransition,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type StateValue,
} from 'xstate';
import { Selections } from './machine-selection';
import { NOTHING, joined } from './short-lists';

export interface Outcome<C, E, F> {
  readonly context: C;
  readonly effects: readonly F[];
  /** Internal events, taken in order before the step ends. */
  readonly raised: readonly E[];
}

export type Reducer<C, E, F> = (context: C, event: E) => Outcome<C, E, F>;
export type Reducers<C, E, F> = Readonly<Record<string, Reducer<C, E, F>>>;

/** A machine's snapshot, as the kernel keeps it: the statechart's value and the context. */
export interface SteppedSnapshot<C> {
  readonly value: StateValue;
  readonly context: C;
  /** What else XState remembers, as of the last change of state: to copy it each time is slow. */
  readonly chart?: object;
}

function kept<C>(snapshot: unknown): SteppedSnapshot<C> {
  const { value, context } = snapshot as SteppedSnapshot<C>;
  return { value, context, chart: { ...(snapshot as object), context: null } };
}

/** As XState knows it. */
const whole = <C>({ value, context, chart }: SteppedSnapshot<C>): AnyMachineSnapshot =>
  ({ ...chart, value, context }) as unknown as AnyMachineSnapshot;

/** A transition that led from one state of the chart to another. */
export interface Move {
  readonly event: string;
  /** The condition that held, as the machine names it; empty where there is none. */
  readonly guard: string;
  readonly from: StateValue;
  readonly to: StateValue;
}

/** What a rule needs of XState's `enqueue`. */
interface Enqueue {
  (action: { readonly type: 'effect'; readonly params: unknown }): void;
  readonly assign: (assigner: () => unknown) => void;
  readonly raise: (event: unknown) => void;
}

/** Gives up on a machine that keeps raising events: it would never rest. */
const MAX_RAISED = 1_000;

/** The XState actions of a set of reducers, for `setup({ actions })`. */
// XState types actions by their machine.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function actionsOf<C, E, F>(reducers: Reducers<C, E, F>): Record<string, any> {
  const actions: Record<string, unknown> = { effect: () => undefined };
  for (const [name, reducer] of Object.entries(reducers)) {
    actions[name] = enqueueActions((scope) => {
      const { context, event } = scope as unknown as { context: C; event: E };
      const enqueue = scope.enqueue as unknown as Enqueue;
      const outcome = reducer(context, event);
      enqueue.assign(() => outcome.context);
      for (const effect of outcome.effects) enqueue({ type: 'effect', params: effect });
      for (const raised of outcome.raised) enqueue.raise(raised);
    });
  }
  return actions;
}

export class Stepper<C, E extends { readonly type: string }, F> {
  readonly machine: AnyStateMachine;
  private readonly reducers: Reducers<C, E, F>;
  private readonly selections: Selections<Reducer<C, E, F>>;

  constructor(machine: AnyStateMachine, reducers: Reducers<C, E, F>) {
    this.machine = machine;
    this.reducers = reducers;
    this.selections = new Selections(machine, (action) => this.reducer(action));
  }

  /** The first snapshot of a machine with this context. */
  start(context: C): SteppedSnapshot<C> {
    const [snapshot] = initialTransition(this.machine, context as never);
    return kept<C>(snapshot);
  }

  /** The snapshot after an event, and what it asks for; `moves` gets the changes of state. */
  step(snapshot: SteppedSnapshot<C>, event: E, moves?: Move[]): [SteppedSnapshot<C>, readonly F[]] {
    let effects: readonly F[] = NOTHING;
    let raised: readonly E[] = NOTHING;
    let current = snapshot;
    let next: E | undefined = event;
    for (let taken = 0; next !== undefined; next = raised[taken++]) {
      if (taken > MAX_RAISED) throw new Error(`${this.machine.id} keeps raising ${next.type}`);
      const selected = this.selections.select(current, next, whole);
      if (selected.targeted) {
        const [after, done] = this.stepByXState(current, next);
        moves?.push({
          event: next.type,
          guard: guardText(selected.targeted.guard),
          from: current.value,
          to: after.value,
        });
        current = after;
        effects = joined(effects, done);
        continue;
      }
      for (const reducer of selected.reducers) {
        const outcome = reducer(current.context, next);
        if (outcome.context !== current.context) {
          current = { value: current.value, context: outcome.context, chart: current.chart! };
        }
        effects = joined(effects, outcome.effects);
        raised = joined(raised, outcome.raised);
      }
    }
    return [current, effects];
  }

  /** The same, by the public way alone. */
  stepByXState(snapshot: SteppedSnapshot<C>, event: E): [SteppedSnapshot<C>, F[]] {
    const [next, actions] = transition(this.machine, whole(snapshot), event);
    const asked = actions.filter((action) => !isTakenRaise(action));
    return [kept<C>(next), asked.map((action) => onlyEffect<F>(action))];
  }

  private reducer(action: unknown): Reducer<C, E, F> {
    const name = typeof action === 'string' ? action : (action as { type?: string }).type;
    const reducer = name === undefined ? undefined : this.reducers[name];
    if (!reducer) throw new Error(`${this.machine.id} has no reducer for action ${String(name)}`);
    return reducer;
  }
}

/** `failoverIs expired`: the name of a condition and what it asks for. */
export function guardText(guard: unknown): string {
  if (typeof guard === 'string') return guard;
  const { type, params } = (guard ?? {}) as { readonly type?: string; readonly params?: unknown };
  return [type, params].filter((part) => typeof part === 'string').join(' ');
}

/** A raise without delay is listed, but was taken within the same macrostep. */
function isTakenRaise(action: { type: string; params?: unknown }): boolean {
  const params = action.params as Readonly<Record<string, unknown>> | undefined;
  return action.type === 'xstate.raise' && params?.['delay'] === undefined;
}

function onlyEffect<F>(action: { type: string; params?: unknown }): F {
  if (action.type !== 'effect') {
    throw new Error(
      `a stepped machine may only assign, raise and ask for effects, not ${action.type}`,
    );
  }
  return action.params as F;
}
