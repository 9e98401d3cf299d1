/** How many commands an operator needed: what counts is not time. */
import { verbOf } from '../../lesson/verbs';
import type { Player } from '../player';

export interface Score {
  readonly commands: number;
  /** How many one way to do the task needs; null where none is known. */
  readonly shortest: number | null;
}

/** Of the run at hand; null where the reader is no operator. */
export function scoreOf({ session, lesson, step }: Player): Score | null {
  if (!session.isOperators) return null;
  // An answer belongs to the command that asked for it.
  const commands = session.deeds.filter(({ input }) => verbOf(input) !== 'answer').length;
  const way = lesson.ways[step.id];
  const shortest = way?.filter((action) => action.type === 'input').length ?? null;
  return { commands, shortest };
}
