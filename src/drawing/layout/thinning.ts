/**
 * In a large cluster, which heartbeats are drawn: no more than a few at a time. Once chosen, one is
 * drawn until it lands; a message that changes somebody's table is always drawn.
 */
import type { FrameMessage } from '../../protocol/cluster-frame';
import { isCrowd, MOST_TIGHT } from './scale';

/** From this many nodes on, heartbeats are thinned. */
export const THINNED_FROM_NODES = MOST_TIGHT + 1;
/** How many heartbeats are drawn at a time, then. */
export const HEARTBEATS_SHOWN = 12;
/** The same in a crowd, where they are dots. */
export const DOTS_SHOWN = 60;
const REMEMBERED = 4_000;

export class Thinning {
  /** What was decided about a message, by its id: going back in time shows the same again. */
  readonly #isShown = new Map<number, boolean>();

  /** The messages to draw, in their order. */
  choose(messages: readonly FrameMessage[], nodeCount: number): readonly FrameMessage[] {
    if (nodeCount < THINNED_FROM_NODES) return messages;
    const beats = messages.filter(isHeartbeat);
    const most = isCrowd(nodeCount) ? DOTS_SHOWN : HEARTBEATS_SHOWN;
    let free = most - beats.filter(({ id }) => this.#isShown.get(id)).length;
    const fresh = beats.filter(({ id }) => !this.#isShown.has(id));
    // Rumours first; the rest spread evenly over the ids, which follow the senders' order.
    fresh.sort((a, b) => rank(a) - rank(b));
    for (const { id } of fresh) this.#isShown.set(id, free-- > 0);
    if (this.#isShown.size > REMEMBERED) this.#forget(beats);
    return messages.filter((m) => !isHeartbeat(m) || this.#isShown.get(m.id));
  }

  #forget(beats: readonly FrameMessage[]): void {
    const flying = new Set(beats.map(({ id }) => id));
    for (const id of this.#isShown.keys()) {
      if (this.#isShown.size <= REMEMBERED / 2) return;
      if (!flying.has(id)) this.#isShown.delete(id);
    }
  }
}

function isHeartbeat({ type, fate }: FrameMessage): boolean {
  return (type === 'PING' || type === 'PONG') && (fate === 'flying' || fate === 'lost');
}

function rank({ id, rumours }: FrameMessage): number {
  const spread = (Math.imul(id, 0x9e3779b1) >>> 0) / 2 ** 32;
  return spread + (rumours.length > 0 ? 0 : 1);
}
