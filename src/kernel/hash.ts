/**
 * A fingerprint of a whole world: equal worlds, equal hashes, in every engine.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ClusterState } from '../protocol/cluster-state';
import { wholeEntries } from '../protocol/whole-entries';
import { allTicks } from './ticks';
import type { World } from './world';

/**
 * 16 hexadecimal characters. What lies ahead counts too: two worlds are equal if their futures are.
 */
export function hashWorld(world: World): string {
  const machines = world.names.map((name) => {
    const { value, context } = world.nodes.get(name)!;
    return { name, value, context: plain(context) };
  });
  const everything = {
    nowMs: world.nowMs,
    steps: world.steps,
    // The numbers only order what happens in one millisecond; the order itself is what counts.
    queue: [...world.queue].map(({ atMs, what }) => ({ atMs, what })),
    machines,
    ticks: allTicks(world.ticks)
      .sort((a, b) => a.atMs - b.atMs || a.seq - b.seq)
      .map(({ atMs, node, run, passed }) => ({ atMs, node, run, passed })),
    bus: { value: world.bus.value, context: world.bus.context },
    clients: Object.entries(world.clients).map(([name, { value, context }]) => ({
      name,
      value,
      context,
    })),
    operators: Object.entries(world.operators).map(([name, { value, context }]) => ({
      name,
      value,
      context,
    })),
    elections: world.elections,
    writes: world.writes,
    processSinceMs: world.processSinceMs,
    cronRuns: world.cronRuns,
  };
  return bytesToHex(sha256(utf8ToBytes(canonical(everything)))).slice(0, 16);
}

/** A node's state with its tables entry by entry. */
function plain({ vitals, ...rest }: ClusterState): object {
  const { vitals: savedVitals, ...saved } = rest.saved;
  return {
    ...rest,
    nodes: wholeEntries({ nodes: rest.nodes, vitals }),
    saved: { ...saved, nodes: wholeEntries({ nodes: saved.nodes, vitals: savedVitals }) },
  };
}

/** JSON with sorted keys, so that the order in which fields were written does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    const record = part as Record<string, unknown>;
    return Object.fromEntries(
      Object.keys(record)
        .sort()
        .map((key) => [key, record[key]]),
    );
  });
}
