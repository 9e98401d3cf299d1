/**
 * A short string that differs whenever any node's table says something else of roles, slots or
 * failures. Most moments change nothing of that, and then nothing of it is worked out anew.
 */
import type { ClusterFrame, FrameRow, NodeView } from '../../protocol/cluster-frame';

/** The fingerprint of each view ever looked at; a view never changes. */
const fingerprints = new WeakMap<NodeView, string>();

export class TableKeys {
  /** The key of a frame. */
  of({ nodes }: ClusterFrame): string {
    return nodes
      .map(({ name, process, view }) => `${name}${process[0]}${fingerprintOf(view)}`)
      .join(' ');
  }
}

function fingerprintOf(view: NodeView): string {
  const known = fingerprints.get(view);
  if (known !== undefined) return known;
  const print = new Fingerprint();
  for (const row of view.rows) addRow(print, row);
  fingerprints.set(view, print.text);
  return print.text;
}

function addRow(print: Fingerprint, { name, flags, master, slots, failSinceMs }: FrameRow): void {
  print.addText(name);
  for (const flag of flags) print.addText(flag);
  print.addText(master ?? '-');
  for (const [first, last] of slots) {
    print.add(first);
    print.add(last);
  }
  print.add(failSinceMs);
}

/** 64 bits in two halves, FNV-1a and its like: no texts are kept, however long a run is. */
class Fingerprint {
  #low = 0x811c9dc5;
  #high = 0x9747b28c;

  add(value: number): void {
    this.#low = Math.imul(this.#low ^ value, 0x01000193);
    this.#high = Math.imul(this.#high ^ (value + 0x5bd1), 0x5bd1e995);
    this.#high ^= this.#high >>> 15;
  }

  addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
    this.add(-1);
  }

  get text(): string {
    return `${(this.#low >>> 0).toString(36)}${(this.#high >>> 0).toString(36)}`;
  }
}
