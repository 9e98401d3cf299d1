/** solution.yaml and traps/*.yaml: what the validator plays instead of a learner. */
import type { NodeName } from '../protocol/ids';
import { nodeNames } from '../kernel/scene';
import type { Action } from './actions';
import { CompileContext } from './compile-context';
import type { LessonFolder } from './compile-lesson';
import type { Answer, Lesson } from './lesson';
import { SOLUTION_SCHEMA, TRAP_SCHEMA, type TrapSource } from './lesson-schema';
import { problem, type Problem } from './problem';
import { YamlFile } from './yaml-file';

/** What is answered and done, by step. */
export interface Script {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly deeds: Readonly<Record<string, readonly Action[]>>;
}

/** A wrong attempt at one step, and the text it must lead to. */
export interface Trap {
  readonly file: string;
  readonly step: string;
  readonly answer: Answer | null;
  readonly because: string | null;
  readonly deeds: readonly Action[];
  readonly near: string | null;
}

export interface Scripts {
  readonly solution: Script;
  readonly traps: readonly Trap[];
}

/** Reads the scripts of a lesson; each must name steps of it and use only what it allows. */
export function compileScripts(
  { slug, files }: LessonFolder,
  lesson: Lesson,
): { scripts: Scripts; problems: Problem[] } {
  const problems: Problem[] = [];
  const solution = compileSolution(
    `${slug}/solution.yaml`,
    files['solution.yaml'],
    lesson,
    problems,
  );
  const traps = Object.keys(files)
    .filter((path) => path.startsWith('traps/'))
    .sort()
    .flatMap((path) => compileTrap(`${slug}/${path}`, files[path]!, lesson, problems));
  return { scripts: { solution, traps }, problems };
}

function compileSolution(
  file: string,
  text: string | undefined,
  lesson: Lesson,
  problems: Problem[],
): Script {
  const answers: Record<string, Answer> = {};
  const deeds: Record<string, readonly Action[]> = {};
  if (text === undefined) {
    problems.push(problem('E06', { file, line: null }, 'There is no solution.', '缺少标准解法。'));
    return { answers, deeds };
  }
  const yaml = new YamlFile(file, text);
  const read = yaml.read(SOLUTION_SCHEMA);
  if ('problems' in read) {
    problems.push(...read.problems);
    return { answers, deeds };
  }
  const context = contextFor(yaml, lesson);
  for (const [id, value] of Object.entries(read.value)) {
    const step = enterStep(id, [id], lesson, context);
    if (!step) continue;
    if (step.ask) answers[id] = Array.isArray(value) ? value.map(String) : value;
    else deeds[id] = context.actions([value].flat().map(String), [id]);
  }
  problems.push(...context.problems);
  return { answers, deeds };
}

function compileTrap(file: string, text: string, lesson: Lesson, problems: Problem[]): Trap[] {
  const yaml = new YamlFile(file, text);
  const read = yaml.read(TRAP_SCHEMA);
  if ('problems' in read) {
    problems.push(...read.problems);
    return [];
  }
  const context = contextFor(yaml, lesson);
  const trap = trapOf(file, read.value, lesson, context);
  problems.push(...context.problems);
  return [trap];
}

function trapOf(file: string, source: TrapSource, lesson: Lesson, context: CompileContext): Trap {
  enterStep(source.step, ['step'], lesson, context);
  return {
    file,
    step: source.step,
    answer: source.answer ?? null,
    because: source.because ?? null,
    deeds: context.actions(source.do, ['do']),
    near: source.near ?? null,
  };
}

function contextFor(yaml: YamlFile, lesson: Lesson): CompileContext {
  const context = new CompileContext(yaml);
  context.allow = lesson.allow;
  return context;
}

/** The step of that id, with the nodes of its scene; reports an id that is none. */
function enterStep(id: string, path: string[], lesson: Lesson, context: CompileContext) {
  const step = lesson.steps.find((each) => each.id === id);
  if (!step)
    context.unknownWord(
      id,
      lesson.steps.map((each) => each.id),
      path,
    );
  context.nodes = nodesAt(id, lesson);
  return step;
}

function nodesAt(id: string, lesson: Lesson): readonly NodeName[] {
  const end = lesson.steps.findIndex((step) => step.id === id);
  const scene = lesson.steps.slice(0, end + 1).findLast((step) => step.scene !== null)?.scene;
  const found = scene ? lesson.scenes[scene] : undefined;
  return found ? nodeNames(found.scene) : [];
}
