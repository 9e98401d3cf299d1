import { accepts } from './accepted-answers';
import { holds } from './conditions';
import type { Answer, Ask, Verdict, WrongAnswer } from './lesson';
import type { Moment } from './lesson-run';

/**
 * Whether an answer is right, and if not, which misconception it comes from; null for a line of
 * the learner's own, which is not judged.
 */
export function verdictOn(ask: Ask, answer: Answer, moment: Moment): Verdict | null {
  if (ask.type === 'free') return null;
  if (accepts(ask, answer)) return { right: true, because: null };
  if (ask.type === 'choice') {
    const option = ask.options.find(({ id }) => id === answer);
    return { right: false, because: option?.because ?? null };
  }
  return { right: false, because: misconception(ask.wrong, answer, moment) };
}

/** An answer that is accepted; for a range of numbers, the middle of it. */
export function rightAnswer(ask: Ask): Answer {
  switch (ask.type) {
    case 'choice':
      return ask.options.find(({ right }) => right)?.id ?? '';
    case 'number':
    case 'time':
      return Math.round((ask.accept.min + ask.accept.max) / 2);
    case 'node':
    case 'order':
      return ask.accept[0] ?? '';
    case 'lines':
      return ask.proofs[0] ?? [];
    case 'free':
      return '…';
  }
}

function misconception(
  wrong: readonly WrongAnswer[],
  answer: Answer,
  moment: Moment,
): string | null {
  return wrong.find(({ when }) => holds(when, moment, answer))?.because ?? null;
}
