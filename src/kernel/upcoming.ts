/**
 * What happens next in a world: the earliest of what is scheduled, or a tick. Ticks in which
 * nothing can happen are passed over on the way.
 */
import { processOf, restsInChart, type NodeSnapshot } from '../protocol/node.machine';
import { tickIsQuiet } from '../protocol/time/quiet-ticks';
import type { Mutable } from '../protocol/turn';
import { isBefore } from './event-queue';
import { TickDraft, firstTick, type Tick, type Ticks } from './ticks';
import { copyOfWorld, type ScheduledEvent, type World } from './world';

export interface Upcoming {
  /** Null: nothing will ever happen again. */
  readonly event: ScheduledEvent | null;
  /** The ticks that follow, those of the event itself and before left out. */
  readonly ticks: Ticks;
  /** Ticks take numbers when they are planned, also those that are passed over. */
  readonly nextSeq: number;
}

/** Whether a tick may be passed over. */
export type MayPass = (node: NodeSnapshot, nowMs: number, passedTicks: number) => boolean;

/** Ticks in which the process would do nothing but count. */
export const QUIET_TICKS: MayPass = (node, nowMs, passedTicks) =>
  tickIsQuiet(node.context, nowMs, passedTicks) && restsInChart(node);

/** Every tick happens. */
export const EVERY_TICK: MayPass = () => false;

const latest: { world: World | null; mayPass: MayPass; found: Upcoming | null } = {
  world: null,
  mayPass: EVERY_TICK,
  found: null,
};

/** Whoever asks when the next event comes will most often take it: it is looked for once. */
export function upcoming(world: World, mayPass: MayPass): Upcoming {
  const { found } = latest;
  if (found && latest.world === world && latest.mayPass === mayPass) return found;
  latest.world = world;
  latest.mayPass = mayPass;
  return (latest.found = find(world, mayPass));
}

function find(world: World, mayPass: MayPass): Upcoming {
  const { queue, scene } = world;
  const scheduled = queue.first;
  const nearest = firstTick(world.ticks);
  if (!nearest || (scheduled && isBefore(scheduled, nearest))) {
    return { event: scheduled, ticks: world.ticks, nextSeq: world.nextSeq };
  }
  let { nextSeq } = world;
  const draft = new TickDraft(world.ticks, scene.seed);
  for (;;) {
    const tick = draft.first;
    if (!tick || (scheduled && isBefore(scheduled, tick))) {
      return { event: scheduled, ticks: draft.done(), nextSeq };
    }
    draft.take(tick);
    if (!isCurrent(world, tick)) continue;
    const { atMs, seq, node, run, passed } = tick;
    if (!mayPass(world.nodes.get(node)!, atMs, passed)) {
      const what = { target: 'cron', node, run, passed } as const;
      return { event: { atMs, seq, what }, ticks: draft.done(), nextSeq };
    }
    draft.add(atMs, nextSeq++, tick, passed + 1);
  }
}

/** A copy of a world in which its next event is about to happen. */
export function atEvent(
  world: World,
  event: ScheduledEvent,
  { ticks, nextSeq }: Upcoming,
): Mutable<World> {
  const begun = copyOfWorld(world);
  if (event === world.queue.first) begun.queue = world.queue.withoutFirst();
  begun.ticks = ticks;
  begun.nextSeq = nextSeq;
  begun.nowMs = event.atMs;
  begun.steps++;
  return begun;
}

/** A tick has happened: the next one of its run is to come. */
export function planTick(world: Mutable<World>, tick: Pick<Tick, 'node' | 'run'>): void {
  const draft = new TickDraft(world.ticks, world.scene.seed);
  draft.add(world.nowMs, world.nextSeq++, tick, 0);
  world.ticks = draft.done();
}

/** Whether this is still the tick of a process that runs. */
export const isCurrent = (world: World, { node, run }: Pick<Tick, 'node' | 'run'>): boolean =>
  world.cronRuns[node] === run && processOf(world.nodes.get(node)!) === 'running';

/** How many ticks of a node were passed over since the last that happened. */
export function passedTicks({ ticks, cronRuns }: World, node: string): number {
  for (const { items, from, to } of ticks) {
    for (let i = from; i < to; i++) {
      const tick = items[i]!;
      if (tick.node === node && tick.run === cronRuns[node]) return tick.passed;
    }
  }
  return 0;
}
