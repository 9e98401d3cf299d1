/** The halo of a crowd: a cell a node, outside the ring, saying what it holds about one of them. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { beliefOf } from './beliefs';
import type { NodePlaces } from './node-places';
import { bearingRad, normalRad, polar, round, TURN_RAD, type Point } from './polar';

export type CellState = 'ok' | 'pfail' | 'fail' | 'unknown' | 'stopped' | 'self';

export interface CellSector {
  readonly name: NodeName;
  readonly fromRad: number;
  readonly toRad: number;
}

/** What every node holds about `subject`; a stopped process holds nothing that counts. */
export function cellStates(frame: Pick<ClusterFrame, 'nodes'>, subject: NodeName) {
  return new Map<NodeName, CellState>(
    frame.nodes.map((node) => {
      if (node.name === subject) return [node.name, 'self'];
      if (node.process !== 'running') return [node.name, 'stopped'];
      const isKnown = node.view.rows.some((row) => row.name === subject);
      return [node.name, isKnown ? beliefOf(node, subject) : 'unknown'];
    }),
  );
}

/** How many nodes say what; who is stopped, and the subject itself, are not asked. */
export function cellCounts(states: ReadonlyMap<NodeName, CellState>) {
  const counts = { ok: 0, pfail: 0, fail: 0, unknown: 0, stopped: 0, self: 0 };
  for (const state of states.values()) counts[state] += 1;
  return { ...counts, asked: counts.ok + counts.pfail + counts.fail };
}

/**
 * The sector of each node: a shard reaches half of the way to its neighbours and is shared out
 * among its nodes, the one on the ring first.
 */
export function cellSectors(places: NodePlaces): CellSector[] {
  const all = [...places.values()];
  const masters = all
    .filter(({ place }) => place === 'ring')
    .sort((a, b) => normalRad(a.angleRad) - normalRad(b.angleRad));
  return masters.flatMap((master, i) => {
    const members = [master, ...all.filter(({ around }) => around === master.name)];
    const before = aheadRad(masters.at(i - 1)!.angleRad, master.angleRad) / 2;
    const after = aheadRad(master.angleRad, masters[(i + 1) % masters.length]!.angleRad) / 2;
    const [start, width] = [master.angleRad - before, (before + after) / members.length];
    return members.map(({ name }, k) => {
      return { name, fromRad: start + k * width, toRad: start + (k + 1) * width };
    });
  });
}

/** How far one turns clockwise from `a` to reach `b`; a full turn where both are one. */
function aheadRad(a: number, b: number): number {
  return normalRad(b - a) || TURN_RAD;
}

/** The cells as one path for each state, so that three hundred of them are six elements. */
export function cellPaths(
  sectors: readonly CellSector[],
  states: ReadonlyMap<NodeName, CellState>,
  [inner, outer]: readonly [number, number],
): Record<CellState, string> {
  const paths = { ok: '', pfail: '', fail: '', unknown: '', stopped: '', self: '' };
  for (const { name, fromRad, toRad } of sectors) {
    const gap = Math.min((toRad - fromRad) * 0.16, 1.4 / outer);
    const state = states.get(name) ?? 'unknown';
    paths[state] += cellPath(inner, outer, fromRad + gap, toRad - gap);
  }
  return paths;
}

/** Whose cell lies in the direction of a point about the centre of the ring; null for none. */
export function cellAt(sectors: readonly CellSector[], point: Point): NodeName | null {
  const bearing = bearingRad(point);
  const within = ({ fromRad, toRad }: CellSector) =>
    normalRad(bearing - fromRad) <= normalRad(toRad - fromRad);
  return sectors.find(within)?.name ?? null;
}

function cellPath(inner: number, outer: number, fromRad: number, toRad: number): string {
  const at = (radius: number, bearing: number) => {
    const { x, y } = polar(radius, bearing);
    return `${round(x)} ${round(y)}`;
  };
  const large = toRad - fromRad > TURN_RAD / 2 ? 1 : 0;
  const there = `M${at(inner, fromRad)}A${round(inner)} ${round(inner)} 0 ${large} 1 ${at(inner, toRad)}`;
  const back = `L${at(outer, toRad)}A${round(outer)} ${round(outer)} 0 ${large} 0 ${at(outer, fromRad)}Z`;
  return there + back;
}
