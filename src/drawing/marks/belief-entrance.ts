/**
 * How a belief comes onto the stage: it draws itself on when the cluster comes to hold it, fades
 * when the viewpoint changes, and is there at once while time jumps.
 */
import { getContext, setContext } from 'svelte';
import type { TransitionConfig } from 'svelte/transition';

export interface BeliefEntrance {
  /** Whether a belief that appears now draws itself on. */
  readonly draws: () => boolean;
  /** How long what appears or goes now takes to fade, in milliseconds; 0 for at once. */
  readonly fadeMs: () => number;
}

const KEY = Symbol('belief entrance');
const AT_ONCE: BeliefEntrance = { draws: () => false, fadeMs: () => 0 };

/** Settles the entrance for every mark inside the component being made. */
export function offerEntrance(entrance: BeliefEntrance): void {
  setContext(KEY, entrance);
}

/** The entrance of the stage this mark is on; off the stage everything is there at once. */
export function beliefEntrance(): BeliefEntrance {
  return getContext<BeliefEntrance | undefined>(KEY) ?? AT_ONCE;
}

/** A Svelte transition: only opacity, and only when somebody else's eyes are looked through. */
export function beliefFade(_element: Element, fadeMs: () => number): TransitionConfig {
  return { duration: fadeMs(), css: (share) => `opacity: ${share}` };
}
