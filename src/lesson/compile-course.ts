/** course.yaml with the lessons it names: the order, the parts, and the titles of each. */
import { compileLesson, type CompiledLesson, type LessonFolder } from './compile-lesson';
import { compileNotes } from './compile-notes';
import type { CourseLesson, CoursePart } from './lesson';
import { COURSE_SCHEMA } from './lesson-schema';
import { nearestWord } from './nearest-word';
import { guess, problem, type Place, type Problem } from './problem';
import { YamlFile } from './yaml-file';

/** A lesson's line in the course, without what it loads. */
export type CourseCard = Omit<CourseLesson, 'load' | 'notes'>;

export interface CompiledCourse {
  readonly parts: readonly CoursePart[];
  readonly lessons: readonly CourseCard[];
  /** By slug, in the order of the course. */
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
    return { parts: [], lessons: [], compiled: new Map(), problems: read.problems };
  }
  const compiled = new Map<string, CompiledLesson>();
  const lessons: CourseCard[] = [];
  const problems: Problem[] = [];
  const partIds = read.value.parts.map(({ id }) => id);
  for (const [i, { slug, part }] of read.value.lessons.entries()) {
    if (!partIds.includes(part)) problems.push(unknownPart(part, partIds, yaml.at(['lessons', i])));
    const folder = folderOf(slug);
    if (!folder) {
      const en = `There is no folder lessons/${slug}.`;
      const place = yaml.at(['lessons', i]);
      problems.push(problem('E01', place, en, `没有文件夹 lessons/${slug}。`));
      continue;
    }
    const result = compileLesson(folder);
    const notes = compileNotes(folder);
    compiled.set(slug, { ...result, problems: [...result.problems, ...notes.problems] });
    if (result.lesson) lessons.push(cardOf(result.lesson, part));
  }
  problems.push(...needsProblems(compiled));
  return { parts: read.value.parts.map(partOf), lessons, compiled, problems };
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
  const { slug, minutes, needs, live, text } = lesson;
  return {
    slug,
    part,
    minutes,
    needs,
    title: { en: text.en.title, 'zh-CN': text['zh-CN'].title },
    summary: { en: text.en.summary, 'zh-CN': text['zh-CN'].summary },
    ...(live.length > 0 ? { isLive: true } : {}),
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
