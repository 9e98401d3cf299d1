/** The links between nodes: the resting mesh, and the ones that somebody cut, held or slowed. */
import type { ClusterFrame, FrameFault } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { chordPath, chordPoint, type Chord } from './chord';
import { distancePx, type Point } from './polar';
import { isCrowd } from './scale';
import type { StageGeometry } from './stage-geometry';

export interface FaultyLink {
  readonly id: string;
  readonly type: FrameFault['type'];
  readonly from: NodeName;
  readonly to: NodeName;
  /** Both directions alike; otherwise only from → to. */
  readonly bothWays: boolean;
  readonly addMs: number;
  readonly path: string;
  /** Where its mark stands: halfway, or nearer to the receiver of the faulty direction. */
  readonly mark: Point;
  /** Where a slow link says how slow: on its mark, or within the ring if the ends would hide it. */
  readonly label: Point;
  readonly turnDeg: number;
}

/** A shorter link lies under the discs at its ends, a replica and its master. */
const LABEL_NEEDS_PX = 110;
/** On the master's other side, within the ring: outside of the replica the stage may end. */
const within = ({ x, y }: Point): Point => ({ x: 0.72 * x, y: 0.72 * y });

export interface Mesh {
  /** All links at rest, as one path. */
  readonly live: string;
  /** Links with an end whose process does not run. */
  readonly silent: string;
  readonly opacity: string;
}

export interface MeshFacts {
  /** Nodes whose process does not run. */
  readonly stopped: ReadonlySet<NodeName>;
  /** Pairs whose link has a mark of its own. */
  readonly faulty: ReadonlySet<string>;
  /** Pairs of which neither has heard of the other. */
  readonly strangers: ReadonlySet<string>;
}

/** Pairs of nodes that have no link yet, because neither knows the other. */
export function strangers({ nodes }: ClusterFrame): string[] {
  // A crowd's links are a texture, and who misses whom in it nobody could see.
  if (isCrowd(nodes.length)) return [];
  const known = new Map(nodes.map((n) => [n.name, new Set(n.view.rows.map((row) => row.name))]));
  return nodes.flatMap(({ name: a }, i) =>
    nodes
      .slice(0, i)
      .filter(({ name: b }) => !known.get(a)!.has(b) && !known.get(b)!.has(a))
      .map(({ name: b }) => pairKey(a, b)),
  );
}

/** How many links stand for all of a crowd's: a texture, nothing to follow. */
const SAMPLED = 150;

/** The mesh of every pair; of a crowd, a few. */
export function mesh(geometry: StageGeometry, { stopped, faulty, strangers }: MeshFacts): Mesh {
  const names = geometry.nodes.map((node) => node.name);
  const count = names.length;
  if (isCrowd(count)) return { live: texture(geometry), silent: '', opacity: '0.055' };
  let [live, silent] = ['', ''];
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(0, i)) {
      const chord = geometry.chordOf(a, b);
      const key = pairKey(a, b);
      if (!chord || faulty.has(key) || strangers.has(key)) continue;
      if (geometry.isTornBetween(a, b) || isReplication(geometry, a, b)) continue;
      if (stopped.has(a) || stopped.has(b)) silent += chordPath(chord);
      else live += chordPath(chord);
    }
  }
  return { live, silent, opacity: count <= 8 ? 'var(--chord)' : count <= 16 ? '0.07' : '0.04' };
}

/** Links picked so that every part of the ring has some, always the same ones. */
function texture({ places, chordOf }: StageGeometry): string {
  const names = [...places.values()].flatMap((p) => (p.place === 'bay' ? [] : [p.name]));
  let path = '';
  for (let i = 0; i < SAMPLED; i++) {
    const a = (i * 61) % names.length;
    const b = (a + 1 + ((i * 7_919) % (names.length - 1))) % names.length;
    const chord = chordOf(names[a]!, names[b]!);
    if (chord) path += chordPath(chord);
  }
  return path;
}

/** The same key for both directions of a pair. */
export function pairKey(a: NodeName, b: NodeName): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** One mark for each faulty pair, or two where the directions differ. */
export function faultyLinks(faults: readonly FrameFault[], geometry: StageGeometry): FaultyLink[] {
  const seen = new Set<string>();
  const links: FaultyLink[] = [];
  for (const fault of faults) {
    const id = `${fault.type} ${fault.from} ${fault.to}`;
    if (seen.has(id)) continue;
    const twin = faults.find(
      (other) => other.type === fault.type && other.from === fault.to && other.to === fault.from,
    );
    seen.add(id);
    if (twin) seen.add(`${twin.type} ${twin.from} ${twin.to}`);
    const chord = geometry.chordOf(fault.from, fault.to);
    const isTear = fault.type === 'cut' && geometry.isTornBetween(fault.from, fault.to);
    if (chord && !isTear) links.push(faultyLink(fault, chord, twin !== undefined));
  }
  return links;
}

function faultyLink(fault: FrameFault, chord: Chord, bothWays: boolean): FaultyLink {
  const at = bothWays ? 0.5 : 0.62;
  const [before, after] = [chordPoint(chord, at - 0.02), chordPoint(chord, at + 0.02)];
  const mark = chordPoint(chord, at);
  return {
    id: `${fault.type} ${fault.from} ${fault.to}`,
    ...{ type: fault.type, from: fault.from, to: fault.to, bothWays, addMs: fault.addMs },
    path: chordPath(chord),
    mark,
    label: distancePx(chord.from, chord.to) < LABEL_NEEDS_PX ? within(mark) : mark,
    turnDeg: (Math.atan2(after.y - before.y, after.x - before.x) * 180) / Math.PI,
  };
}

function isReplication({ places }: StageGeometry, a: NodeName, b: NodeName): boolean {
  const [p, q] = [places.get(a)!, places.get(b)!];
  return (p.replicates && p.around === b) || (q.replicates && q.around === a);
}
