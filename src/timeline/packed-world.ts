/**
 * A world put away small. From one kept world to the next nearly every entry of every table and
 * nearly every connection has changed, but only in its times. What comes back is equal to what was
 * put in.
 */
import { NO_TICKS } from '../kernel/ticks';
import type { World } from '../kernel/world';
import type { ClusterNode } from '../protocol/cluster-state';
import { Connections } from '../protocol/connections';
import { ValueMap } from '../protocol/value-map';
import {
  packConnections,
  unpackConnections,
  type EarlierConnections,
  type PackedConnections,
} from './packed-connections';
import { packNodes, tablesOf, unpackNodes, type PackedNodes, type ReadTable } from './packed-nodes';
import {
  packNumbers,
  unpackNumbers,
  type EarlierNumbers,
  type PackedNumbers,
} from './packed-numbers';
import { packQueue, unpackQueue, type EarlierQueue, type PackedQueue } from './packed-queue';
import { packRows, unpackRows, type EarlierRows, type PackedRows } from './packed-rows';
import { packTicks, unpackTicks, type PackedTicks } from './packed-ticks';
import { ENTRIES } from './packings';

export interface PackedWorld {
  readonly rest: World;
  readonly nodes: PackedNodes;
  /** Of all nodes: their tables, and those of nodes.conf. */
  readonly known: PackedRows<ClusterNode>;
  readonly saved: PackedRows<ClusterNode>;
  /** The vital signs in them. */
  readonly knownVitals: PackedNumbers;
  readonly savedVitals: PackedNumbers;
  readonly connections: PackedConnections;
  readonly future: PackedQueue;
  readonly ticks: PackedTicks;
}

/** A world that was put away, and its parts as they are. */
export interface Earlier {
  readonly packed: PackedWorld;
  readonly known: EarlierRows<ClusterNode>;
  readonly saved: EarlierRows<ClusterNode>;
  readonly knownVitals: EarlierNumbers;
  readonly savedVitals: EarlierNumbers;
  readonly connections: EarlierConnections;
  readonly future: EarlierQueue;
  /** The same world, to go on from: what changes in it is found sooner. */
  readonly world: World;
}

const NOBODY: World['nodes'] = ValueMap.from();

/** Puts a world away; it shares what it can with an earlier one. */
export function packWorld(world: World, earlier: Earlier | null): Earlier {
  const { context } = world.bus;
  const nodes = packNodes(world.nodes, earlier?.packed.nodes ?? null);
  const tables = tablesOf(world.nodes, nodes);
  const known = packRows(tables.known.rows, earlier?.known ?? null, ENTRIES);
  const saved = packRows(tables.saved.rows, earlier?.saved ?? null, ENTRIES);
  const knownVitals = packNumbers(tables.known.vitals, earlier?.knownVitals ?? null);
  const savedVitals = packNumbers(tables.saved.vitals, earlier?.savedVitals ?? null);
  const connections = packConnections(context.connections, earlier?.connections ?? null);
  const future = packQueue(world.queue, earlier?.future ?? null);
  const withConnections = (all: Connections): World => ({
    ...world,
    bus: { ...world.bus, context: { ...context, connections: all } },
  });
  const packed = {
    rest: {
      ...withConnections(Connections.NONE),
      queue: null,
      ticks: NO_TICKS,
      nodes: NOBODY,
    },
    nodes,
    known: known.packed,
    saved: saved.packed,
    knownVitals: knownVitals.packed,
    savedVitals: savedVitals.packed,
    connections: connections.packed,
    future: future.packed,
    ticks: packTicks(world.ticks, world.names),
  };
  const goesOn = withConnections(connections.connections);
  return { packed, known, saved, knownVitals, savedVitals, connections, future, world: goesOn };
}

/** The world that was put away. Its connections and nodes.conf are read when somebody asks. */
export function unpackWorld(packed: PackedWorld): World {
  const { rest } = packed;
  const known = {
    rows: unpackRows(packed.known, ENTRIES),
    vitals: unpackNumbers(packed.knownVitals),
  };
  let saved: ReadTable | null = null;
  const readSaved = (): ReadTable =>
    (saved ??= {
      rows: unpackRows(packed.saved, ENTRIES),
      vitals: unpackNumbers(packed.savedVitals),
    });
  const connections = unpackConnections(packed.connections);
  return {
    ...rest,
    queue: unpackQueue(packed.future),
    ticks: unpackTicks(packed.ticks, rest.names),
    nodes: unpackNodes(packed.nodes, known, readSaved),
    bus: { ...rest.bus, context: { ...rest.bus.context, connections } },
  };
}
