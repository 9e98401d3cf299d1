/**
 * Lives one hard life under watch: every rule of invariants.ts after every step, and at the end
 * agreement, and an account of the writes.
 */
import { NOTHING_LOST, countWrites, type LossWindow } from '../kernel/acknowledged-writes';
import { Watch, disagreement } from '../kernel/invariants';
import { runUntilTime } from '../kernel/run';
import { createWorld, type World } from '../kernel/world';
import { hardLife } from './hard-life';

export interface SwarmResult {
  readonly seed: number;
  readonly steps: number;
  readonly promotions: number;
  readonly writes: number;
  readonly lost: Readonly<Record<LossWindow, number>>;
  /** What was broken, and when; null when nothing was. */
  readonly broken: { readonly what: string; readonly atMs: number } | null;
}

/** The outcome of one seed. Pure; it never throws because of what it finds. */
export function liveHard(seed: number): SwarmResult {
  const { scene, endMs } = hardLife(seed);
  const watch = new Watch();
  let world = createWorld(scene);
  let promotions = 0;
  const result = (broken: SwarmResult['broken']): SwarmResult => {
    const { acknowledged, lost } = broken
      ? { acknowledged: 0, lost: NOTHING_LOST }
      : countWrites(world);
    return { seed, steps: world.steps, promotions, writes: acknowledged, lost, broken };
  };
  try {
    world = runUntilTime(world, endMs, (record, after) => {
      world = after;
      watch.see(record, after);
      promotions += record.notes.filter(({ event }) => event === 'promote').length;
    });
  } catch (error) {
    return result({ what: (error as Error).message, atMs: world.nowMs });
  }
  const what = brokenAtTheEnd(world);
  return result(what === null ? null : { what, atMs: endMs });
}

function brokenAtTheEnd(world: World): string | null {
  const disagree = disagreement(world);
  if (disagree !== null) return `no agreement: ${disagree}`;
  for (const [name, { context }] of world.nodes) {
    if (context.state !== 'ok') return `${name} is still in state ${context.state}`;
  }
  const { unexplained } = countWrites(world);
  return unexplained.length > 0 ? `acknowledged writes are lost: ${unexplained.join('; ')}` : null;
}
