/** Whether the wall shows a step's question or task beside the stage, and not the evidence. */
import type { Player } from '../player';

export function showsStep({ step, phase, session }: Player): boolean {
  if (session.isOperators) return true;
  // While a scene is set or an outcome plays, the room looks at the stage.
  if (phase === 'entering' || phase === 'showing') return false;
  return step.ask !== null || step.check !== null;
}
