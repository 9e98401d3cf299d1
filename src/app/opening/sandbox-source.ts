/** From a sandbox's address to the cluster it asks for, or to what is wrong with it. */
import type { Scene } from '../../kernel/scene';
import { DEFAULT_SCENE, createdNames, nodeNames } from '../../kernel/scene';
import type { TimedInput } from '../../kernel/inputs';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { printActionError } from '../../lesson/action-error';
import { parseAction } from '../../lesson/actions';
import type { LessonLocale } from '../../lesson/lesson';
import { SimulatedSource } from '../../timeline/simulated-source';
import { sceneOfTexts } from '../links/scene-texts';
import type { Problem, SandboxPlace } from '../links/place';

/** A new cluster is shown from the moment it is whole; by then it has surely formed. */
export const FORMED_BY_MS = 60_000;

export function sandboxSource(
  place: SandboxPlace,
  locale: LessonLocale,
): SimulatedSource | Problem {
  const scene: Scene = {
    ...DEFAULT_SCENE,
    masters: place.masters,
    replicasPerMaster: place.replicas,
    ...(place.spare ? { spareNodes: place.spare } : {}),
    nodeTimeoutMs: place.timeoutMs,
    seed: place.seed,
    ...(place.switches ? { switches: place.switches } : {}),
    ...sceneOfTexts(place).scene,
  };
  const names = nodeNames(scene);
  const read = place.deeds.map((deed) => {
    const one = readDeed(deed, names, locale);
    // What is started may be named from then on.
    if ('input' in one && one.input.type === 'start') names.push(one.input.node);
    return one;
  });
  const problem = read.find((one) => 'kind' in one);
  if (problem !== undefined) return { ...problem, rest: withoutWrong(place, read) };
  const inputs = read.filter((one) => 'input' in one);
  const source = new SimulatedSource({ ...scene, inputs });
  if (place.atMs === null) leapUntilWhole(source);
  else source.seekTime(place.atMs);
  if (place.step !== undefined) source.seekStep(place.step);
  return source;
}

type Sentence = Extract<Problem, { kind: 'sentence' }>;

/** The same place with the deeds that can be read. */
function withoutWrong(place: SandboxPlace, read: readonly (TimedInput | Sentence)[]): SandboxPlace {
  return { ...place, deeds: place.deeds.filter((_, i) => 'input' in read[i]!) };
}

function readDeed(
  text: string,
  nodes: readonly string[],
  locale: LessonLocale,
): TimedInput | Sentence {
  const problem = (why: string): Sentence => ({ kind: 'sentence', found: text, why });
  const parsed = parseAction(text, nodes);
  if (!parsed.ok) return problem(printActionError(parsed.error, locale));
  const { atMs, action } = parsed.timed;
  if (action.type !== 'input' || atMs === null) return problem('');
  return { atMs, input: action.input };
}

/**
 * To the moment when all know each other, every slot is served and every replica has its master.
 */
function leapUntilWhole(source: SimulatedSource): void {
  const names = createdNames(source.scene);
  while (!isWhole(source.frame, names) && source.cursor.atMs < FORMED_BY_MS) source.stepEvents(1);
}

/** Spare nodes do not count: nobody knows them yet. */
export function isWhole(frame: ClusterFrame, names: readonly string[]): boolean {
  const nodes = frame.nodes.filter(({ name }) => names.includes(name));
  const masterOf = new Map(nodes.map(({ name, view }) => [name, view.master]));
  const masters = nodes.filter(({ view }) => view.role === 'master').length;
  return nodes.every(
    ({ view }) =>
      view.clusterState === 'ok' &&
      view.rows.length === nodes.length &&
      view.size === masters &&
      view.rows.every((row) => row.master === masterOf.get(row.name)) &&
      (view.role === 'master' || view.replication.link === 'up'),
  );
}
