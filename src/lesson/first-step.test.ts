import { expect, test } from 'vitest';
import course from '../../lessons/course.yaml';
import { firstStepOf } from './first-step';

const slots = await course.lessons.find(({ slug }) => slug === 'slots')!.load();
const log = await course.lessons.find(({ slug }) => slug === 'log')!.load();

test('the beginning of a lesson has its first step whole, with its words in both languages', () => {
  const { steps, text } = firstStepOf(slots);
  expect(steps[0]).toEqual(slots.steps[0]);
  for (const locale of ['en', 'zh-CN'] as const) {
    expect(text[locale].title).toBe(slots.text[locale].title);
    expect(text[locale].parts).toEqual(slots.text[locale].parts);
    expect(text[locale].steps).toEqual({ ring: slots.text[locale].steps['ring'] });
  }
});

test('of the other steps it has the names, and which of them put a key into the slot tool', () => {
  const { steps } = firstStepOf(slots);
  expect(steps.map(({ id, view }) => [id, view.key])).toEqual(
    slots.steps.map(({ id, view }) => [id, view.key]),
  );
  expect(steps.slice(1).every(({ ask, check }) => ask === null && check === null)).toBe(true);
});

test('the goals of a task and the way to reach them come with the step that sets it', () => {
  const task = slots.steps.findIndex(({ check }) => check !== null);
  const { checks, ways } = firstStepOf({ ...slots, steps: slots.steps.slice(task) });
  const { id, check } = slots.steps[task]!;
  expect(checks).toEqual({ [check!]: slots.checks[check!] });
  expect(ways).toEqual({ [id]: slots.ways[id] });
  expect(firstStepOf(slots)).toMatchObject({ checks: {}, ways: {} });
});

test('of a log it says whose it is, and leaves the lines to the recording', () => {
  const isOfLog = ({ scene }: { scene: { log?: unknown } }) => scene.log !== undefined;
  const whole = Object.values(log.scenes).find(isOfLog)!.scene.log!;
  const begun = Object.values(firstStepOf(log).scenes).find(isOfLog)!.scene.log!;
  expect(begun).toEqual({ ...whole, lines: [] });
  expect(whole.lines.length).toBeGreaterThan(0);
});
