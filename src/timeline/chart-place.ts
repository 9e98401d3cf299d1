/** Where a statechart stands, and the last change of state that led there. */
import type { Actor, ActorMove } from '../kernel/step-record';
import type { World } from '../kernel/world';
import type { ChartPlace, RecordedMove } from './cluster-source';

/** Where `actor` stands in `world`; `moves` are those of the whole line, oldest first. */
export function chartPlace(
  world: World,
  moves: readonly RecordedMove[],
  actor: Actor,
): ChartPlace | null {
  const snapshot = snapshotOf(world, actor);
  if (!snapshot) return null;
  const last = moves.findLast((move) => move.step <= world.steps && isOf(actor, move));
  return { value: snapshot.value, last: last ?? null };
}

function snapshotOf(world: World, actor: Actor): { readonly value: ChartPlace['value'] } | null {
  if (actor.kind === 'bus') return world.bus;
  if (actor.kind === 'node') return world.nodes.get(actor.name) ?? null;
  return Object.hasOwn(world.clients, actor.name) ? world.clients[actor.name]! : null;
}

function isOf(actor: Actor, { actor: mover }: ActorMove): boolean {
  if (mover.kind !== actor.kind) return false;
  return mover.kind === 'bus' || actor.kind === 'bus' || mover.name === actor.name;
}
