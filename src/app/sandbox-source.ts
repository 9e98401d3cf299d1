/** From a sandbox's address to the cluster it asks for, or to what is wrong with it. */
import type { Scene } from '../kernel/scene';
import { DEFAULT_SCENE, createdNames, nodeNames } from '../kernel/scene';
import type { TimedInput } from '../kernel/inputs';
import type { ClusterFrame } from '../protocol/cluster-frame';
import { printActionError } from '../lesson/action-error';
import { parseAction, printInput } from '../lesson/actions';
import type { LessonLocale } from '../lesson/lesson';
import { SimulatedSource } from '../timeline/simulated-source';
import type { Problem, SandboxPlace } from './url';

/** A new cluster is shown from the moment it is whole; by then it has surely formed. */
const FORMED_BY_MS = 60_000;

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
  };
  const inputs: TimedInput[] = [];
  for (const deed of place.deeds) {
    const read = readDeed(deed, nodeNames(scene), locale);
    if ('kind' in read) return read;
    inputs.push(read);
  }
  const source = new SimulatedSource({ ...scene, inputs }, printInput);
  if (place.atMs !== null) source.seekTime(place.atMs);
  else leapUntilWhole(source);
  return source;
}

function readDeed(text: string, nodes: readonly string[], locale: LessonLocale) {
  const problem = (why: string): Problem => ({ kind: 'sentence', found: text, why });
  const parsed = parseAction(text, nodes);
  if (!parsed.ok) return problem(printActionError(parsed.error, locale));
  const { atMs, action } = parsed.timed;
  if (action.type !== 'input' || atMs === null) return problem('');
  return { atMs, input: action.input } satisfies TimedInput;
}

/**
 * To the moment when all know each other, every slot is served and every replica has its master.
 */
function leapUntilWhole(source: SimulatedSource): void {
  const names = createdNames(source.scene);
  while (!isWhole(source.frame, names) && source.cursor.atMs < FORMED_BY_MS) source.stepEvents(1);
}

/** Spare nodes do not count: nobody knows them yet. */
function isWhole(frame: ClusterFrame, names: readonly string[]): boolean {
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
