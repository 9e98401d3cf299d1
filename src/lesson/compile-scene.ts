import { nodeNames, type Scene, type SceneNetwork, type SceneRecording } from '../kernel/scene';
import type { NodeLog } from '../node-log/node-log';
import { compileCondition } from './conditions';
import type { CompileContext } from './compile-context';
import { compileLog } from './compile-log';
import type { LessonScene, Opening } from './lesson';
import type { SceneSource } from './lesson-schema';
import type { Path } from './yaml-file';

const OPENS_WITHIN_MS = 60_000;

/** A scene as plain data; a topology redis-cli would refuse is reported in its words. */
export function compileScene(
  source: SceneSource,
  path: Path,
  context: CompileContext,
): LessonScene {
  const [masters, replicas] = source.nodes.split('+').map(Number) as [number, number];
  checkTopology({ masters, replicas }, source.start, path, context);
  const replicasPerMaster = Math.floor(replicas / Math.max(1, masters));
  const spareNodes = source.spare;
  const ports = portsOf(source, masters + replicas, path, context);
  context.nodes = nodeNames({ masters, replicasPerMaster, spareNodes, ...ports });
  const [min, max] = source.latency.slice(0, -2).split('-').map(Number) as [number, number];
  const scene: Scene = {
    masters,
    replicasPerMaster,
    ...(spareNodes > 0 ? { spareNodes } : {}),
    ...ports,
    nodeTimeoutMs: durationMs(source.timeout),
    seed: source.seed,
    start: source.start,
    latencyMs: { min, max },
    ...(source.switches.length > 0 ? { switches: source.switches } : {}),
    ...logOf(source, path, context),
    ...recordingOf(source, path, context),
    ...networkOf(source),
    ...copiesOf(source, path, context),
    inputs: context.timedInputs(source.do, [...path, 'do']),
  };
  return { scene, opens: compileOpening(source.opens, [...path, 'opens'], context) };
}

/** The ports of a scene that does not begin at 8901: each node one, none twice. */
function portsOf(
  { ports }: SceneSource,
  nodes: number,
  path: Path,
  context: CompileContext,
): { ports?: readonly number[] } {
  if (!ports) return {};
  const given = new Set(ports).size;
  if (given === nodes && ports.length === nodes) return { ports };
  const en = `${ports.length} ports, ${given} of them different, for ${nodes} nodes.`;
  const zh = `${nodes} 个节点，却给了 ${ports.length} 个端口（互不相同的有 ${given} 个）。`;
  context.report('E03', [...path, 'ports'], en, zh);
  return {};
}

function networkOf({ network }: SceneSource): { network?: SceneNetwork } {
  if (!network) return {};
  const { host: hostIp, bridge: bridgeIp, first: firstContainerIp, outside } = network;
  const publishedPorts = network.published.flatMap((range) => {
    const [first, last] = range.split('-').map(Number) as [number, number];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  });
  return { network: { hostIp, bridgeIp, firstContainerIp, publishedPorts, outside } };
}

/** Who starts with a copy of whose nodes.conf: both are nodes of the scene. */
function copiesOf(
  { copies }: SceneSource,
  path: Path,
  context: CompileContext,
): Pick<Scene, 'copies'> {
  if (!copies) return {};
  for (const [copy, original] of Object.entries(copies)) {
    for (const node of [copy, original]) context.node(node, [...path, 'copies', copy]);
  }
  return { copies };
}

function logOf({ log: name }: SceneSource, path: Path, context: CompileContext): { log?: NodeLog } {
  if (name === undefined) return {};
  const text = context.files[name];
  if (text === undefined) {
    context.unknownWord(name, Object.keys(context.files), [...path, 'log']);
    return {};
  }
  const { log, problems } = compileLog(`${context.slug}/${name}`, text);
  context.problems.push(...problems);
  return log ? { log } : {};
}

/** What it holds is read when it is opened. */
function recordingOf(
  { recording: name }: SceneSource,
  path: Path,
  context: CompileContext,
): { recording?: SceneRecording } {
  if (name === undefined) return {};
  const base64 = context.files[name];
  if (base64 !== undefined) return { recording: { name, base64 } };
  context.unknownWord(name, Object.keys(context.files), [...path, 'recording']);
  return {};
}

function compileOpening(text: string, path: Path, context: CompileContext): Opening {
  if (/^\d+(\.\d+)?(ms|s)$/.test(text)) return { type: 'at', atMs: durationMs(text) };
  if (compileCondition(text).ok || /[(=<>]/.test(text)) {
    context.condition(text, path);
    return { type: 'when', condition: text, withinMs: OPENS_WITHIN_MS };
  }
  context.unknownWord(text, ['8s', 'a condition'], path);
  return { type: 'at', atMs: 0 };
}

/** Source: clusterManagerCommandCreate, src/redis-cli.c. */
function checkTopology(
  { masters, replicas }: { masters: number; replicas: number },
  start: Scene['start'],
  path: Path,
  context: CompileContext,
): void {
  const place = [...path, 'nodes'];
  if (masters > 0 && replicas % masters !== 0) {
    const en = `${replicas} replicas cannot be shared equally by ${masters} masters.`;
    context.report('E03', place, en, `${replicas} 个从节点无法平均分给 ${masters} 个主节点。`);
  } else if (masters < 3 && start === 'create') {
    const each = masters > 0 ? replicas / masters : 0;
    const said = [
      'Redis Cluster requires at least 3 master nodes.',
      `This is not possible with ${masters + replicas} nodes and ${each} replicas per node.`,
      `At least ${3 * (each + 1)} nodes are required.`,
    ].join(' ');
    const en = `redis-cli would refuse: ${said} Or use “start: empty”.`;
    context.report('E03', place, en, `redis-cli 会拒绝：${said} 也可以改用“start: empty”。`);
  }
}

function durationMs(text: string): number {
  return text.endsWith('ms') ? parseFloat(text) : parseFloat(text) * 1000;
}
