/**
 * Slots on their way from one node to another: a notch in the band, and a thread to the node that
 * is to have the slot. Drawn in full once both have opened it.
 */
import type { FrameNode, FrameOpenSlot } from '../../protocol/cluster-frame';
import type { NodeName, Slot } from '../../protocol/ids';
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
}

const MOST_LABELLED = 3;
const NOTCH_PX = 3;
const LABEL_PX = 15;

type Move = Pick<OpenSlotPicture, 'slot' | 'from' | 'to' | 'isHalf'>;

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
    return taker ? [{ key, ...move, ...drawnAt(move.slot, taker, size, hasRoom) }] : [];
  });
}

function addMove(moves: Map<string, Move>, node: NodeName, open: FrameOpenSlot): void {
  const { slot, mark, peer } = open;
  const [from, to] = mark === 'migrating' ? [node, peer] : [peer, node];
  const key = `${slot} ${from} ${to}`;
  moves.set(key, { slot, from, to, isHalf: !moves.has(key) });
}

function drawnAt(slot: Slot, taker: Point & { radius: number }, size: RingSize, hasRoom: boolean) {
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
    label: hasRoom ? { x: round(label.x), y: round(label.y) } : null,
  };
}
