/**
 * Worlds put away small. From one kept world to the next nearly every table has changed, but mostly
 * in its times: only what has changed is written down, in diaries that all worlds of a line share.
 * What comes back is equal to what was put in; nodes, nodes.conf and connections are read when
 * somebody asks.
 */
import { EventQueue } from '../kernel/event-queue';
import { NO_TICKS } from '../kernel/ticks';
import { copyOfWorld, type World } from '../kernel/world';
import type { NodeName } from '../protocol/ids';
import { Connections } from '../protocol/connections';
import { copyOfBus } from '../protocol/copies';
import type { Mutable } from '../protocol/turn';
import { ValueMap } from '../protocol/value-map';
import { ByteLog } from './byte-log';
import { ConnectionDiary, type PackedConnections } from './packed-connections';
import { NodeDiaries, type PackedNodes } from './packed-nodes';
import { QueueDiary, queuePieces, type PackedQueue } from './packed-queue';
import { packTicks, unpackTicks, type PackedTicks } from './packed-ticks';

export interface PackedWorld {
  readonly rest: World;
  readonly nodes: PackedNodes;
  readonly connections: PackedConnections;
  readonly future: PackedQueue;
  readonly ticks: PackedTicks;
}

/** A world on its way into a diary. */
export interface Putting {
  /** A piece of it with each call, each about as long as another. */
  readonly work: Generator<void, PackedWorld>;
  /** How many pieces there are, about. */
  readonly pieces: number;
  /** The same world, to go on from. */
  readonly world: World;
}

const NOBODY: World['nodes'] = ValueMap.from();
const NO_CONNECTIONS = Connections.none();
const NOTHING_TO_COME: World['queue'] = EventQueue.from();

/** Where the worlds of a line are put away, one after the other. */
export class WorldDiary {
  private readonly nodes = new NodeDiaries();
  private readonly connections = new ConnectionDiary();
  private readonly queues = new QueueDiary();
  private readonly ticks = new ByteLog();
  private names: readonly NodeName[] = [];
  private places: ReadonlyMap<NodeName, number> = new Map();

  /** Puts a world away; returns the same, to go on from: what changes in it is found sooner. */
  put(world: World): { readonly packed: PackedWorld; readonly world: World } {
    const { work, world: same } = this.begin(world);
    let piece = work.next();
    while (piece.done !== true) piece = work.next();
    return { packed: piece.value, world: same };
  }

  /** The same, but for most of the work. It must be done before another world is put away. */
  begin(world: World): Putting {
    const { nowMs, names } = world;
    if (names !== this.names) this.places = new Map(names.map((name, place) => [name, place]));
    this.names = names;
    const put = this.connections.put(world.bus.context.connections, nowMs);
    const rest = {
      ...withConnections(world, NO_CONNECTIONS),
      queue: NOTHING_TO_COME,
      ticks: NO_TICKS,
      nodes: NOBODY,
    };
    const ticks = packTicks(world.ticks, this.places, this.ticks);
    // Read now: later they would have to be made from what has become of them.
    const [nodes, events] = [[...world.nodes], [...world.queue.all()]];
    const write = (function* (diary: WorldDiary): Generator<void, PackedWorld> {
      const packed = { rest, ticks, connections: put.packed };
      const future = yield* diary.queues.put(events);
      return { ...packed, nodes: yield* diary.nodes.put(nodes, nowMs), future };
    })(this);
    const pieces = nodes.length + queuePieces(events.length);
    return { work: write, pieces, world: withConnections(world, put.connections) };
  }
}

/** The world that was put away. */
export function unpackWorld({ rest, nodes, connections, future, ticks }: PackedWorld): World {
  const world = withConnections(rest, connections.diary.read(connections));
  world.queue = future.diary.read(future);
  world.ticks = unpackTicks(ticks, rest.names);
  world.nodes = nodes.diaries.read(nodes);
  return world;
}

/** A copy of its own, made as each step makes one: to the engine all are of one kind. */
function withConnections(world: World, connections: Connections): Mutable<World> {
  const copy = copyOfWorld(world);
  const { value, context: before, chart } = world.bus;
  const context = copyOfBus(before);
  context.connections = connections;
  copy.bus = { value, context, chart: chart! };
  return copy;
}
