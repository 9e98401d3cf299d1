import { holds } from './conditions';
import type { Answer, Ask, Verdict, WrongAnswer } from './lesson';
import type { Moment } from './lesson-run';

/** Whether an answer is right, and if not, which misconception it comes from. */
export function verdictOn(ask: Ask, answer: Answer, moment: Moment): Verdict {
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
  }
}

/** Whether `answer` is one of the right ones. */
export function accepts(ask: Ask, answer: Answer): boolean {
  switch (ask.type) {
    case 'choice':
      return ask.options.some(({ id, right }) => right && id === answer);
    case 'number':
    case 'time':
      return typeof answer === 'number' && answer >= ask.accept.min && answer <= ask.accept.max;
    case 'node':
      return ask.accept.some((node) => node === String(answer));
    case 'order':
      return ask.accept.some((order) => order.join('\n') === orderOf(answer).join('\n'));
  }
}

function orderOf(answer: Answer): readonly string[] {
  return typeof answer === 'string' || typeof answer === 'number' ? [String(answer)] : answer;
}

function misconception(
  wrong: readonly WrongAnswer[],
  answer: Answer,
  moment: Moment,
): string | null {
  return wrong.find(({ when }) => holds(when, moment, answer))?.because ?? null;
}
