/**
 * Slots on their way from one node to another: a notch in the band, and a thread to the node that
 * is to have the slot. Drawn in full once both have opened it.
 */
import type { FrameNode, FrameOpenSlot } from '../../protocol/cluster-frame';
import type { NodeName, Slot } from '../../protocol/ids';
import { besideMasters, chordPath, passesUnder, type Chord } from './chord';
import { flightAlong } from './flight';
import type { NodePlace, NodePlaces } from './node-places';
import { boxOf, giverText, takerText, type SideText, type TextBox } from './open-slot-texts';
import { polar, slotAngleRad, xy } from './polar';
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
  /**
   * Where its number stands, with the keys still at the giver; null in a crowd, whose numbers are
   * in the tables.
   */
  readonly giver: SideText | null;
  /** The keys already at the taker; null where they are not known. */
  readonly taker: SideText | null;
}

const MOST_LABELLED = 3;
const NOTCH_PX = 3;

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
  const room = { places, size, hasRoom, taken: [] as TextBox[] };
  return [...moves].flatMap(([key, move]) => {
    const taker = places.get(move.to);
    if (!taker) return [];
    const { counts, ...known } = move;
    return [{ key, ...known, ...drawnAt(move.slot, taker, counts, room) }];
  });
}

function addMove(moves: Map<string, Move>, node: NodeName, open: FrameOpenSlot): void {
  const { slot, mark, peer, keyCount } = open;
  const [from, to] = mark === 'migrating' ? [node, peer] : [peer, node];
  const key = `${slot} ${from} ${to}`;
  const counts = { ...moves.get(key)?.counts, [mark]: keyCount };
  moves.set(key, { slot, from, to, isHalf: !moves.has(key), counts });
}

interface Room {
  readonly places: NodePlaces;
  readonly size: RingSize;
  readonly hasRoom: boolean;
  /** What the words of slots before have covered; those of this one are added. */
  readonly taken: TextBox[];
}

function drawnAt(slot: Slot, taker: NodePlace, counts: Move['counts'], room: Room) {
  const { radius, band } = room.size;
  const angleRad = slotAngleRad(slot + 0.5);
  const [inner, outer] = [radius - band / 2, radius + band / 2];
  const start = polar(inner - NOTCH_PX, angleRad);
  const others = [...room.places.values()].filter(({ name }) => name !== taker.name);
  const thread = threadTo(taker, start, others);
  const { lands } = flightAlong(thread, { from: 0, to: taker.radius + 6 });
  return {
    notch: `M${xy(start)}L${xy(polar(outer + NOTCH_PX, angleRad))}`,
    thread: chordPath(thread, 0, lands),
    ...(room.hasRoom ? texts(thread, counts, room, [inner, outer]) : { giver: null, taker: null }),
  };
}

/** Bent towards the centre, and past everybody whom it does not mean. */
function threadTo(taker: NodePlace, start: Chord['from'], others: readonly NodePlace[]): Chord {
  const control = { x: (start.x + taker.x) * 0.3, y: (start.y + taker.y) * 0.3 };
  const to = { x: taker.x, y: taker.y };
  const isClear = (chord: Chord) => !others.some((other) => passesUnder(chord, other));
  return besideMasters({ from: start, control, to }, isClear);
}

function texts(
  thread: Chord,
  { migrating, importing }: Move['counts'],
  { places, taken }: Room,
  band: readonly [number, number],
): Pick<OpenSlotPicture, 'giver' | 'taker'> {
  const room = { discs: [...places.values()], band, thread, taken };
  const giver = giverText(migrating ?? null, thread.from, room);
  taken.push(boxOf(giver, true));
  const isKnown = importing !== undefined && importing !== null;
  const taker = isKnown ? takerText(importing, room) : null;
  if (taker) taken.push(boxOf(taker, false));
  return { giver, taker };
}
