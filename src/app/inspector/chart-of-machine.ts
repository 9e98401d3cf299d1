/** A statechart as it can be drawn, read from the machine itself while the page runs. */
import type { AnyStateMachine, AnyStateNode, StateValue } from 'xstate';
import type { Chart, ChartEdge, ChartState } from '../../drawing/layout/statechart';
import { guardText } from '../../protocol/machine-step';

/** What is read of a transition of XState. */
interface Transition {
  readonly target: readonly AnyStateNode[] | undefined;
  readonly guard?: unknown;
  readonly eventType: string;
}

export interface QuietTransition {
  readonly from: string;
  readonly event: string;
}

export interface MachineChart extends Chart {
  /** What a state takes without leaving it. */
  readonly quiet: readonly QuietTransition[];
}

const idOf = (node: AnyStateNode): string => node.path.join('.');

/** All states and transitions of `machine`, whatever they are called. */
export function chartOfMachine(machine: AnyStateMachine): MachineChart {
  const { root } = machine;
  const nodes = everyNode(root);
  return {
    states: childrenOf(root),
    edges: nodes.flatMap(edgesOf),
    quiet: nodes.flatMap(quietOf),
  };
}

const childrenOf = (node: AnyStateNode): ChartState[] =>
  Object.values(node.states).map((child: AnyStateNode) => ({
    id: idOf(child),
    key: child.key,
    isHistory: child.type === 'history',
    children: childrenOf(child),
  }));

function everyNode(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap((child: AnyStateNode) => everyNode(child))];
}

const transitionsOf = (node: AnyStateNode): readonly Transition[] =>
  [...node.transitions.values()].flat();

function edgesOf(node: AnyStateNode): ChartEdge[] {
  return transitionsOf(node).flatMap(({ target, guard, eventType }) =>
    (target ?? []).map((to) => ({
      from: idOf(node),
      to: idOf(to),
      event: eventType,
      guard: guardText(guard),
    })),
  );
}

function quietOf(node: AnyStateNode): QuietTransition[] {
  const events = transitionsOf(node)
    .filter(({ target }) => target === undefined)
    .map(({ eventType }) => eventType);
  return [...new Set(events)].map((event) => ({ from: idOf(node), event }));
}

/** The states that are active in `value`, from the outermost to the innermost. */
export function activeStates(value: StateValue): string[] {
  if (typeof value === 'string') return [value];
  return Object.entries(value).flatMap(([key, child]) => [
    key,
    ...(child === undefined ? [] : activeStates(child).map((rest) => `${key}.${rest}`)),
  ]);
}
