/** The links that somebody cut, held or slowed. */
import type { FrameFault } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { chordPath, chordPoint, type Chord } from './chord';
import { distancePx, type Point } from './polar';
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
/** Between the edge of the master's disc and the middle of the label. */
const OFF_DISC_PX = 15;

/** On the master's other side, within the ring: outside of the replica the stage may end. */
function within({ x, y }: Point, { radius, masterRadius }: StageGeometry['size']): Point {
  const away = Math.hypot(x, y) || 1;
  const share = Math.min(0.72, (radius - masterRadius - OFF_DISC_PX) / away);
  return { x: share * x, y: share * y };
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
    if (chord && !isTear) {
      links.push(faultyLink(fault, chord, twin !== undefined, geometry.size));
    }
  }
  return links;
}

function faultyLink(
  fault: FrameFault,
  chord: Chord,
  bothWays: boolean,
  size: StageGeometry['size'],
): FaultyLink {
  const at = bothWays ? 0.5 : 0.62;
  const [before, after] = [chordPoint(chord, at - 0.02), chordPoint(chord, at + 0.02)];
  const mark = chordPoint(chord, at);
  return {
    id: `${fault.type} ${fault.from} ${fault.to}`,
    ...{ type: fault.type, from: fault.from, to: fault.to, bothWays, addMs: fault.addMs },
    path: chordPath(chord),
    mark,
    label: distancePx(chord.from, chord.to) < LABEL_NEEDS_PX ? within(mark, size) : mark,
    turnDeg: (Math.atan2(after.y - before.y, after.x - before.x) * 180) / Math.PI,
  };
}
