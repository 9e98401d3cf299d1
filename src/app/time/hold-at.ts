/** A cursor that ran into a gate stands before it. */
import type { Gate, Moved } from './clock-verbs';

/** If the cursor went through the gate, brings it back to the last step before; says whether. */
export function holdAt(gate: Gate, source: Moved, fromStep: number): boolean {
  if (source.cursor.step <= fromStep || !gate.isPast()) return false;
  let open = fromStep;
  let past = source.cursor.step;
  while (past - open > 1) {
    const middle = (open + past) >> 1;
    source.seekStep(middle);
    if (gate.isPast()) past = middle;
    else open = middle;
  }
  source.seekStep(open);
  return true;
}
