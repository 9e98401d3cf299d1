import { expect, test } from 'vitest';
import course from '../../lessons/course.yaml';
import caseCourse from '../../lessons/course.yaml?cases';

test('importing the course gives its parts and its lessons, each loaded when it is asked for', async () => {
  expect(course.parts.map(({ id }) => id)).toContain('slots');
  for (const card of course.lessons) {
    const lesson = await card.load();
    expect(lesson.slug).toBe(card.slug);
    expect(lesson.text.en.title).toBe(card.title.en);
  }
});

test('the cases are a course of their own, under the true titles of their threads', async () => {
  expect(caseCourse.lessons.map(({ slug }) => slug)).toEqual(course.cases);
  for (const card of caseCourse.lessons) {
    expect(card.part).toBe(caseCourse.parts[0]!.id);
    const lesson = await card.load();
    expect(lesson.thread).toBe(card.thread);
    expect(lesson.text.en.title).toBe(card.title.en);
  }
});
