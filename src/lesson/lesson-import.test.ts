import { expect, test } from 'vitest';
import course from '../../lessons/course.yaml';

test('importing the course gives its parts and its lessons, each loaded when it is asked for', async () => {
  expect(course.parts.map(({ id }) => id)).toContain('slots');
  for (const card of course.lessons) {
    const lesson = await card.load();
    expect(lesson.slug).toBe(card.slug);
    expect(lesson.text.en.title).toBe(card.title.en);
  }
});
