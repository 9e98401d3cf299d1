/** Once more, with new data: the same steps, other nodes, other draws. */
import { describe, expect, test } from 'vitest';
import { SimulatedSource } from '../timeline/simulated-source';
import { compileLesson } from './compile-lesson';
import { FILES } from './fixtures';
import type { Lesson } from './lesson';
import { playLesson } from './play-lesson';
import { printProblem } from './problem';
import { renewedLesson } from './renewed-lesson';

const AGAIN = 'again: { seed: 8, steps: [quorum, try] }\n';

function compiled(more: string) {
  const files = { ...FILES, 'lesson.yaml': FILES['lesson.yaml'] + more };
  return compileLesson({ slug: 'small', files });
}
const lesson = compiled(AGAIN).lesson!;
const renewed = renewedLesson(lesson) as Lesson;
const json = (value: unknown): string => JSON.stringify(value);

test('a lesson that names no steps has no second round, and a second round no third', () => {
  expect(renewedLesson(compiled('').lesson!)).toBeNull();
  expect(renewedLesson(renewed)).toBeNull();
});

describe('a second round', () => {
  test('has the steps that are named, under names of its own', () => {
    expect(renewed.steps.map(({ id }) => id)).toEqual(['again-quorum', 'again-try']);
    expect(Object.keys(renewed.text.en.steps)).toEqual(['again-quorum', 'again-try']);
    expect(Object.keys(renewed.ways)).toEqual(['again-quorum', 'again-try']);
    expect(renewed.keptAs).toBe('small again');
  });

  test('begins where its steps did: the scene opens, what was left out is done unseen', () => {
    expect(renewed.steps.map(({ scene }) => scene)).toEqual(['main', null]);
    expect(renewed.steps[0]!.view).toEqual({ as: '8905', panel: 'log', key: null });
  });

  test('has another seed, and nodes that have changed places with their replicas', () => {
    const { scene } = renewed.scenes['main']!;
    expect(scene).toMatchObject({ seed: 8, ports: [8902, 8903, 8901, 8905, 8906, 8904] });
    expect(json(scene.inputs)).toBe(
      json(lesson.scenes['main']!.scene.inputs).replace('8901', '8902'),
    );
  });

  test('says so in conditions, in words and in what shows the way', () => {
    expect(json(renewed.checks)).toContain('self(8902).process');
    expect(json(renewed.ways)).not.toContain('8901');
    expect(json(renewed.text)).not.toContain('8904');
  });

  test('leaves out what was said of the first run', () => {
    const { after, caption } = renewed.text.en.steps['again-quorum']!;
    expect([after, caption]).toEqual([null, null]);
  });
});

test('a step that is not there is named, with the nearest that is', () => {
  const { problems } = compiled('again: { seed: 8, steps: [quorm] }\n');
  expect(problems.map((one) => printProblem(one, 'en')).join('\n')).toMatch(/quorm.*quorum/s);
});

test('the answer is that of the new run, and its task is open', () => {
  const script = { answers: {}, deeds: renewed.ways };
  const played = playLesson(renewed, (scene) => new SimulatedSource(scene), script);
  expect(played.map(({ stuck }) => stuck)).toEqual([[], []]);
  expect([played[0]!.verdict?.right, played[0]!.truth]).toEqual([true, 2]);
  expect(played[1]!.checkAtEntry?.passed).toBe(false);
});
