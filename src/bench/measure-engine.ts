/** How fast a cluster of some size runs, with its statecharts or without. */
import { stepOn } from '../kernel/run';
import { nextEvent } from '../kernel/step';
import { DEFAULT_SCENE } from '../kernel/scene';
import type { World } from '../kernel/world';
import { withoutXState } from './plain-steppers';
import { VAST, type EngineRound, type EngineScene } from './results';
import { settledWorld } from './settled-world';

/** Simulated time of one round: some ten thousand events, and at least two times the ping time. */
const WINDOW_MS: Readonly<Record<number, number>> = {
  6: 2_000_000,
  30: 300_000,
  100: 30_000,
  300: 15_000,
  1_000: 15_000,
};
/** JavaScript engines run new code slowly for so long, and optimize it bit by bit. */
const WARMING_EVENTS = 100_000;
/** Until the nodes ping as evenly as they will, and their messages are on their way. */
const SETTLING_MS = 10_000;

/**
 * A run that knows its newest world alone. Whoever holds on to an older one keeps alive what has
 * changed since: neither the page nor `npm run sim` does.
 */
interface Run {
  world: World;
}

/** What measures a round of this scene; each begins anew. */
export function engineRounds(scene: EngineScene): () => EngineRound {
  const within = <T>(run: () => T): T => (scene.isCharted ? run() : withoutXState(run));
  // What comes first is slower. A round of a vast cluster is long enough not to mind.
  within(() => (scene.nodes < VAST ? measure(begin(scene), scene.nodes) : begin(scene)));
  return () => within(() => measure(begin(scene), scene.nodes));
}

/** The same each time. */
function begin({ nodes, nodeTimeoutMs }: EngineScene): Run {
  const run = { world: settledWorld({ ...DEFAULT_SCENE, masters: nodes / 2, nodeTimeoutMs }) };
  advance(run, { untilMs: run.world.nowMs + SETTLING_MS });
  advance(run, { events: WARMING_EVENTS });
  return run;
}

/** Seconds are those of the processor, which others may want as well. */
function measure(run: Run, nodes: number): EngineRound {
  const { nowMs, steps } = run.world;
  const from = process.cpuUsage();
  advance(run, { untilMs: nowMs + WINDOW_MS[nodes]! });
  const { user, system } = process.cpuUsage(from);
  const seconds = (user + system) / 1e6;
  const simulatedSeconds = (run.world.nowMs - nowMs) / 1_000;
  const events = run.world.steps - steps;
  return {
    speed: simulatedSeconds / seconds,
    eventsPerSecond: events / seconds,
    eventsPerSimulatedSecond: events / simulatedSeconds,
  };
}

interface Stretch {
  readonly untilMs?: number;
  readonly events?: number;
}

function advance(run: Run, { untilMs = Infinity, events = Infinity }: Stretch): void {
  for (let taken = 0; taken < events; taken++) {
    const next = nextEvent(run.world);
    if (!next || next.atMs > untilMs) return;
    run.world = stepOn(run.world)![0];
  }
}
