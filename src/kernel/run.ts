/**
 * Running a world without a picture.
 */
import type { NodeName } from '../protocol/ids';
import { nextEvent, step, type StepRecord } from './step';
import { apart, forgetPast, letGo, type Happening, type World } from './world';

/** Gives up on a run that never gets where it should. */
const MAX_STEPS = 5_000_000;

/** A step for whoever only goes forward: neither `world` nor what it came from is read again. */
export function stepOn(world: World): ReturnType<typeof step> {
  const stepped = step(world);
  if (!stepped) return null;
  const [after, { cause }] = stepped;
  letGo(world);
  const node = mostlyTouchedBy(cause);
  if (node !== null) forgetPast(after, node);
  return stepped;
}

/** To whom something came; nearly all that nodes learn they learn so. */
function mostlyTouchedBy(what: Happening): NodeName | null {
  if (what.target === 'cron') return what.node;
  return what.target === 'bus' && what.event.type === 'ARRIVE' ? what.event.to : null;
}

/** Runs to the end of virtual time `untilMs`; each step is shown to `onStep`. */
export function runUntilTime(
  world: World,
  untilMs: number,
  onStep?: (record: StepRecord, world: World) => void,
): World {
  // Where nobody is shown the worlds between, each is let go.
  const goOn = onStep ? step : stepOn;
  let current = onStep ? world : apart(world);
  for (let taken = 0; taken < MAX_STEPS; taken++) {
    const next = nextEvent(current);
    if (!next || next.atMs > untilMs) return current;
    const [after, record] = goOn(current)!;
    current = after;
    onStep?.(record, current);
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
