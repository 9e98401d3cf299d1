import { expect, test } from 'vitest';
import { compileCourse } from './compile-course';
import { newLesson } from './new-lesson';
import { printProblem } from './problem';

const COURSE = `parts: [{ id: first, en: First, zh-CN: 第一 }]
lessons:
  - { slug: a, part: first }
  - { slug: b, part: first }
`;

function complaints(text: string, needs: Readonly<Record<string, string>> = {}): string {
  const course = compileCourse(text, (slug) => {
    if (slug.length > 1) return null;
    const { files } = newLesson(slug);
    const yaml = `needs: [${needs[slug] ?? ''}]\n${files['lesson.yaml']}`;
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
