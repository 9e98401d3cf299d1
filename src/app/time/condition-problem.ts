/** Why a condition cannot be read, in the language of the page: what was found, and where. */
import type { ConditionError } from '../../lesson/conditions';
import type { futures } from '../../words/en/futures';

type Words = (typeof futures)['until']['wrong'];

export function conditionProblem(text: string, error: ConditionError, say: Words): string {
  const { summary, column, nearest, isCostly } = error;
  if (isCostly) return say.costly;
  if (/EOF|Unterminated/.test(summary)) return say.ends;
  const operator = /^no such overload: \S+ (\S+) \S+$/.exec(summary)?.[1];
  if (operator !== undefined) return say.kinds(operator);
  const place = column + 1;
  const word = /^\w+/.exec(text.slice(column))?.[0] ?? text.charAt(column);
  if (nearest === null && summary.includes('overload')) return say.use(word, place);
  const isName = nearest !== null || /^(No such key|Unknown variable)/.test(summary);
  return isName ? say.name(word, place, nearest) : say.odd(word, place);
}
