import { describe, expect, test } from 'vitest';
import { compileCourse, compileWhole } from './compile-course';
import { newLesson } from './new-lesson';
import { printProblem } from './problem';

const COURSE = `parts: [{ id: first, en: First, zh-CN: 第一 }]
lessons:
  - { slug: a, part: first }
  - { slug: b, part: first }
`;

/** The files of `x` make a case. */
const isCase = (slug: string) => slug === 'x';

function complaints(text: string, needs: Readonly<Record<string, string>> = {}): string {
  const course = compileCourse(text, (slug) => {
    if (slug.length > 1) return null;
    const { files } = newLesson(slug);
    const thread = isCase(slug) ? "thread: 'redis/redis#2145'\n" : '';
    const yaml = `${thread}needs: [${needs[slug] ?? ''}]\n${files['lesson.yaml']}`;
    return { slug, files: { ...files, 'lesson.yaml': yaml } };
  });
  return course.problems.map((each) => printProblem(each, 'en')).join('\n');
}

test('a course that is right has its lessons in order', () => {
  expect(complaints(COURSE, { b: 'a' })).toBe('');
});

test('a lesson without a folder is named with its line', () => {
  expect(complaints(`${COURSE}  - { slug: missing, part: first }\n`)).toBe(
    'course.yaml:5 E01 There is no folder lessons/missing.',
  );
});

test('a part that is not there is named, with the nearest', () => {
  expect(complaints(COURSE.replace('{ slug: b, part: first }', '{ slug: b, part: frist }'))).toBe(
    'course.yaml:4 E01 I do not know the part “frist”. Did you mean first? Parts: first.',
  );
});

test('lessons that need one another, or what comes later', () => {
  expect(complaints(COURSE, { a: 'b', b: 'a' })).toMatch(/a\/lesson\.yaml:1 E18 a needs b/);
});

describe('cases', () => {
  const withPart = COURSE.replace('[{', '[{ id: cases, en: Cases, zh-CN: 案例 }, {');

  test('stand after the lessons and may need them', () => {
    expect(complaints(`${withPart}cases: [x]\n`, { x: 'a' })).toBe('');
  });

  test('need no notes for a teacher', () => {
    const files = { ...newLesson('x').files };
    delete files['teacher.en.md'];
    const thread = "thread: 'redis/redis#2145'\n";
    const told = (yaml: string) =>
      compileWhole({ slug: 'x', files: { ...files, 'lesson.yaml': yaml } }).problems;
    expect(told(`${thread}${files['lesson.yaml']}`)).toEqual([]);
    expect(told(files['lesson.yaml']!).map(({ code }) => code)).toContain('W09');
  });

  test('name the thread they come from, as GitHub writes it', () => {
    expect(complaints(`${withPart}cases: [c]\n`)).toBe(
      'course.yaml:5 E11 c has no thread: say where it was reported.',
    );
    const files = newLesson('x').files;
    const yaml = `thread: redis-2145\n${files['lesson.yaml']}`;
    const [found] = compileWhole({ slug: 'x', files: { ...files, 'lesson.yaml': yaml } }).problems;
    expect(printProblem(found!, 'en')).toMatch(/x\/lesson\.yaml:1 E01 .*redis\/redis#2145/);
  });
});
