/** Plays an episode of a real run in a simulated cluster of the same shape. */
import type { Input } from '../kernel/inputs';
import { namesById, viewOf } from '../kernel/node-view';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE, type Scene } from '../kernel/scene';
import { act, createWorld, type World } from '../kernel/world';
import type { NodeName } from '../protocol/ids';
import type { ClusterPlan } from './cluster-plan';
import { struckIn, type Episode } from './deeds-of-notes';
import { eventsOfRun, type KeyEvent, type LoggedLine } from './key-events';

/** One hop on loopback. */
const LOOPBACK_MS = { min: 0, max: 1 };
/** By then redis-cli has made the cluster, and every replica has its copy. */
const SETTLED_MS = 12_000;
/** So much virtual time is played before others may go on. */
const SLICE_MS = 250;
const GOLDEN_RATIO = 0.618_033_988_75;

/** The key events of one simulated run, in the names and from the first deed of the real one. */
export function* playModel(
  plan: ClusterPlan,
  episode: Episode,
  seed: number,
): Generator<undefined, KeyEvent[]> {
  // Ticks have phases: the golden ratio spreads the moments evenly over a timeout.
  const strikeMs = SETTLED_MS + Math.round(((seed * GOLDEN_RATIO) % 1) * plan.nodeTimeoutMs);
  let world = yield* play(createWorld(sceneOf(plan, seed)), strikeMs);
  const names = namesIn(world, plan);
  const toModel = (name: NodeName): NodeName => names.get(name) ?? name;
  const toReal = new Map([...names].map(([real, model]) => [model, real]));
  const lines: LoggedLine[] = [];
  const keep = (line: LoggedLine): void => {
    const node = toReal.get(line.node) ?? line.node;
    lines.push({ ...line, node, atMs: line.atMs - strikeMs });
  };
  for (const { atMs, input } of episode.deeds) {
    world = yield* play(world, strikeMs + atMs, keep);
    world = act(world, renamed(input, toModel), strikeMs + atMs);
  }
  yield* play(world, strikeMs + episode.untilMs - episode.fromMs, keep);
  return eventsOfRun(lines, struckIn(episode));
}

function sceneOf({ shards, nodeTimeoutMs }: ClusterPlan, seed: number): Scene {
  const ports = [
    ...shards.map(({ master }) => master),
    ...shards.flatMap(({ replicas }) => replicas),
  ];
  return {
    ...DEFAULT_SCENE,
    ...{ masters: shards.length, replicasPerMaster: shards[0]!.replicas.length, nodeTimeoutMs },
    ...{ seed, latencyMs: LOOPBACK_MS, ports: ports.map(Number) },
  };
}

function* play(
  from: World,
  untilMs: number,
  keep: (line: LoggedLine) => void = () => undefined,
): Generator<undefined, World> {
  let world = from;
  for (let atMs = from.nowMs; atMs < untilMs;) {
    atMs = Math.min(untilMs, atMs + SLICE_MS);
    world = runUntilTime(world, atMs, ({ atMs: nowMs, notes }) => {
      for (const note of notes) if (note.event === 'log') keep({ ...note, atMs: nowMs });
    });
    yield;
  }
  return world;
}

/** redis-cli deals replicas to masters by lot: the same shard has other names here and there. */
function namesIn(world: World, { shards }: ClusterPlan): Map<NodeName, NodeName> {
  const nameById = namesById(world, world.names);
  const views = world.names.map(
    (name) => [name, viewOf(world.nodes.get(name)!, nameById)] as const,
  );
  const names = new Map<NodeName, NodeName>();
  for (const { master, replicas } of shards) {
    names.set(master, master);
    const theirs = views.filter(([, view]) => view.master === master).map(([name]) => name);
    for (const [i, replica] of replicas.entries()) names.set(replica, theirs[i] ?? replica);
  }
  return names;
}

function renamed(input: Input, nameOf: (name: NodeName) => NodeName): Input {
  if (input.type === 'cut' || input.type === 'hold' || input.type === 'heal') {
    return { ...input, from: nameOf(input.from), to: nameOf(input.to) };
  }
  if (input.type === 'release') {
    return { ...input, from: nameOf(input.from), to: nameOf(input.to) };
  }
  if ('node' in input && input.node !== null) return { ...input, node: nameOf(input.node) };
  return input;
}
