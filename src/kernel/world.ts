/**
 * A world: everything true at one instant, as one immutable value.
 */
import { quietBus } from '../protocol/bus-state';
import { busStepper, type BusSnapshot } from '../protocol/bus.machine';
import type { BusEvent } from '../protocol/bus-state';
import type { ClientEvent } from '../protocol/client-state';
import type { ClientSnapshot } from '../protocol/client.machine';
import type { NodeEvent } from '../protocol/effects';
import type { FrameElection } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import { copyOfState } from '../protocol/copies';
import type { NodeSnapshot } from '../protocol/node.machine';
import { cronPhaseMs } from '../protocol/time/tick-times';
import type { Mutable } from '../protocol/turn';
import { ValueMap } from '../protocol/value-map';
import type { CliEvent } from '../redis-cli/cli-state';
import { NO_WRITES, type Writes } from './acknowledged-writes';
import { networkOf } from './dial';
import { EventQueue } from './event-queue';
import type { Input } from './inputs';
import { newProcess } from './new-process';
import { createArgv, withRun, type Operators } from './operators';
import { nodeNames, type Scene } from './scene';
import { NO_TICKS, type Ticks } from './ticks';

/** Something that will happen. `seq` orders what happens in the same millisecond. */
export interface ScheduledEvent {
  readonly atMs: number;
  readonly seq: number;
  readonly what: Happening;
}

export type Happening =
  | { readonly target: 'node'; readonly node: NodeName; readonly event: NodeEvent }
  /** The tick of one run of a process: a process that slept or died starts a new run of ticks. */
  | {
      readonly target: 'cron';
      readonly node: NodeName;
      readonly run: number;
      /** Ticks before it that were left out. */
      readonly passed?: number;
    }
  | { readonly target: 'bus'; readonly event: BusEvent }
  | { readonly target: 'client'; readonly client: string; readonly event: ClientEvent }
  | { readonly target: 'operator'; readonly client: string; readonly event: CliEvent }
  | { readonly target: 'input'; readonly input: Input };

export interface World {
  readonly scene: Scene;
  readonly nowMs: number;
  /** How many events have happened. */
  readonly steps: number;
  readonly nextSeq: number;
  readonly nextInput: number;
  readonly queue: EventQueue<ScheduledEvent>;
  /** Every process there ever was, in the order of ports. */
  readonly names: readonly NodeName[];
  /** Apart from the queue: most of them are passed over. The first of each run is in the queue. */
  readonly ticks: Ticks;
  /** One of them changes with every step: hence no plain record. */
  readonly nodes: ValueMap<NodeName, NodeSnapshot>;
  readonly processSinceMs: Readonly<Record<NodeName, number>>;
  readonly cronRuns: Readonly<Record<NodeName, number>>;
  readonly bus: BusSnapshot;
  readonly clients: Readonly<Record<string, ClientSnapshot>>;
  /** redis-cli in cluster mode: every run so far, the one that makes the cluster first. */
  readonly operators: Operators;
  /** What an all-seeing observer has counted; no node reads it. */
  readonly elections: readonly FrameElection[];
  readonly writes: Writes;
}

/** The beginning of a scene: processes that know nobody, and perhaps redis-cli about to start. */
export function createWorld(scene: Scene): World {
  const names = nodeNames(scene);
  const nodes = ValueMap.from(names.map((name) => [name, newProcess(scene, name)] as const));
  let world: World = {
    scene,
    nowMs: 0,
    steps: 0,
    nextSeq: 1,
    nextInput: 1,
    queue: EventQueue.from(),
    names,
    ticks: NO_TICKS,
    nodes,
    processSinceMs: Object.fromEntries(names.map((name) => [name, 0])),
    cronRuns: Object.fromEntries(names.map((name) => [name, 0])),
    bus: busStepper.start(quietBus(scene.seed, scene.latencyMs, names, networkOf(scene))),
    clients: {},
    operators: {},
    elections: [],
    writes: NO_WRITES,
  };
  for (const name of names) {
    const atMs = cronPhaseMs(scene.seed, Number(name));
    world = schedule(world, atMs, { target: 'cron', node: name, run: 0 });
  }
  if (scene.start === 'create') {
    const start = { seed: scene.seed, argv: createArgv(scene), answers: [] };
    const { operators, client } = withRun({}, start);
    const event = { type: 'START', nowMs: 1 } as const;
    world = schedule({ ...world, operators }, 1, { target: 'operator', client, event });
  }
  for (const { atMs, input } of scene.inputs) world = scheduleInput(world, atMs, input);
  return world;
}

/** A world to be written to; field by field, for the reason given in `protocol/copies.ts`. */
export function copyOfWorld(world: World): Mutable<World> {
  return {
    scene: world.scene,
    nowMs: world.nowMs,
    steps: world.steps,
    nextSeq: world.nextSeq,
    nextInput: world.nextInput,
    queue: world.queue,
    names: world.names,
    ticks: world.ticks,
    nodes: world.nodes,
    processSinceMs: world.processSinceMs,
    cronRuns: world.cronRuns,
    bus: world.bus,
    clients: world.clients,
    operators: world.operators,
    elections: world.elections,
    writes: world.writes,
  };
}

/** The same world, to go forward from: what comes of it is no matter to this one. */
export function apart(world: World): World {
  const { nodes, queue, bus } = world;
  const connections = bus.context.connections.apart();
  const after = copyOfWorld(world);
  after.nodes = ValueMap.from([...nodes].map(([name, node]) => [name, nodeApart(node)] as const));
  after.queue = queue.apart();
  after.bus = { ...bus, context: { ...bus.context, connections } };
  return after;
}

function nodeApart({ value, context, chart }: NodeSnapshot): NodeSnapshot {
  const after = copyOfState(context);
  after.vitals = context.vitals.apart();
  return { value, context: after, chart: chart! };
}

/**
 * Nobody will read this world any more, nor any it came from: it keeps nothing alive that a later
 * one has changed.
 */
export function letGo({ nodes, queue, bus }: World): void {
  nodes.letGo();
  queue.letGo();
  bus.context.connections.letGo();
}

/** In a world whose past was let go: what a node knows no longer holds what it knew before. */
export function forgetPast({ nodes }: World, name: NodeName): void {
  const context = nodes.get(name)?.context;
  if (context?.vitals.hasLongPast) context.vitals.forgetBefore(context.saved.vitals);
}

/** One more thing to come, in a world that is being made. */
export function scheduleInto(world: Mutable<World>, atMs: number, what: Happening): void {
  world.queue = world.queue.with({ atMs, seq: world.nextSeq++, what });
}

/** The world with one more thing to come. */
export function schedule(world: World, atMs: number, what: Happening): World {
  const after = copyOfWorld(world);
  scheduleInto(after, atMs, what);
  return after;
}

/**
 * Before all others of a millisecond, but for inputs: what a link or a sleeping process kept back.
 */
const KEPT_BACK_FIRST = -500_000_000;

/** One more thing to come now, before anything else but inputs, in a world that is being made. */
export function scheduleFirstInto(world: Mutable<World>, what: Happening): void {
  const seq = KEPT_BACK_FIRST + world.nextSeq++;
  world.queue = world.queue.with({ atMs: world.nowMs, seq, what });
}

/**
 * Inputs have numbers of their own, before all others of their millisecond: a run that was steered
 * by hand and the same run from a list of inputs are one and the same.
 */
const INPUTS_FIRST = -1_000_000_000;

function scheduleInput(world: World, atMs: number, input: Input): World {
  const seq = INPUTS_FIRST + world.nextInput;
  const event: ScheduledEvent = { atMs, seq, what: { target: 'input', input } };
  const after = copyOfWorld(world);
  after.nextInput++;
  after.queue = world.queue.with(event);
  return after;
}

/**
 * When an input given at `atMs` takes effect: not in a millisecond in which something has happened.
 */
export function inputTimeMs(world: World, atMs: number): number {
  return Math.max(world.nowMs + (world.steps > 0 ? 1 : 0), Math.ceil(atMs));
}

/** The world before these inputs, none of which has come yet, were given. */
export function withoutInputs(world: World, gone: ReadonlySet<Input>): World {
  if (gone.size === 0) return world;
  const stay = world.queue
    .all()
    .filter(({ what }) => what.target !== 'input' || !gone.has(what.input));
  const nextInput = world.nextInput - (world.queue.all().length - stay.length);
  return { ...world, queue: EventQueue.from(stay), nextInput };
}

/** The world with an input to come, as early as it can. */
export function act(world: World, input: Input, atMs: number): World {
  return scheduleInput(world, inputTimeMs(world, atMs), input);
}
