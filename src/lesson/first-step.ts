/**
 * A lesson as far as its first picture shows it. The page opens with this, and the whole lesson
 * comes with the engine: of the steps after the first there is their number and where they stand,
 * of their texts nothing.
 */
import type { Lesson, LessonLocale, LessonScene, LessonStep, LessonText } from './lesson';

/** `lesson` without what only its later steps show. */
export function firstStepOf(lesson: Lesson): Lesson {
  const [first, ...later] = lesson.steps;
  const { id, check } = first!;
  const text = (locale: LessonLocale) => onlyStep(lesson.text[locale], id);
  return {
    ...lesson,
    scenes: Object.fromEntries(
      Object.entries(lesson.scenes).map(([name, scene]) => [name, unread(scene)]),
    ),
    steps: [first!, ...later.map(onlyNamed)],
    checks: only(lesson.checks, check ?? ''),
    ways: only(lesson.ways, id),
    text: { en: text('en'), 'zh-CN': text('zh-CN') },
  };
}

function only<Value>(all: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return key in all ? { [key]: all[key]! } : {};
}

function onlyStep(text: LessonText, id: string): LessonText {
  return { ...text, steps: only(text.steps, id) };
}

/** What happens in it is in the recording of the first picture, and what it reads is long. */
function unread({ scene, opens }: LessonScene): LessonScene {
  const { log, recording } = scene;
  return {
    scene: {
      ...scene,
      inputs: [],
      ...(log && { log: { ...log, lines: [] } }),
      ...(recording && { recording: { ...recording, base64: '' } }),
    },
    opens,
  };
}

function onlyNamed({ id, lot, view: { key } }: LessonStep): LessonStep {
  return { ...NAMED, id, lot, view: { ...NAMED.view, key } };
}

const NAMED: LessonStep = {
  id: '',
  kind: 'watch',
  phase: null,
  lot: null,
  scene: null,
  view: { as: null, panel: null, key: null },
  enter: [],
  ask: null,
  then: [],
  keyEvent: null,
  seals: [],
  check: null,
  hints: [],
  highlight: [],
};
