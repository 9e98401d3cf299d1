/** How fast clusters of many sizes run, with their statecharts and without. */
import { nextEvent, step } from '../kernel/step';
import { DEFAULT_SCENE } from '../kernel/scene';
import type { World } from '../kernel/world';
import { withoutXState } from './plain-steppers';
import { median, type EngineFigures } from './results';
import { settledWorld } from './settled-world';

/** Redis's own default, and what the scenes of the page begin with. */
const TIMEOUTS_MS = [15_000, 5_000];
const SIZES = [6, 30, 100, 300, 1_000];
const SIZES_QUICK = [6, 30, 100, 300];
/** Simulated time of one round: some ten thousand events, and whole waves of pings. */
const WINDOW_MS: Readonly<Record<number, number>> = {
  6: 2_000_000,
  30: 300_000,
  100: 30_000,
  300: 15_000,
  1_000: 7_500,
};
/** A round ends after this much real time, wherever it is. */
const ROUND_MS = 8_000;
/** JavaScript engines run new code slowly for so long, and optimize it bit by bit. */
const WARMING_EVENTS = 100_000;
/** Where all begin at once, the first pings come at once. */
const SETTLING_MS = 5_000;

interface Round {
  readonly speed: number;
  readonly eventsPerSecond: number;
  readonly eventsPerSimulatedSecond: number;
}

/** A world to begin each round with, and what came of the rounds so far. */
interface Series {
  readonly nodes: number;
  readonly nodeTimeoutMs: number;
  readonly start: World;
  readonly charted: Round[];
  readonly plain: Round[];
}

/** Rounds of all sizes, one after the other, each with statecharts and without. */
export function measureEngine(
  { quick, rounds }: { readonly quick: boolean; readonly rounds: number },
  say: (sentence: string) => void,
): EngineFigures[] {
  const figures: EngineFigures[] = [];
  for (const nodeTimeoutMs of TIMEOUTS_MS) {
    for (const nodes of quick ? SIZES_QUICK : SIZES) {
      const series = begin(nodes, nodeTimeoutMs);
      for (let round = 0; round < rounds; round++) {
        say(`engine: ${nodes} nodes, timeout ${nodeTimeoutMs} ms, round ${round + 1}`);
        series.charted.push(runFor(series.start, nodes));
        series.plain.push(withoutXState(() => runFor(series.start, nodes)));
      }
      figures.push(figuresOf(series));
    }
  }
  return figures;
}

/** What comes first warms the engine up and is not counted. */
function begin(nodes: number, nodeTimeoutMs: number): Series {
  const scene = { ...DEFAULT_SCENE, masters: nodes / 2, nodeTimeoutMs };
  const settled = settledWorld(scene);
  const calm = advance(settled, { untilMs: settled.nowMs + SETTLING_MS });
  const start = advance(calm, { events: WARMING_EVENTS });
  withoutXState(() => advance(start, { events: WARMING_EVENTS }));
  return { nodes, nodeTimeoutMs, start, charted: [], plain: [] };
}

/** Seconds are those of the processor, which others may want as well. */
function runFor(start: World, nodes: number): Round {
  const from = process.cpuUsage();
  const end = advance(start, { untilMs: start.nowMs + WINDOW_MS[nodes]! });
  const { user, system } = process.cpuUsage(from);
  const seconds = (user + system) / 1e6;
  const simulatedSeconds = (end.nowMs - start.nowMs) / 1_000;
  const events = end.steps - start.steps;
  return {
    speed: simulatedSeconds / seconds,
    eventsPerSecond: events / seconds,
    eventsPerSimulatedSecond: events / simulatedSeconds,
  };
}

/** Looks at the clock every so many events. */
const GLANCE = 64;

interface Stretch {
  readonly untilMs?: number;
  readonly events?: number;
}

function advance(world: World, { untilMs = Infinity, events = Infinity }: Stretch): World {
  const stopMs = performance.now() + ROUND_MS;
  let current = world;
  for (let taken = 1; ; taken++) {
    const next = nextEvent(current);
    if (!next || next.atMs > untilMs || taken > events) return current;
    if (taken % GLANCE === 0 && performance.now() > stopMs) return current;
    current = step(current)![0];
  }
}

function figuresOf({ nodes, nodeTimeoutMs, charted, plain }: Series): EngineFigures {
  const eventsPerSecond = median(charted.map((round) => round.eventsPerSecond));
  const ratios = charted.map((round, i) => plain[i]!.eventsPerSecond / round.eventsPerSecond);
  return {
    nodes,
    nodeTimeoutMs,
    speed: median(charted.map(({ speed }) => speed)),
    bestSpeed: Math.max(...charted.map(({ speed }) => speed)),
    eventsPerSecond,
    microsecondsPerEvent: 1e6 / eventsPerSecond,
    eventsPerSimulatedSecond: median(charted.map((round) => round.eventsPerSimulatedSecond)),
    ratio: median(ratios),
  };
}
