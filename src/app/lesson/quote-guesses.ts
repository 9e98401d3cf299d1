/**
 * `{guess:step}` in prose becomes what the reader answered there. A paragraph that quotes an answer
 * nobody gave is left out.
 */
import type { Lesson, LessonLocale } from '../../lesson/lesson';
import { logOfStep } from '../../lesson/asked-lines';
import { linesText } from './lines-text';
import type { Guess } from './progress';

const QUOTE = /<span class="guess" data-step="([\w-]*)"><\/span>/g;
const PARAGRAPH = /<(p|li)>(?:(?!<\/\1>)[\s\S])*?<\/\1>/g;

type Quotable = Pick<Lesson, 'steps' | 'text'> & Partial<Pick<Lesson, 'scenes'>>;
type Guesses = Readonly<Record<string, Guess>>;

/** The words of a lesson with the reader's answers in them. */
export function quoteGuesses(
  html: string,
  lesson: Quotable,
  locale: LessonLocale,
  guesses: Guesses,
): string {
  if (!html.includes('class="guess"')) return html;
  const textOf = (step: string) => guessText(lesson, locale, step, guesses[step] ?? null);
  const isUnsaid = (text: string) =>
    [...text.matchAll(QUOTE)].some(([, step]) => textOf(step!) === null);
  const kept = html.replace(PARAGRAPH, (text) => (isUnsaid(text) ? '' : text));
  // What is left belongs to a piece without paragraphs.
  if (isUnsaid(kept)) return '';
  return kept.replace(QUOTE, (_, step: string) => `<q class="guess">${textOf(step)!}</q>`);
}

/** An answer in the words in which it was chosen, as HTML; null when none was given. */
export function guessText(
  { steps, text, scenes = {} }: Quotable,
  locale: LessonLocale,
  stepId: string,
  guess: Guess,
): string | null {
  const ask = steps.find(({ id }) => id === stepId)?.ask;
  const words = text[locale].steps[stepId];
  if (guess === null || ask === undefined || ask === null || words === undefined) return null;
  switch (ask.type) {
    case 'choice':
      return words.options[String(guess)] ?? null;
    case 'order':
      return [guess]
        .flat()
        .map((id) => words.options[String(id)] ?? id)
        .join(' → ');
    case 'time':
      return `${Number(guess) / 1000}\u00a0s`;
    case 'number':
      return `${Number(guess)}${words.unit === null ? '' : `\u00a0${words.unit}`}`;
    case 'node':
      return `<span class="nref" data-node="${escaped(String(guess))}">${escaped(String(guess))}</span>`;
    case 'lines':
      return linesText([guess].flat().map(String), logOfStep({ steps, scenes }, stepId));
    case 'free':
      return escaped(String(guess));
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
