import type { ActionError } from '../../lesson/action-error';
import { printInput } from '../../lesson/actions';
import { nearestWord } from '../../lesson/nearest-word';
import { VERBS, type Verb } from '../../lesson/verbs';

/**
 * What was typed, as a sentence: `redis-cli -p 8901 GET name` and `8901 GET name` are commands. When
 * the tool asks, whatever begins with no verb is the answer.
 */
export function sentenceTyped(text: string, asked = false): string {
  const sentence = commandTyped(text);
  const [first = ''] = sentence.split(/\s/);
  if (!asked || VERBS.some((verb) => verb === first.toLowerCase())) return sentence;
  return printInput({ type: 'answer', text: text.trim() });
}

function commandTyped(text: string): string {
  const typed = text
    .trim()
    .replace(/^redis-cli(?!\s+--cluster)(\s|$)/, 'cli ')
    .replace(/(^|\s)-p\s+(?=\d)/, '$1');
  return /^(\d{4,5}|-c|as)\s/.test(typed) ? `cli ${typed}` : typed;
}

/** An answer, where the tool asks nothing: it would go nowhere, and say so to nobody. */
export const answersNothing = (text: string, asked: boolean): boolean =>
  !asked && /^(answer\s.+|yes|no)$/i.test(text.trim());

/** An error at the first word names what may stand there here, not what a lesson file may say. */
export function errorHere(error: ActionError, allow: readonly Verb[] | null): ActionError {
  const isFirst = error.expected === 'action' && error.allowed.includes(VERBS[0]);
  if (!isFirst) return error;
  const allowed = allow ?? VERBS;
  const nearest = error.found === null ? null : nearestWord(error.found, allowed);
  return { ...error, allowed, nearest };
}
