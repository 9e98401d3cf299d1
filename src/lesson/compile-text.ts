/** The words of a lesson: each text a step needs is there, and none is left over. */
import type { Lesson, LessonStep, LessonText, StepText } from './lesson';
import { nearestWord } from './nearest-word';
import { guess, problem, type Problem, type ProblemCode } from './problem';
import {
  blockHtml,
  inlineHtml,
  pieceHtml,
  plainText,
  questionOf,
  type Prose,
  type Section,
} from './prose';
import { quoteProblems } from './quoted-guesses';

/** The names to know come under this heading, one `### term` each. */
const PARTS = 'parts';
const MOST_PARTS = 4;
const RESERVED = ['unit', 'right', 'after', 'caption', 'rubric'];
/** Said after a step's words: on real processes, and where a recording of some is played. */
const LIVE = ['live', 'recorded'];

type Told = Pick<Lesson, 'steps' | 'checks' | 'live'>;

/** Fits one language's prose to the steps of the lesson. */
export function compileText(prose: Prose, lesson: Told): { text: LessonText; problems: Problem[] } {
  const fitting = new TextFitting(prose);
  if (prose.title === '') fitting.report('E11', 1, 'The title is missing.', '缺少标题。');
  const steps = Object.fromEntries(
    lesson.steps.map((step) => [step.id, fitting.step(step, lesson)] as const),
  );
  fitting.reportUnused([PARTS, ...lesson.steps.map(({ id }) => id)]);
  fitting.problems.push(...quoteProblems(prose, lesson.steps));
  const { title, summary } = prose;
  return { text: { title, summary, parts: fitting.parts(), steps }, problems: fitting.problems };
}

class TextFitting {
  readonly problems: Problem[];
  private readonly prose: Prose;

  constructor(prose: Prose) {
    this.prose = prose;
    this.problems = [...prose.problems];
  }

  report(code: ProblemCode, line: number | null, en: string, zh: string): void {
    this.problems.push(problem(code, { file: this.prose.file, line }, en, zh));
  }

  parts(): LessonText['parts'] {
    const pieces = [...(this.prose.sections.get(PARTS)?.pieces.values() ?? [])];
    if (pieces.length > MOST_PARTS) {
      const line = pieces[MOST_PARTS]!.line;
      this.report('W01', line, `More than ${MOST_PARTS} names.`, `名词超过 ${MOST_PARTS} 个。`);
    }
    return pieces.map(({ id, tokens }) => ({ term: id, html: inlineHtml(tokens) }));
  }

  step(step: LessonStep, lesson: Told): StepText {
    const section = this.prose.sections.get(step.id);
    if (!section) {
      this.missing(step.id, null);
      return emptyText();
    }
    const { question, rest } = questionOf(section.tokens);
    if (step.ask && !question) {
      const en = `Step ${step.id} asks: end its prose with a paragraph in bold.`;
      this.report('E11', section.line, en, `步骤 ${step.id} 要提问：正文最后一段请加粗。`);
    }
    const wanted = wantedIds(step, lesson);
    const isLive = lesson.live.includes(step.id);
    const known = isLive ? [...RESERVED, ...LIVE] : RESERVED;
    this.reportStray(section, [...known, ...Object.values(wanted).flat()]);
    const body = step.ask ? rest : section.tokens;
    const followedBy = (id: string) =>
      blockHtml([...body, ...(section.pieces.get(id)?.tokens ?? [])]);
    return {
      html: followedBy('recorded'),
      live: isLive ? followedBy('live') : null,
      question: step.ask && question ? inlineHtml([question]) : null,
      options: this.inline(section, wanted.options),
      because: this.pieces(section, wanted.because),
      goals: this.inline(section, wanted.goals),
      near: this.inline(section, wanted.near),
      hints: this.inline(section, wanted.hints),
      right: this.optional(section, 'right'),
      after: this.optional(section, 'after'),
      rubric: step.ask?.type === 'free' ? this.pieces(section, ['rubric'])['rubric']! : null,
      unit: plainPiece(section, 'unit'),
      caption: plainPiece(section, 'caption'),
    };
  }

  reportUnused(known: readonly string[]): void {
    for (const { id, line } of this.prose.sections.values()) {
      if (!known.includes(id)) this.unused(id, line, known);
    }
  }

  private reportStray(section: Section, known: readonly string[]): void {
    for (const { id, line } of section.pieces.values()) {
      if (!known.includes(id)) this.unused(id, line, known);
    }
  }

  private unused(id: string, line: number, known: readonly string[]): void {
    const { en, zh } = guess(nearestWord(id, known));
    const english = `The heading “${id}” matches nothing in lesson.yaml.${en}`;
    this.report('E12', line, english, `标题“${id}”在 lesson.yaml 中没有对应项。${zh}`);
  }

  private inline(section: Section, ids: readonly string[]): Record<string, string> {
    return this.texts(section, ids, inlineHtml);
  }

  private pieces(section: Section, ids: readonly string[]): Record<string, string> {
    return this.texts(section, ids, pieceHtml);
  }

  private texts(
    section: Section,
    ids: readonly string[],
    render: typeof inlineHtml,
  ): Record<string, string> {
    return Object.fromEntries(
      ids.map((id) => {
        const piece = section.pieces.get(id);
        if (!piece || piece.tokens.length === 0)
          this.missing(`${section.id} / ${id}`, section.line);
        return [id, render(piece?.tokens ?? [])] as const;
      }),
    );
  }

  private optional(section: Section, id: string): string | null {
    const piece = section.pieces.get(id);
    return piece ? pieceHtml(piece.tokens) : null;
  }

  private missing(heading: string, line: number | null): void {
    this.report('E11', line, `There is no heading “${heading}”.`, `缺少标题“${heading}”。`);
  }
}

/** Ids of all texts a step needs, by where they are shown. */
export function wantedIds(step: LessonStep, { checks }: Pick<Lesson, 'checks'>) {
  const { ask } = step;
  const check = step.check === null ? undefined : checks[step.check];
  const because = ask?.type === 'choice' ? ask.options.map((o) => o.because) : whyWrong(step);
  return {
    options: optionIds(step),
    because: [...new Set(because.filter((id) => id !== null))],
    goals: check?.goals.map(({ id }) => id) ?? [],
    near: check?.near.map(({ id }) => id) ?? [],
    hints: step.hints,
  };
}

function optionIds({ ask }: LessonStep): readonly string[] {
  if (ask?.type === 'choice') return ask.options.map(({ id }) => id);
  return ask?.type === 'order' ? ask.items : [];
}

function whyWrong({ ask }: LessonStep): (string | null)[] {
  return ask && 'wrong' in ask ? ask.wrong.map(({ because }) => because) : [];
}

function plainPiece(section: Section, id: string): string | null {
  const piece = section.pieces.get(id);
  return piece ? plainText(piece.tokens) : null;
}

function emptyText(): StepText {
  const none = { options: {}, because: {}, goals: {}, near: {}, hints: {} };
  return {
    html: '',
    live: null,
    question: null,
    ...none,
    right: null,
    after: null,
    rubric: null,
    unit: null,
    caption: null,
  };
}
