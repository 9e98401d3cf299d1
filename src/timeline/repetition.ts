/**
 * What a run of redis-cli does again and again: the first slot that it moves between two nodes is
 * a story, the two-hundredth is not. Keeps the beats few; the list of events has them all.
 */
import type { Note } from '../protocol/notes';

/** Runs that begin with the scene, before anybody could type, are no news when they end. */
export const SCENE_BEGINS_MS = 1;

interface Move {
  /** The slot that is told. */
  readonly slot: number;
  hasMovedKey: boolean;
}

export class Repetition {
  /** Runs that have not ended, those of the scene's own too. */
  readonly #running = new Set<number>();
  readonly #ofScene = new Set<number>();
  /** By the two nodes, the move that is told of them. */
  readonly #moves = new Map<string, Move>();

  /** Takes the next note of a history, and says whether it is a repetition. */
  hears(note: Note, atMs: number): boolean {
    switch (note.event) {
      case 'cli.start':
        this.#running.add(note.run);
        if (atMs <= SCENE_BEGINS_MS) this.#ofScene.add(note.run);
        return false;
      case 'cli.exit':
        this.#running.delete(note.run);
        if (this.#running.size === 0) this.#moves.clear();
        return this.#ofScene.has(note.run);
      case 'slot.open':
        return this.#running.size > 0 && this.#move([note.node, note.peer], note.slot) === null;
      case 'key.move':
        return this.#running.size > 0 && this.#isAnotherKey(note);
      case 'slot.owner':
        return this.#moves.size > 0 && !this.#isTold(note.slots);
      default:
        return false;
    }
  }

  /** The move that is told of two nodes, if `slot` is the one. */
  #move(nodes: readonly [string, string], slot: number): Move | null {
    const pair = [...nodes].sort().join();
    const move = this.#moves.get(pair) ?? { slot, hasMovedKey: false };
    this.#moves.set(pair, move);
    return move.slot === slot ? move : null;
  }

  /** One key is told of two nodes, whichever slot it lies in. */
  #isAnotherKey({ node, to, slot }: Extract<Note, { event: 'key.move' }>): boolean {
    this.#move([node, to], slot);
    const move = this.#moves.get([node, to].sort().join())!;
    const wasTold = move.hasMovedKey;
    move.hasMovedKey = true;
    return wasTold;
  }

  #isTold(slots: string): boolean {
    return [...this.#moves.values()].some(({ slot }) => String(slot) === slots);
  }
}
