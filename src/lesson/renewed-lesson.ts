/**
 * Once more, with new data: some steps of a lesson in a cluster whose nodes have changed places and
 * whose draws are others, so that every answer has to be found anew. What stands in words about
 * one run, what comes after the outcome and the captions, is left out.
 */
import { createdNames, type Scene } from '../kernel/scene';
import type { Action } from './actions';
import type { Lesson, LessonScene, LessonStep, LessonText, StepText } from './lesson';
import { CLUSTER_PORT_INCR } from '../protocol/config';

/** What the ids of the new steps begin with, in links too. */
export const AGAIN = 'again-';

type Rename = <T>(value: T) => T;

/** The lesson's second round; null where it has none. */
export function renewedLesson(lesson: Lesson): Lesson | null {
  const { again } = lesson;
  if (again === null) return null;
  const round = again.steps.flatMap((id, i) => renewedStep(lesson, id, again.steps[i - 1]) ?? []);
  return {
    ...lesson,
    again: null,
    keptAs: keptAs(lesson.slug),
    scenes: Object.fromEntries(
      Object.entries(lesson.scenes).map(([name, scene]) => [name, renewedScene(scene, again.seed)]),
    ),
    steps: round.map(({ step }) => step),
    checks: Object.fromEntries(
      round.flatMap(({ check, step }) => (check ? [[step.id, check]] : [])),
    ),
    ways: Object.fromEntries(round.map(({ step, way }) => [step.id, way])),
    text: {
      en: renewedText(lesson.text.en, round, 'en'),
      'zh-CN': renewedText(lesson.text['zh-CN'], round, 'zh-CN'),
    },
  };
}

/** Under which name the progress of a second round is kept. */
export const keptAs = (slug: string): string => `${slug} again`;

interface RenewedStep {
  readonly step: LessonStep;
  readonly check: Lesson['checks'][string] | null;
  readonly way: readonly Action[];
  readonly text: Readonly<Record<'en' | 'zh-CN', StepText>>;
}

function renewedStep(lesson: Lesson, id: string, before: string | undefined): RenewedStep | null {
  const index = lesson.steps.findIndex((step) => step.id === id);
  const step = lesson.steps[index];
  if (!step) return null;
  const opening = openingOf(lesson, index);
  const last = lesson.steps.findIndex((one) => one.id === before);
  const goesOn = last !== -1 && openingOf(lesson, last) === opening;
  const passed = lesson.steps.slice(goesOn ? last + 1 : opening, index);
  const scene = lesson.steps[opening]!.scene!;
  const rename = renaming(lesson.scenes[scene]!.scene);
  const whole: LessonStep = {
    ...step,
    id: AGAIN + id,
    scene: goesOn ? null : scene,
    view: viewAfter([...passed, step]),
    enter: [...passed.flatMap((one) => unseenWay(lesson, one)), ...step.enter],
    check: step.check && AGAIN + id,
  };
  const textIn = (locale: 'en' | 'zh-CN') => rename(plainText(lesson.text[locale].steps[id]!));
  return {
    step: rename(whole),
    check: step.check === null ? null : rename(lesson.checks[step.check]!),
    way: rename(lesson.ways[id] ?? []),
    text: { en: textIn('en'), 'zh-CN': textIn('zh-CN') },
  };
}

/** The step that opened the scene in which another plays. */
const openingOf = ({ steps }: Lesson, index: number): number =>
  steps.findLastIndex(({ scene }, i) => i <= index && scene !== null);

/** What a step that is left out does to the cluster, without being watched. */
function unseenWay({ ways }: Lesson, { id, enter, then }: LessonStep): Action[] {
  return [...enter, ...(ways[id] ?? []), ...then].map((action) =>
    action.type === 'see' ? action : { ...action, unseen: true },
  );
}

/** A view that says nothing keeps what was there. */
function viewAfter(steps: readonly LessonStep[]): LessonStep['view'] {
  const last = <K extends keyof LessonStep['view']>(key: K) =>
    steps.findLast(({ view }) => view[key] !== null)?.view[key] ?? null;
  return { as: last('as'), panel: last('panel'), key: last('key') };
}

const plainText = (text: StepText): StepText => ({ ...text, after: null, caption: null });

function renewedText(
  text: LessonText,
  round: readonly RenewedStep[],
  locale: 'en' | 'zh-CN',
): LessonText {
  const steps = Object.fromEntries(round.map((one) => [one.step.id, one.text[locale]]));
  return { ...text, parts: [], steps };
}

function renewedScene({ scene, opens }: LessonScene, seed: number): LessonScene {
  const rename = renaming(scene);
  const ports = createdNames(scene).map((name) => Number(rename(name)));
  return {
    scene: { ...scene, inputs: rename(scene.inputs), ports, seed },
    opens: rename(opens),
  };
}

/** Masters change places in a ring, and each takes its replicas along. */
function renaming(scene: Scene): Rename {
  const names = createdNames(scene);
  const { masters } = scene;
  const groups = [names.slice(0, masters)];
  for (let first = masters; first < names.length; first += masters * scene.replicasPerMaster)
    groups.push(names.slice(first, first + masters * scene.replicasPerMaster));
  const renamed = new Map(
    groups.flatMap((group, i) => turned(group, i === 0 ? 1 : scene.replicasPerMaster)),
  );
  return renamingBy(renamed);
}

/** Names of nodes, and the ports of their buses, wherever they stand in a text. */
export function renamingBy(renamed: ReadonlyMap<string, string>): Rename {
  const bus = [...renamed].map(([from, to]) => [busPort(from), busPort(to)] as const);
  const all = new Map([...renamed, ...bus]);
  const pattern = new RegExp(`(?<!\\d)(?:${[...all.keys()].join('|')})(?!\\d)`, 'g');
  return (value) => mapTexts(value, (text) => text.replace(pattern, (name) => all.get(name)!));
}

const busPort = (name: string): string => String(Number(name) + CLUSTER_PORT_INCR);

const turned = (names: readonly string[], by: number): (readonly [string, string])[] =>
  names.map((name, i) => [name, names[(i + by) % names.length]!]);

/** The same value with every text in it changed, names of fields included. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) {
    const texts: unknown[] = value;
    return texts.map((one) => mapTexts(one, change)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(([key, one]) => [
    change(key),
    mapTexts(one, change),
  ]);
  return Object.fromEntries(entries) as T;
}
