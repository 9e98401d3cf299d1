/**
 * A lesson on real processes: the steps that can be taken there. Nothing in it acts, since the
 * learner does; where its script waited in a simulation, it waits for the processes.
 */
import { createdNames, type Scene } from '../kernel/scene';
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { Action } from './actions';
import type { Lesson, LessonStep, LessonText } from './lesson';
import { mapTexts, renamingBy } from './renewed-lesson';

/** Who sends commands to real nodes, and to simulated ones. */
const REAL_CLIENT = '"redis-cli"';
const CLIENT = /"c1"/g;

/** Why a cluster is not the one that a lesson begins with. */
export type Unfit = 'shape' | 'timeout' | 'history' | 'unwell';

/** Which real node is which of the lesson; or why none of this fits. */
export function castOf(
  scene: Pick<Scene, 'masters' | 'replicasPerMaster' | 'ports' | 'nodeTimeoutMs'>,
  { nodes, nodeTimeoutMs }: ClusterFrame,
): ReadonlyMap<NodeName, NodeName> | Unfit {
  const firstSlot = (node: (typeof nodes)[number]) =>
    node.view.rows.find(({ name }) => name === node.name)?.slots[0]?.[0] ?? Infinity;
  const masters = nodes
    .filter(({ view }) => view.role === 'master')
    .toSorted((a, b) => firstSlot(a) - firstSlot(b));
  const replicas = masters.flatMap(({ name }) => nodes.filter(({ view }) => view.master === name));
  const names = createdNames(scene);
  if (masters.length !== scene.masters || replicas.length !== names.length - masters.length)
    return 'shape';
  if (nodeTimeoutMs !== scene.nodeTimeoutMs) return 'timeout';
  const isWell = nodes.every(
    ({ process, view }) => process === 'running' && view.clusterState === 'ok',
  );
  if (!isWell) return 'unwell';
  // `create` gives each node one epoch; every failover adds one more.
  if (nodes.some(({ view }) => view.currentEpoch !== nodes.length)) return 'history';
  const real = [...masters, ...replicas];
  return new Map(names.map((name, i) => [name, real[i]!.name]));
}

/** The scene in which a lesson's live steps begin; null: it has none. */
export function liveScene({ live, scenes, steps }: Lesson): Scene | null {
  const first = steps.findIndex(({ id }) => live.includes(id));
  const name = steps.findLast(({ scene }, i) => i <= first && scene !== null)?.scene;
  return name === undefined || name === null ? null : (scenes[name]?.scene ?? null);
}

/** The live steps of a lesson, with real names. */
export function liveLesson(lesson: Lesson, cast: ReadonlyMap<NodeName, NodeName>): Lesson {
  const rename = renamingBy(cast);
  const ids = lesson.live;
  const steps = lesson.steps.filter(({ id }) => ids.includes(id)).map(liveStep);
  return rename({
    ...lesson,
    keptAs: `${lesson.slug} live`,
    isReal: true,
    scenes: {},
    steps,
    again: null,
    nextLot: null,
    checks: mapTexts(lesson.checks, realClient),
    ways: {},
    text: { en: liveText(lesson.text.en), 'zh-CN': liveText(lesson.text['zh-CN']) },
  });
}

const realClient = (text: string): string => text.replace(CLIENT, REAL_CLIENT);

function liveStep(step: LessonStep, i: number): LessonStep {
  return {
    ...step,
    phase: null,
    lot: null,
    scene: i === 0 ? 'live' : null,
    enter: [],
    then: step.then.filter(isWait).map((action) => mapTexts(action, realClient)),
    keyEvent: null,
  };
}

const isWait = ({ type }: Action): boolean => type === 'run-until';

function liveText(text: LessonText): LessonText {
  const steps = Object.entries(text.steps).map(([id, step]) => [
    id,
    { ...step, html: step.live ?? step.html, caption: null },
  ]);
  return { ...text, steps: Object.fromEntries(steps) as LessonText['steps'] };
}
