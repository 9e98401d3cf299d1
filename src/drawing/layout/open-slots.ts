/**
 * Slots on their way from one node to another: a notch in the band, and a thread to the node that
 * is to have the slot. Drawn in full once both have opened it.
 */
import type { FrameNode, FrameOpenSlot } from '../../protocol/cluster-frame';
import type { NodeName, Slot } from '../../protocol/ids';
import { chordPoint } from './chord';
import type { NodePlaces } from './node-places';
import { polar, round, slotAngleRad, xy, type Point } from './polar';
import type { RingSize } from './ring-size';

export interface OpenSlotPicture {
  readonly key: string;
  readonly slot: Slot;
  readonly from: NodeName;
  readonly to: NodeName;
  /** Only one of the two nodes knows: the other has not been told, or has closed it again. */
  readonly isHalf: boolean;
  readonly notch: string;
  readonly thread: string;
  /** Where its number stands; null in a crowd, whose numbers are in the tables. */
  readonly label: Point | null;
  /** How many of its keys are on each side, beside the thread; null where it is not known. */
  readonly keys: {
    readonly from: (Point & { readonly count: number }) | null;
    readonly to: (Point & { readonly count: number }) | null;
  };
}

const MOST_LABELLED = 3;
const NOTCH_PX = 3;
const LABEL_PX = 15;

type Move = Pick<OpenSlotPicture, 'slot' | 'from' | 'to' | 'isHalf'> & {
  /** Keys of the slot with the giver and the taker, as far as they are looked at. */
  readonly counts: { readonly migrating?: number | null; readonly importing?: number | null };
};

/** What all nodes, or the one looked through, have opened. */
export function openSlotPictures(
  nodes: readonly Pick<FrameNode, 'name' | 'view'>[],
  viewpoint: NodeName | null,
  { places, size }: { readonly places: NodePlaces; readonly size: RingSize },
): OpenSlotPicture[] {
  const seen = viewpoint === null ? nodes : nodes.filter(({ name }) => name === viewpoint);
  const moves = new Map<string, Move>();
  for (const { name, view } of seen) {
    for (const open of view.openSlots) addMove(moves, name, open);
  }
  const hasRoom = moves.size <= MOST_LABELLED && !size.compact;
  return [...moves].flatMap(([key, move]) => {
    const taker = places.get(move.to);
    if (!taker) return [];
    const { counts, ...known } = move;
    return [{ key, ...known, ...drawnAt(move.slot, taker, size, { counts, hasRoom }) }];
  });
}

function addMove(moves: Map<string, Move>, node: NodeName, open: FrameOpenSlot): void {
  const { slot, mark, peer, keyCount } = open;
  const [from, to] = mark === 'migrating' ? [node, peer] : [peer, node];
  const key = `${slot} ${from} ${to}`;
  const counts = { ...moves.get(key)?.counts, [mark]: keyCount };
  moves.set(key, { slot, from, to, isHalf: !moves.has(key), counts });
}

function drawnAt(
  slot: Slot,
  taker: Point & { radius: number },
  size: RingSize,
  { counts, hasRoom }: { counts: Move['counts']; hasRoom: boolean },
) {
  const angleRad = slotAngleRad(slot + 0.5);
  const [inner, outer] = [size.radius - size.band / 2, size.radius + size.band / 2];
  const start = polar(inner - NOTCH_PX, angleRad);
  const away = Math.hypot(taker.x - start.x, taker.y - start.y) || 1;
  const reach = (taker.radius + 6) / away;
  const end = {
    x: taker.x + (start.x - taker.x) * reach,
    y: taker.y + (start.y - taker.y) * reach,
  };
  const control = { x: (start.x + end.x) * 0.3, y: (start.y + end.y) * 0.3 };
  const label = polar(inner - LABEL_PX, angleRad);
  return {
    notch: `M${xy(start)}L${xy(polar(outer + NOTCH_PX, angleRad))}`,
    thread: `M${xy(start)}Q${xy(control)} ${xy(end)}`,
    keys: {
      from: countAt(hasRoom, counts.migrating, { start, control, end }, 0.16),
      to: countAt(hasRoom, counts.importing, { start, control, end }, 0.8),
    },
    label: hasRoom ? { x: round(label.x), y: round(label.y) } : null,
  };
}

const ASIDE_PX = 11;

/** A count beside the thread, at a share of its length, on the side away from the centre. */
function countAt(
  hasRoom: boolean,
  count: number | null | undefined,
  { start, control, end }: { start: Point; control: Point; end: Point },
  share: number,
) {
  if (!hasRoom || count === undefined || count === null) return null;
  const { x, y } = chordPoint({ from: start, control, to: end }, share);
  const side = start.x + end.x >= 0 ? 1 : -1;
  return { x: round(x + side * ASIDE_PX), y: round(y), count };
}
