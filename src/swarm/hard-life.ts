/**
 * A hard life, drawn for a seed: a topology, faults, orders and writes, then everything is mended.
 * It is a scene like any other, so a link can open it in the page.
 */
import type { Input, TimedInput } from '../kernel/inputs';
import { DEFAULT_SCENE, FIRST_PORT, nodeNames, type Scene } from '../kernel/scene';
import { drawInt } from '../protocol/draw';
import type { NodeName } from '../protocol/ids';

export interface HardLife {
  readonly scene: Scene;
  /** Everything is mended then. */
  readonly mendedAtMs: number;
  /** By then everyone must agree. */
  readonly endMs: number;
}

const FAULTS_FROM_MS = 8_000;
const FAULTS = 12;
const FIRST_NODE = String(FIRST_PORT);
const WRITE_EVERY_MS = 500;
const CLIENTS = 3;
/** Elections are tried again after four timeouts; several may be needed. */
const REST_TIMEOUTS = 30;
const LEAST_REST_MS = 60_000;
/** Keys of the draws, apart from those of the protocol. */
const DRAW = { topology: 900, fault: 901, moment: 902, write: 903 };

type Process = 'running' | 'frozen' | 'killed';

/** The life of a seed; the same seed, the same life. */
export function hardLife(seed: number): HardLife {
  const pick = <T>(list: readonly T[], ...key: number[]): T =>
    list[drawInt(list.length, seed, ...key)]!;
  const nodeTimeoutMs = pick([1_000, 2_000, 2_000, 5_000], DRAW.topology, 1);
  const scene: Scene = {
    ...DEFAULT_SCENE,
    seed,
    nodeTimeoutMs,
    masters: pick([3, 3, 3, 4, 5, 7], DRAW.topology, 2),
    replicasPerMaster: pick([0, 1, 1, 1, 2], DRAW.topology, 3),
  };
  const gapMs = nodeTimeoutMs * 2;
  const restMs = Math.max(LEAST_REST_MS, nodeTimeoutMs * REST_TIMEOUTS);
  const mendedAtMs = FAULTS_FROM_MS + FAULTS * gapMs;
  const processes = new Map<NodeName, Process>(nodeNames(scene).map((node) => [node, 'running']));
  const faults = Array.from({ length: FAULTS }, (_, i): TimedInput[] => {
    const atMs = FAULTS_FROM_MS + i * gapMs + drawInt(gapMs, seed, DRAW.moment, i);
    return drawFault(scene, i, processes).map((input) => ({ atMs, input }));
  });
  return {
    scene: {
      ...scene,
      inputs: [
        ...faults.flat(),
        ...writes(scene, mendedAtMs),
        ...mending(processes, mendedAtMs),
        { atMs: mendedAtMs + restMs / 2, input: clusterTool('fix', FIRST_NODE, []) },
      ],
    },
    mendedAtMs,
    endMs: mendedAtMs + restMs,
  };
}

/** One fault: of a process, of a link, or of all links between some of the nodes and the rest. */
function drawFault(scene: Scene, i: number, processes: Map<NodeName, Process>): readonly Input[] {
  const pick = <T>(list: readonly T[], salt: number): T =>
    list[drawInt(list.length, scene.seed, DRAW.fault, i, salt)]!;
  const names = [...processes.keys()];
  const node = pick(names, 1);
  const to = pick(
    names.filter((name) => name !== node),
    2,
  );
  const link = { from: node, to, oneWay: pick([true, false], 3) };
  const half = names.filter((_, at) => drawInt(2, scene.seed, DRAW.fault, i, 10 + at) === 0);
  const faults: readonly (readonly Input[])[] = [
    [{ type: 'kill', node }],
    [{ type: 'kill', node }],
    [{ type: 'kill', node }],
    [{ type: 'restart', node }],
    [{ type: 'restart', node }],
    [{ type: 'freeze', node }],
    [{ type: 'wake', node }],
    [{ type: 'cut', ...link }],
    [{ type: 'hold', ...link }],
    [{ type: 'release', ...link }],
    [{ type: 'heal', ...link }],
    [{ type: 'delay', ...link, addMs: pick([50, 300, scene.nodeTimeoutMs], 5) }],
    [{ type: 'drop', from: node, to, count: pick([1, 3, 10], 6), messageType: null }],
    cutOff([node], names),
    cutOff(half, names),
    [{ type: 'heal-all' }],
    [order(node, ['CLUSTER', 'FAILOVER'])],
    [order(node, ['CLUSTER', 'FAILOVER', pick(['FORCE', 'TAKEOVER'], 7)])],
    [order(node, ['CLUSTER', 'BUMPEPOCH'])],
    [reshard(node, to, pick([1, 20, 100], 8))],
    [reshard(node, to, pick([1, 20, 100], 8))],
  ];
  const inputs = pick(faults, 4);
  for (const input of inputs) follow(processes, input);
  return inputs;
}

const cutOff = (few: readonly NodeName[], names: readonly NodeName[]): Input[] =>
  few.flatMap((from) =>
    names
      .filter((to) => !few.includes(to))
      .map((to): Input => ({ type: 'cut', from, to, oneWay: false })),
  );

/** Keeps count of who runs, as the kernel will: waking what is awake does nothing. */
function follow(processes: Map<NodeName, Process>, input: Input): void {
  if (input.type === 'kill') processes.set(input.node, 'killed');
  else if (input.type === 'restart') processes.set(input.node, 'running');
  else if (input.type === 'freeze' && processes.get(input.node) === 'running') {
    processes.set(input.node, 'frozen');
  } else if (input.type === 'wake' && processes.get(input.node) === 'frozen') {
    processes.set(input.node, 'running');
  }
}

/** Moves slots, with their keys, to `to`; a replica, or a node that is away, makes the tool refuse. */
const reshard = (node: NodeName, to: NodeName, slots: number): Input =>
  clusterTool('reshard', node, [
    ...['--cluster-from', 'all', '--cluster-to', `@${to}`],
    ...['--cluster-slots', String(slots), '--cluster-yes'],
  ]);

const clusterTool = (task: string, node: NodeName, options: readonly string[]): Input => ({
  type: 'redis-cli',
  argv: ['--cluster', task, `127.0.0.1:${node}`, ...options],
  // An operator who mends a cluster says yes to what the tool proposes.
  answers: task === 'fix' ? ['yes', 'yes', 'yes', 'yes'] : [],
});

const order = (node: NodeName, argv: readonly string[]): Input => ({
  type: 'command',
  client: 'c9',
  node,
  argv,
  follow: false,
});

/** Each write has a key of its own, so that each can be looked for at the end. */
function writes(scene: Scene, untilMs: number): TimedInput[] {
  const names = nodeNames(scene);
  const count = Math.floor((untilMs - FAULTS_FROM_MS) / WRITE_EVERY_MS);
  return Array.from({ length: count }, (_, i): TimedInput => {
    const node = names[drawInt(names.length, scene.seed, DRAW.write, i)]!;
    const argv = ['SET', `key:${i}`, String(i)];
    const client = `c${1 + (i % CLIENTS)}`;
    return {
      atMs: FAULTS_FROM_MS + i * WRITE_EVERY_MS,
      input: { type: 'command', client, node, argv, follow: true },
    };
  });
}

/**
 * Links heal, sleepers wake, the dead start again. Half a rest later redis-cli closes the slots
 * that a broken move left open, and brings their keys home. Now and then it also finds a slot that
 * its owner gave away: 7.0 does not clear owner_not_claiming_slot when a replica takes over, so an
 * old master that comes back may be believed for a moment.
 */
function mending(processes: ReadonlyMap<NodeName, Process>, atMs: number): TimedInput[] {
  const inputs: TimedInput[] = [{ atMs, input: { type: 'heal-all' } }];
  for (const [node, process] of processes) {
    if (process === 'frozen') inputs.push({ atMs, input: { type: 'wake', node } });
    if (process === 'killed') inputs.push({ atMs, input: { type: 'restart', node } });
  }
  return inputs;
}
