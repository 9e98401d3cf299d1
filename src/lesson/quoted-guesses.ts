/** `{guess:delay}` in prose: it must name a step that has asked by then. */
import { Marked, type Token } from 'marked';
import type { LessonStep } from './lesson';
import { nearestWord } from './nearest-word';
import { guess, problem, type Problem } from './problem';
import type { Piece, Prose } from './prose';

const marked = new Marked();

/** Quotations of answers nobody can have given where they stand. */
export function quoteProblems(prose: Prose, steps: readonly LessonStep[]): Problem[] {
  return [...prose.sections.values()].flatMap((section) => {
    const index = steps.findIndex(({ id }) => id === section.id);
    const before = askingSteps(steps.slice(0, index));
    const soFar = askingSteps(steps.slice(0, index + 1));
    return [
      ...problemsIn(section, before, prose.file),
      ...[...section.pieces.values()].flatMap((piece) => problemsIn(piece, soFar, prose.file)),
    ];
  });
}

function askingSteps(steps: readonly LessonStep[]): string[] {
  return steps.filter(({ ask }) => ask !== null).map(({ id }) => id);
}

function problemsIn({ tokens, line }: Piece, known: readonly string[], file: string): Problem[] {
  return quotedIn(tokens)
    .filter((step) => !known.includes(step))
    .map((step) => {
      const { en, zh } = guess(nearestWord(step, known));
      const english = `{guess:${step}} quotes no answer given by then.${en}`;
      return problem('E01', { file, line }, english, `{guess:${step}} 此时还没有作答。${zh}`);
    });
}

function quotedIn(tokens: readonly Token[]): string[] {
  const steps: string[] = [];
  void marked.walkTokens([...tokens], (token) => {
    if (token.type === 'guess') steps.push(String((token as { step?: string }).step));
  });
  return steps;
}
