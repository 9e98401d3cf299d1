/** What is wrong with a lesson: where, what was found, what was expected, the nearest word. */
import type { LessonLocale } from './lesson';

/** E blocks, W does not. */
export type ProblemCode =
  | 'E01' // unknown word, or a value of the wrong kind
  | 'E02' // unknown node
  | 'E03' // a topology redis-cli refuses
  | 'E04' // never happens
  | 'E05' // passes too early
  | 'E06' // the solution fails
  | 'E07' // a trap is not caught
  | 'E08' // no prediction before the key event
  | 'E09' // the right answer disagrees with the simulation
  | 'E10' // nobody is right
  | 'E11' // a text is missing
  | 'E12' // a text is unused
  | 'E13' // numbers drift between the languages
  | 'E14' // an action the lesson does not allow
  | 'E15' // an expression that cannot be read
  | 'E18' // lessons that need one another
  | 'W01' // long
  | 'W05'; // blames the reader

export interface Problem {
  readonly code: ProblemCode;
  /** Path of the file within the folder of lessons. */
  readonly file: string;
  /** From 1; null when no line is to blame. */
  readonly line: number | null;
  readonly text: Readonly<Record<LessonLocale, string>>;
}

export interface Place {
  readonly file: string;
  readonly line: number | null;
}

/** A problem at a place, said in both languages. */
export function problem(code: ProblemCode, { file, line }: Place, en: string, zh: string): Problem {
  return { code, file, line, text: { en, 'zh-CN': zh } };
}

/** `slots/lesson.yaml:14 E01 …` */
export function printProblem({ code, file, line, text }: Problem, locale: LessonLocale): string {
  return `${file}${line === null ? '' : `:${line}`} ${code} ${text[locale]}`;
}

/** Whether a problem blocks; the others advise. */
export function isError({ code }: Problem): boolean {
  return code.startsWith('E');
}

/** The end of a message: the word that was probably meant. */
export function guess(nearest: string | null): { en: string; zh: string } {
  if (nearest === null) return { en: '', zh: '' };
  return { en: ` Did you mean ${nearest}?`, zh: `是不是 ${nearest}？` };
}
