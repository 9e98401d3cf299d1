/** What of a lesson's step the wall shows beside the stage: its question or its task, or neither. */
import type { Player } from '../player';

export function showsStep({ step, phase, session }: Player): boolean {
  if (session.isOperators) return true;
  // While a scene is set or an outcome plays, the room looks at the stage.
  if (phase === 'entering' || phase === 'showing') return false;
  return step.ask !== null || step.check !== null;
}
