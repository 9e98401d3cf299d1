/**
 * What a stepped machine does with an event, as XState selects it. Where no condition could say
 * otherwise, its answer depends on the state of the chart and the type of the event alone: then it
 * is asked once and remembered.
 * Source: none; this is about XState, not about Redis.
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, StateValue } from 'xstate';

/** The transitions XState selects, as far as a stepper needs to know them. */
export interface Selected<R> {
  /** The one that leads to another state, if one does. */
  readonly targeted: { readonly guard?: unknown } | undefined;
  /** What the selected actions stand for, in order. */
  readonly reducers: readonly R[];
}

/** By event type; null: there is a condition, XState is asked each time. */
type Answers<R> = Map<string, Selected<R> | null>;

export class Selections<R> {
  private readonly machine: AnyStateMachine;
  private readonly reducerOf: (action: unknown) => R;
  private readonly byText = new Map<string, Answers<R>>();
  private readonly byValue = new WeakMap<object, Answers<R>>();

  /** `reducerOf` finds what an action of the machine stands for. */
  constructor(machine: AnyStateMachine, reducerOf: (action: unknown) => R) {
    this.machine = machine;
    this.reducerOf = reducerOf;
  }

  /** What XState selects for this event; `whole` makes a snapshot into one it knows. */
  select<S extends { readonly value: StateValue }>(
    snapshot: S,
    event: { readonly type: string },
    whole: (snapshot: S) => AnyMachineSnapshot,
  ): Selected<R> {
    const answers = this.answersIn(snapshot.value);
    const known = answers.get(event.type);
    if (known) return known;
    const selected = this.ask(whole(snapshot), event);
    if (known === undefined) {
      const isFixed = !hasCondition(this.machine.root, snapshot.value, event.type);
      answers.set(event.type, isFixed ? selected : null);
    }
    return selected;
  }

  private ask(snapshot: AnyMachineSnapshot, event: { readonly type: string }): Selected<R> {
    const selected = this.machine.getTransitionData(snapshot, event);
    const targeted = selected.find((one) => one.target !== undefined);
    if (targeted) return { targeted, reducers: [] };
    const reducers: R[] = [];
    for (const { actions } of selected) {
      for (const action of actions) reducers.push(this.reducerOf(action));
    }
    return { targeted, reducers };
  }

  /** A value is one object for as long as the chart stays where it is: looking it up is cheap. */
  private answersIn(value: StateValue): Answers<R> {
    const known = typeof value === 'string' ? this.byText.get(value) : this.byValue.get(value);
    if (known) return known;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const answers = this.byText.get(text) ?? (new Map() as Answers<R>);
    this.byText.set(text, answers);
    if (typeof value !== 'string') this.byValue.set(value, answers);
    return answers;
  }
}

/** Whether any active state has a condition on this event, or listens to events by a pattern. */
function hasCondition(state: AnyStateNode, value: StateValue | undefined, type: string): boolean {
  for (const [descriptor, transitions] of state.transitions) {
    if (descriptor.includes('*')) return true;
    if (descriptor === type && transitions.some(({ guard }) => guard !== undefined)) return true;
  }
  if (value === undefined) return false;
  const inside = typeof value === 'string' ? { [value]: undefined } : value;
  return Object.entries(inside).some(([key, deeper]) =>
    hasCondition(state.states[key]!, deeper, type),
  );
}
