/** The links between nodes at rest. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { chordPath } from './chord';
import { isCrowd } from './scale';
import type { StageGeometry } from './stage-geometry';

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
/** The links of more nodes than this are grey and no lines. */
const MOST_DRAWN = 36;

/** The mesh of every pair; of a crowd, a few. */
export function mesh(geometry: StageGeometry, { stopped, faulty, strangers }: MeshFacts): Mesh {
  const names = geometry.nodes.map((node) => node.name);
  const count = names.length;
  if (count > MOST_DRAWN) return { live: texture(geometry), silent: '', opacity: '0.055' };
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

function isReplication({ places }: StageGeometry, a: NodeName, b: NodeName): boolean {
  const [p, q] = [places.get(a)!, places.get(b)!];
  return (p.replicates && p.around === b) || (q.replicates && q.around === a);
}
