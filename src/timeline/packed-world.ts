/**
 * Worlds put away small. From one kept world to the next nearly every table has changed, but mostly
 * in its times: only what has changed is written down, in diaries that all worlds of a line share.
 * What comes back is equal to what was put in; nodes, nodes.conf and connections are read when
 * somebody asks.
 */
import { NO_TICKS } from '../kernel/ticks';
import type { World } from '../kernel/world';
import type { NodeName } from '../protocol/ids';
import { Connections } from '../protocol/connections';
import { ValueMap } from '../protocol/value-map';
import { ByteLog } from './byte-log';
import { ConnectionDiary, type PackedConnections } from './packed-connections';
import { NodeDiaries, type PackedNodes } from './packed-nodes';
import { QueueDiary, type PackedQueue } from './packed-queue';
import { packTicks, unpackTicks, type PackedTicks } from './packed-ticks';

export interface PackedWorld {
  readonly rest: World;
  readonly nodes: PackedNodes;
  readonly connections: PackedConnections;
  readonly future: PackedQueue;
  readonly ticks: PackedTicks;
}

const NOBODY: World['nodes'] = ValueMap.from();

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
    const { nowMs, names } = world;
    if (names !== this.names) this.places = new Map(names.map((name, place) => [name, place]));
    this.names = names;
    const { connections } = world.bus.context;
    const put = this.connections.put(connections, nowMs);
    const packed = {
      rest: {
        ...withConnections(world, Connections.NONE),
        queue: null,
        ticks: NO_TICKS,
        nodes: NOBODY,
      },
      nodes: this.nodes.put(world.nodes, nowMs),
      connections: put.packed,
      future: this.queues.put(world.queue),
      ticks: packTicks(world.ticks, this.places, this.ticks),
    };
    return { packed, world: withConnections(world, put.connections) };
  }
}

/** The world that was put away. */
export function unpackWorld({ rest, nodes, connections, future, ticks }: PackedWorld): World {
  return {
    ...withConnections(rest, connections.diary.read(connections)),
    queue: future.diary.read(future),
    ticks: unpackTicks(ticks, rest.names),
    nodes: nodes.diaries.read(nodes),
  };
}

function withConnections(world: World, connections: Connections): World {
  const { bus } = world;
  return { ...world, bus: { ...bus, context: { ...bus.context, connections } } };
}
