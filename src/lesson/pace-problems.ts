/** Whether a lesson keeps its time, and each step gives the learner something. */
import { wantedIds } from './compile-text';
import type { Lesson, LessonStep } from './lesson';
import { drawnLessons } from './lots';
import { problem, type Problem } from './problem';
import { plainText, type Prose } from './prose';
import type { YamlFile } from './yaml-file';

const WORDS_A_MINUTE = 200;
const CHARACTERS_A_MINUTE = 300;
/** Thinking about a question and seeing its outcome; doing a task. */
const QUESTION_MINUTES = 0.3;
const TASK_MINUTES = 1;
/** An estimate may be off by this much before it is worth a word. */
const LEAST_SHARE = 0.5;
const MOST_SHARE = 1.35;

/** W06 and W08; `prose` is one language, the other is as long. */
export function paceProblems(lesson: Lesson, prose: Prose, yaml: YamlFile): Problem[] {
  const empty = lesson.steps.flatMap((step, i) =>
    isEmpty(step) ? [emptyProblem(step, yaml, i)] : [],
  );
  const minutes = Math.max(...drawnLessons(lesson).map((one) => estimateMinutes(one, prose)));
  const share = minutes / lesson.minutes;
  if (share >= LEAST_SHARE && share <= MOST_SHARE) return empty;
  const about = Math.max(1, Math.round(minutes));
  const en = `The steps add up to about ${about} min; the lesson says ${lesson.minutes}.`;
  const zh = `各步合计约 ${about} 分钟，而本课写的是 ${lesson.minutes} 分钟。`;
  return [...empty, problem('W06', yaml.at(['minutes']), en, zh)];
}

/** How long a lesson takes: reading what everybody is shown, questions, tasks. */
export function estimateMinutes(lesson: Pick<Lesson, 'steps' | 'checks'>, prose: Prose): number {
  const { steps } = lesson;
  const read = steps.map((step) => {
    const section = prose.sections.get(step.id);
    const { options, goals } = wantedIds(step, lesson);
    const shown = [...options, ...goals, 'right', 'after'].map((id) => section?.pieces.get(id));
    const pieces = [section, ...shown].map((piece) => plainText(piece?.tokens ?? []));
    return readingMinutes(pieces.join(' '));
  });
  const asked = steps.filter(({ ask }) => ask !== null).length * QUESTION_MINUTES;
  const done = steps.filter(({ check }) => check !== null).length * TASK_MINUTES;
  return read.reduce((sum, minutes) => sum + minutes, 0) + asked + done;
}

function readingMinutes(text: string): number {
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0;
  return words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE;
}

/** Nothing to look at anew, nothing to answer, nothing to do. */
function isEmpty({ kind, scene, view, enter, then, ask, check, highlight }: LessonStep): boolean {
  const looks = [scene, view.as, view.panel, view.key, ask, check].some((each) => each !== null);
  return kind === 'watch' && !looks && enter.length + then.length + highlight.length === 0;
}

function emptyProblem({ id }: LessonStep, yaml: YamlFile, index: number): Problem {
  const en = `Step ${id} shows nothing new; merge it with another.`;
  return problem('W08', yaml.at(['steps', index]), en, `步骤 ${id} 没有新内容，请并入别的步骤。`);
}
