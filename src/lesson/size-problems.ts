/** What would keep a page busy for too long, whoever wrote the lesson. */
import type { Scene } from '../kernel/scene';
import type { Action } from './actions';
import type { LessonScene, LessonStep } from './lesson';
import { problem, type Problem } from './problem';
import type { Path, YamlFile } from './yaml-file';

const MOST_NODES = 100;
const MOST_STEPS = 40;
const LEAST_TIMEOUT_MS = 100;
const MOST_INPUTS = 100;
/** Nodes times seconds that one sentence may run for: six nodes for a quarter of an hour. */
const MOST_NODE_SECONDS = 6_000;

/** E16 of scenes, steps and what they run for. */
export function sizeProblems(
  scenes: Readonly<Record<string, LessonScene>>,
  steps: readonly LessonStep[],
  yaml: YamlFile,
): Problem[] {
  const report = (path: Path, en: string, zh: string) => problem('E16', yaml.at(path), en, zh);
  const ofScenes = Object.entries(scenes).flatMap(([name, scene]) => {
    const path = yaml.has(['scenes', name]) ? ['scenes', name] : ['scene'];
    return sceneComplaints(scene).map(([en, zh]) => report(path, en, zh));
  });
  let nodes = 0;
  const ofSteps = steps.flatMap((step, i) => {
    if (step.scene !== null) nodes = nodeCount(scenes[step.scene]?.scene);
    const long = [...step.enter, ...step.then].filter((each) => tooLong(durationMs(each), nodes));
    return long.map(() => report(['steps', i], ...longComplaint(nodes)));
  });
  const en = `${steps.length} steps; a lesson has at most ${MOST_STEPS}.`;
  const zh = `共有 ${steps.length} 步，一课最多 ${MOST_STEPS} 步。`;
  return [
    ...ofScenes,
    ...ofSteps,
    ...(steps.length > MOST_STEPS ? [report(['steps'], en, zh)] : []),
  ];
}

type Complaint = readonly [en: string, zh: string];

function sceneComplaints({ scene, opens }: LessonScene): Complaint[] {
  const nodes = nodeCount(scene);
  const found: Complaint[] = [];
  if (nodes > MOST_NODES) {
    found.push([
      `A scene of ${nodes} nodes; a lesson can play at most ${MOST_NODES}.`,
      `场景有 ${nodes} 个节点，一课最多 ${MOST_NODES} 个。`,
    ]);
  }
  if (scene.nodeTimeoutMs < LEAST_TIMEOUT_MS) {
    found.push([
      `A timeout of ${scene.nodeTimeoutMs} ms; at least ${LEAST_TIMEOUT_MS} ms.`,
      `超时 ${scene.nodeTimeoutMs} ms 太短，至少 ${LEAST_TIMEOUT_MS} ms。`,
    ]);
  }
  if (scene.inputs.length > MOST_INPUTS) {
    found.push([
      `${scene.inputs.length} things are done in one scene; at most ${MOST_INPUTS}.`,
      `一个场景里做了 ${scene.inputs.length} 件事，最多 ${MOST_INPUTS} 件。`,
    ]);
  }
  const openingMs = opens.type === 'at' ? opens.atMs : opens.withinMs;
  if (tooLong(openingMs, nodes)) found.push(longComplaint(nodes));
  return found;
}

function longComplaint(nodes: number): Complaint {
  const seconds = Math.floor(MOST_NODE_SECONDS / Math.max(1, nodes));
  return [
    `This runs too long: with ${nodes} nodes, ${seconds} s at most.`,
    `运行太久：${nodes} 个节点时最多 ${seconds} 秒。`,
  ];
}

function durationMs(action: Action): number {
  if (action.type === 'run-for') return action.durationMs;
  return action.type === 'run-until' ? action.withinMs : 0;
}

function tooLong(durationMs: number, nodes: number): boolean {
  return (nodes * durationMs) / 1000 > MOST_NODE_SECONDS;
}

function nodeCount(scene: Scene | undefined): number {
  // A log is read and a recording played: neither is computed.
  if (scene === undefined || scene.log !== undefined || scene.recording !== undefined) return 0;
  return scene.masters * (1 + scene.replicasPerMaster) + (scene.spareNodes ?? 0);
}
