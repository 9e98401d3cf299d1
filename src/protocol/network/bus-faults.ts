/**
 * What can be wrong with whole links: cut, held, slow, about to drop; and how that ends.
 * Source: none in redis-server; faults follow what proxies and signals did to real clusters.
 */
import type { BusDraft } from './bus-draft';
import { direction, type BusEvent, type Direction, type Pair } from '../bus-state';
import { reset, tryConnect } from './bus-traffic';
import type { NodeName } from '../ids';

type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;
type LinkWord = 'cut' | 'healed' | 'held' | 'released' | 'slow';

/** From now on everything is lost in these directions. */
export function cut(draft: BusDraft, event: EventOf<'CUT'>): void {
  const paths = directions(event);
  cutPaths(draft, paths);
  note(draft, paths, 'cut');
}

/** Cuts every link between nodes of different sides. */
export function partition(draft: BusDraft, { sides }: EventOf<'PARTITION'>): void {
  const paths = sides.flatMap((side) =>
    sides.filter((other) => other !== side).flatMap((other) => pathsBetween(side, other)),
  );
  cutPaths(draft, paths);
  note(draft, paths, 'cut');
}

const pathsBetween = (side: readonly NodeName[], other: readonly NodeName[]): Direction[] =>
  side.flatMap((from) => other.map((to) => direction(from, to)));

function cutPaths(draft: BusDraft, paths: readonly Direction[]): void {
  const { nowMs } = draft;
  const since = Object.fromEntries(paths.map((path) => [path, nowMs] as const));
  // What was cut before has been cut since then.
  draft.own.cut = { ...since, ...draft.state.cut };
}

/** From now on everything is kept back in these directions. */
export function hold(draft: BusDraft, event: EventOf<'HOLD'>): void {
  const { held } = draft.state;
  const paths = directions(event);
  draft.own.held = [...held, ...paths.filter((path) => !held.includes(path))];
  note(draft, paths, 'held');
}

/** From now on every hop takes longer in these directions. */
export function delay(draft: BusDraft, event: EventOf<'DELAY'>): void {
  const added = directions(event).map((path) => [path, event.addMs] as const);
  draft.own.slow = { ...draft.state.slow, ...Object.fromEntries(added) };
  note(draft, directions(event), 'slow');
}

/** The next messages of a direction will be lost. */
export function drop(draft: BusDraft, event: EventOf<'DROP'>): void {
  const { from, to, count, messageType } = event;
  draft.own.drops = { ...draft.state.drops, [direction(from, to)]: { count, messageType } };
}

/** Lets through what was kept back. */
export function release(draft: BusDraft, event: EventOf<'RELEASE'>): void {
  releasePaths(draft, directions(event));
  note(draft, directions(event), 'released');
}

/** Takes every fault off these directions. */
export function heal(draft: BusDraft, event: EventOf<'HEAL'>): void {
  healPaths(draft, directions(event));
  note(draft, directions(event), 'healed');
}

/** Takes every fault off the network. */
export function healAll(draft: BusDraft): void {
  const { cut, held, slow, drops, marks } = draft.state;
  const faulty = [...held, ...[cut, slow, drops].flatMap((faults) => Object.keys(faults))];
  const marked = Object.values(marks).map(({ path }) => path);
  const all = [...new Set([...faulty, ...marked])];
  healPaths(draft, all);
  note(draft, all, 'healed');
}

const directions = ({ from, to, oneWay }: Pair): Direction[] =>
  oneWay ? [direction(from, to)] : [direction(from, to), direction(to, from)];

function note(draft: BusDraft, paths: readonly Direction[], link: LinkWord): void {
  for (const path of paths) {
    const [from, to] = path.split('>') as [NodeName, NodeName];
    draft.note({ event: 'link', from, to, link });
  }
}

function releasePaths(draft: BusDraft, paths: readonly Direction[]): void {
  const { heldBack, held, marks } = draft.state;
  const isFree = (from: string, to: string): boolean => paths.includes(direction(from, to));
  draft.own.held = held.filter((path) => !paths.includes(path));
  draft.own.heldBack = heldBack.filter(({ from, to }) => !isFree(from, to));
  draft.own.marks = Object.fromEntries(
    Object.entries(marks).filter(([, { deed, path }]) => deed !== 'hold' || !paths.includes(path)),
  );
  for (const envelope of heldBack) {
    if (!isFree(envelope.from, envelope.to)) continue;
    draft.arriveFirst(envelope.to, { type: 'envelope', envelope, inSocket: false });
  }
}

/** What lost a frame meanwhile is reset, as TCP would. */
function healPaths(draft: BusDraft, paths: readonly Direction[]): void {
  releasePaths(draft, paths);
  const without = <T>(record: Readonly<Record<Direction, T>>): Record<Direction, T> =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !paths.includes(path)));
  draft.own.cut = without(draft.state.cut);
  draft.own.slow = without(draft.state.slow);
  draft.own.drops = without(draft.state.drops);
  draft.own.marks = Object.fromEntries(
    Object.entries(draft.state.marks).filter(([, { path }]) => !paths.includes(path)),
  );
  for (const connection of draft.connections()) {
    const { dialer, acceptor } = connection;
    const touched = [direction(dialer, acceptor), direction(acceptor, dialer)];
    if (!touched.some((path) => paths.includes(path))) continue;
    if (draft.isCut(dialer, acceptor) || draft.isCut(acceptor, dialer)) continue;
    if (connection.blocked) tryConnect(draft, connection);
    else if (connection.lostFrame) reset(draft, connection);
  }
}
