/**
 * Parts that come after the first picture, each into the place that is kept for it. All are loaded
 * in the background once the first picture is painted, so that nothing is waited for later.
 */
import { loadLaterWords } from '../words/words.svelte';

export interface Late<Part> {
  /** Null until it has come. */
  readonly part: Part | null;
  /** Brings it now. */
  come(): Promise<void>;
}

const waiting: (() => Promise<void>)[] = [];
let isPainted = false;

/** A part that `load` brings. */
export function late<Part>(load: () => Promise<{ readonly default: Part }>): Late<Part> {
  let part = $state.raw<Part | null>(null);
  const come = async () => {
    part = (await load()).default;
  };
  if (isPainted) void come();
  else waiting.push(come);
  return {
    get part() {
      return part;
    },
    come,
  };
}

/** The first picture is painted: brings all that waits, and from now on whatever is named. */
export async function loadLate(): Promise<void> {
  await loadLaterWords();
  isPainted = true;
  await Promise.all(waiting.splice(0).map((come) => come()));
}
