/**
 * Running a world without a picture.
 */
import { nextEvent, step, type StepRecord } from './step';
import type { World } from './world';

/** Gives up on a run that never gets where it should. */
const MAX_STEPS = 5_000_000;

/** Runs to the end of virtual time `untilMs`; each step is shown to `onStep`. */
export function runUntilTime(
  world: World,
  untilMs: number,
  onStep: (record: StepRecord, world: World) => void = () => undefined,
): World {
  let current = world;
  for (let taken = 0; taken < MAX_STEPS; taken++) {
    const next = nextEvent(current);
    if (!next || next.atMs > untilMs) return current;
    const [after, record] = step(current)!;
    current = after;
    onStep(record, current);
  }
  throw new Error(`${MAX_STEPS} steps and still before ${untilMs} ms (seed ${world.scene.seed})`);
}

/**
 * Runs until `condition` holds after a step; throws when `limitMs` of virtual time pass without it.
 */
export function runUntil(
  world: World,
  condition: (world: World, record: StepRecord) => boolean,
  { limitMs, what }: { readonly limitMs: number; readonly what: string },
): World {
  let current = world;
  const untilMs = world.nowMs + limitMs;
  for (;;) {
    const next = nextEvent(current);
    if (!next || next.atMs > untilMs) {
      throw new Error(`${what} did not happen within ${limitMs} ms (seed ${world.scene.seed})`);
    }
    const [after, record] = step(current)!;
    current = after;
    if (condition(current, record)) return current;
  }
}
