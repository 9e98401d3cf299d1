/**
 * Figures a lesson is asking for: while the guess is open, the stage keeps them to itself.
 */
import { getContext, setContext } from 'svelte';

const KEY = Symbol('sealed figures');

/** Tells every figure inside the component being made whether the quorum is a secret now. */
export function sealQuorum(isSealed: () => boolean): void {
  setContext(KEY, isSealed);
}

/** Whether the quorum is a secret now; read it where it is shown. */
export function quorumSeal(): () => boolean {
  return getContext<(() => boolean) | undefined>(KEY) ?? (() => false);
}
