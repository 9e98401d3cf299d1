/**
 * A short string that differs whenever any node's table says something else of roles, slots or
 * failures. Most moments change nothing of that, and then nothing of it is worked out anew.
 */
import type { ClusterFrame, FrameRow, NodeView } from '../../protocol/cluster-frame';

export class TableKeys {
  readonly #numbers = new Map<string, number>();
  readonly #known = new WeakMap<NodeView, number>();

  /** The key of a frame; comparable with those of the same object only. */
  of({ nodes }: ClusterFrame): string {
    return nodes
      .map(({ name, process, view }) => `${name}${process[0]}${this.#numberOf(view)}`)
      .join(' ');
  }

  #numberOf(view: NodeView): number {
    const known = this.#known.get(view);
    if (known !== undefined) return known;
    const text = view.rows.map(textOf).join(';');
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    this.#known.set(view, number);
    return number;
  }
}

function textOf({ name, flags, master, slots, failSinceMs }: FrameRow): string {
  return `${name} ${flags.join()} ${master} ${slots.join(' ')} ${failSinceMs}`;
}
