/** The files of one lesson folder, compiled: what the player reads, what the validator plays. */
import { nodeNames } from '../kernel/scene';
import { CompileContext } from './compile-context';
import { compileScene } from './compile-scene';
import { compileScripts, type Scripts } from './compile-scripts';
import { compileStep } from './compile-step';
import { compileText } from './compile-text';
import { reportNotLive } from './live-steps';
import type { Lesson, LessonCheck, LessonLocale, LessonScene, LessonStep } from './lesson';
import { LESSON_SCHEMA, type LessonSource } from './lesson-schema';
import { problem, type Problem } from './problem';
import { paceProblems } from './pace-problems';
import { readProse } from './prose';
import { proseProblems } from './prose-problems';
import { sizeProblems } from './size-problems';
import { YamlFile } from './yaml-file';

/** Texts by their path within the folder: `lesson.yaml`, `en.md`, `traps/wrong-node.yaml`. */
export interface LessonFolder {
  readonly slug: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface CompiledLesson {
  /** Null when lesson.yaml itself cannot be read. */
  readonly lesson: Lesson | null;
  readonly scripts: Scripts;
  readonly problems: readonly Problem[];
  /** The lesson file with its lines, for what is found while playing. */
  readonly yaml: YamlFile;
}

/** A lesson before its words and its solution. */
type LessonData = Omit<Lesson, 'text' | 'ways'>;

const LOCALES: readonly LessonLocale[] = ['en', 'zh-CN'];
const NO_SCRIPTS: Scripts = { solution: { answers: {}, deeds: {} }, traps: [] };

/** Compiles a folder; problems are data, nothing is thrown. */
export function compileLesson({ slug, files }: LessonFolder): CompiledLesson {
  const yaml = new YamlFile(`${slug}/lesson.yaml`, files['lesson.yaml'] ?? '');
  const read = yaml.read(LESSON_SCHEMA);
  if ('problems' in read) {
    return { lesson: null, scripts: NO_SCRIPTS, problems: read.problems, yaml };
  }
  const context = new CompileContext(yaml, slug, files);
  const data = compileData(slug, read.value, context);
  const text = LOCALES.map((locale) => compileWords(slug, files, locale, data));
  const [en, zh] = text as [(typeof text)[0], (typeof text)[0]];
  const told: Lesson = { ...data, ways: {}, text: { en: en.text, 'zh-CN': zh.text } };
  const { scripts, problems } = compileScripts({ slug, files }, told);
  const lesson: Lesson = { ...told, ways: scripts.solution.deeds };
  const drift = proseProblems(en.prose, zh.prose);
  const pace = paceProblems(lesson, en.prose, yaml);
  return {
    lesson,
    scripts,
    problems: [...context.problems, ...en.problems, ...zh.problems, ...drift, ...pace, ...problems],
    yaml,
  };
}

function compileWords(
  slug: string,
  files: LessonFolder['files'],
  locale: LessonLocale,
  data: LessonData,
) {
  const file = `${slug}/${locale}.md`;
  const own = files[`${locale}.md`];
  // A lesson in one language is told in that language to everybody.
  const source = own ?? files[locale === 'en' ? 'zh-CN.md' : 'en.md'];
  const prose = readProse(file, locale, source ?? '');
  const { text, problems } = compileText(prose, data);
  if (own !== undefined) return { prose, text, problems };
  const en = 'The file is missing.';
  const absent = problem(source ? 'W09' : 'E11', { file, line: null }, en, '缺少这个文件。');
  return { prose, text, problems: [absent] };
}

function compileData(slug: string, source: LessonSource, context: CompileContext): LessonData {
  const scenes = compileScenes(source, context);
  context.everyNode = Object.values(scenes).flatMap(({ scene }) => nodeNames(scene));
  checkVersion(source, context);
  const checks = compileChecks(source, context);
  const steps = compileSteps(source, scenes, context);
  reportTwins(source, context);
  context.problems.push(...sizeProblems(scenes, steps, context.yaml));
  const { minutes, needs, allow, live, thread } = source;
  reportNotLive(live, steps, checks, context);
  const again = source.again ?? null;
  for (const [i, id] of (again?.steps ?? []).entries()) {
    const ids = steps.map((step) => step.id);
    if (!ids.includes(id)) context.unknownWord(id, ids, ['again', 'steps', i]);
  }
  const ofCase = thread === undefined ? {} : { thread };
  const base = { slug, minutes, ...ofCase, needs, allow, live };
  return { ...base, scenes, steps, again, nextLot: null, checks };
}

/** The rules of another version are not those of the simulator. */
function checkVersion({ redis }: LessonSource, context: CompileContext): void {
  if (redis === undefined || /^7\.0(\.\d+)?$/.test(redis)) return;
  const en = `This lesson is about Redis ${redis}; the simulator runs the rules of 7.0.15.`;
  context.report('E19', ['redis'], en, `本课讲的是 Redis ${redis}，而模拟器按 7.0.15 的规则运行。`);
}

function compileScenes(source: LessonSource, context: CompileContext): Record<string, LessonScene> {
  const scenes: Record<string, LessonScene> = {};
  if (source.scene) scenes['main'] = compileScene(source.scene, ['scene'], context);
  for (const [name, scene] of Object.entries(source.scenes ?? {})) {
    scenes[name] = compileScene(scene, ['scenes', name], context);
  }
  if (Object.keys(scenes).length === 0) {
    context.report('E01', ['scene'], 'A lesson needs a scene.', '一课至少要有一个场景。');
  }
  return scenes;
}

function compileChecks(source: LessonSource, context: CompileContext): Record<string, LessonCheck> {
  const checks: Record<string, LessonCheck> = {};
  for (const [id, { goals, near }] of Object.entries(source.checks)) {
    checks[id] = {
      id,
      goals: goals.map((goal, i) => {
        const of = goal.of ?? null;
        const type = of === null ? 'bool' : 'int';
        const path = ['checks', id, 'goals', i, 'when'];
        return { id: goal.id, when: context.condition(goal.when, path, [type]), of };
      }),
      near: near.map((miss, i) => {
        return {
          id: miss.id,
          when: context.condition(miss.when, ['checks', id, 'near', i, 'when']),
        };
      }),
    };
  }
  return checks;
}

function compileSteps(
  source: LessonSource,
  scenes: Record<string, LessonScene>,
  context: CompileContext,
): LessonStep[] {
  const first = Object.keys(scenes)[0] ?? 'main';
  return source.steps.map((each, i) => {
    const path = ['steps', i];
    const scene = each.scene ?? (i === 0 ? first : undefined);
    if (scene !== undefined) {
      const found = scenes[scene];
      if (found) {
        context.nodes = nodeNames(found.scene);
        context.logLines = found.scene.log?.lines.length ?? 0;
      } else context.unknownWord(scene, Object.keys(scenes), [...path, 'scene']);
    }
    if (each.check !== undefined && !source.checks[each.check]) {
      context.unknownWord(each.check, Object.keys(source.checks), [...path, 'check']);
    }
    const step = compileStep(each, path, context);
    return scene === undefined ? step : { ...step, scene };
  });
}

function reportTwins(source: LessonSource, context: CompileContext): void {
  source.steps.forEach(({ id }, i) => {
    if (source.steps.findIndex((other) => other.id === id) === i) return;
    context.report(
      'E01',
      ['steps', i, 'id'],
      `A step ${id} stands before.`,
      `前面已有步骤 ${id}。`,
    );
  });
}
