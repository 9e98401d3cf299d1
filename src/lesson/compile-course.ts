/** course.yaml with the lessons it names: the order, the parts, and the titles of each. */
import { compileLesson, type CompiledLesson, type LessonFolder } from './compile-lesson';
import { compileNotes } from './compile-notes';
import type { CourseLesson, CoursePart, Summary } from './lesson';
import { COURSE_SCHEMA } from './lesson-schema';
import { nearestWord } from './nearest-word';
import { guess, problem, type Place, type Problem } from './problem';
import { YamlFile } from './yaml-file';

/** A lesson's line in the course, without what it loads. */
export type CourseCard = Omit<CourseLesson, 'load'> & { readonly summary: Summary };

/** The part all cases belong to. */
export const CASES = 'cases';

export interface CompiledCourse {
  readonly parts: readonly CoursePart[];
  readonly lessons: readonly CourseCard[];
  readonly cases: readonly CourseCard[];
  /** By slug, in the order of the course; after the lessons the cases. */
  readonly compiled: ReadonlyMap<string, CompiledLesson>;
  readonly problems: readonly Problem[];
}

/** Compiles the course; `folderOf` reads one lesson's folder, or gives null when there is none. */
export function compileCourse(
  text: string,
  folderOf: (slug: string) => LessonFolder | null,
): CompiledCourse {
  const yaml = new YamlFile('course.yaml', text);
  const read = yaml.read(COURSE_SCHEMA);
  if ('problems' in read) {
    return { parts: [], lessons: [], cases: [], compiled: new Map(), problems: read.problems };
  }
  const { lessons, cases, parts } = read.value;
  const entries = [
    ...lessons.map(({ slug, part }, i) => ({ slug, part, place: yaml.at(['lessons', i]) })),
    ...cases.map((slug, i) => ({ slug, part: CASES, place: yaml.at(['cases', i]) })),
  ];
  const partIds = parts.map(({ id }) => id);
  const compiled = new Map<string, CompiledLesson>();
  const cards: CourseCard[] = [];
  const problems: Problem[] = [];
  for (const { slug, part, place } of entries) {
    if (!partIds.includes(part)) problems.push(unknownPart(part, partIds, place));
    const folder = folderOf(slug);
    if (!folder) {
      const en = `There is no folder lessons/${slug}.`;
      problems.push(problem('E01', place, en, `没有文件夹 lessons/${slug}。`));
      continue;
    }
    const result = compileWhole(folder);
    compiled.set(slug, result);
    if (part === CASES) problems.push(...threadProblems(result, place));
    if (result.lesson) cards.push(cardOf(result.lesson, part));
  }
  problems.push(...needsProblems(compiled));
  const isCase = (card: CourseCard) => card.part === CASES;
  return {
    parts: parts.map(partOf),
    lessons: cards.filter((card) => !isCase(card)),
    cases: cards.filter(isCase),
    compiled,
    problems,
  };
}

/** A lesson with its notes for a teacher; a case has none. */
export function compileWhole(folder: LessonFolder): CompiledLesson {
  const result = compileLesson(folder);
  if (result.lesson?.thread !== undefined) return result;
  const notes = compileNotes(folder);
  return { ...result, problems: [...result.problems, ...notes.problems] };
}

function threadProblems({ lesson }: CompiledLesson, place: Place): Problem[] {
  if (lesson === null || lesson.thread !== undefined) return [];
  const en = `${lesson.slug} has no thread: say where it was reported.`;
  return [problem('E11', place, en, `${lesson.slug} 缺少 thread：请写明报告在哪里。`)];
}

function unknownPart(part: string, known: readonly string[], place: Place): Problem {
  const { en, zh } = guess(nearestWord(part, known));
  const list = known.join(', ');
  const english = `I do not know the part “${part}”.${en} Parts: ${list}.`;
  return problem('E01', place, english, `不认识部分“${part}”。${zh}现有：${list}。`);
}

function partOf(part: { id: string; en: string; 'zh-CN': string }): CoursePart {
  return { id: part.id, title: { en: part.en, 'zh-CN': part['zh-CN'] } };
}

function cardOf(lesson: NonNullable<CompiledLesson['lesson']>, part: string) {
  const { slug, minutes, needs, live, thread, text } = lesson;
  return {
    slug,
    part,
    minutes,
    needs,
    title: { en: text.en.title, 'zh-CN': text['zh-CN'].title },
    summary: { en: text.en.summary, 'zh-CN': text['zh-CN'].summary },
    ...(live.length > 0 ? { isLive: true } : {}),
    ...(thread === undefined ? {} : { thread }),
  };
}

/** A lesson may need only what stands before it; that also keeps two from needing one another. */
function needsProblems(compiled: ReadonlyMap<string, CompiledLesson>): Problem[] {
  const order = [...compiled.keys()];
  return [...compiled].flatMap(([slug, { lesson, yaml }]) =>
    (lesson?.needs ?? []).flatMap((need, i) => {
      const before = order.indexOf(need);
      if (before !== -1 && before < order.indexOf(slug)) return [];
      const en = `${slug} needs ${need}, which does not stand before it in course.yaml.`;
      const zh = `${slug} 依赖 ${need}，但后者在 course.yaml 中没有排在它前面。`;
      return [problem('E18', yaml.at(['needs', i]), en, zh)];
    }),
  );
}
