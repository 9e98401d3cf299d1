/**
 * A short string that differs whenever any node's table says something else of roles, slots or
 * failures. Most moments change nothing of that, and then nothing of it is worked out anew.
 */
import type { ClusterFrame, FrameRow, NodeView } from '../../protocol/cluster-frame';

/** The fingerprint of each view and row ever looked at; neither ever changes. */
const fingerprints = new WeakMap<NodeView, string>();
const rowPrints = new WeakMap<FrameRow, Fingerprint>();

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
  for (const row of view.rows) print.addPrint(printOf(row));
  fingerprints.set(view, print.text);
  return print.text;
}

function printOf(row: FrameRow): Fingerprint {
  const known = rowPrints.get(row);
  if (known) return known;
  const print = new Fingerprint();
  const { name, flags, master, slots, failSinceMs } = row;
  print.addText(name);
  for (const flag of flags) print.addText(flag);
  print.addText(master ?? '-');
  for (const [first, last] of slots) {
    print.add(first);
    print.add(last);
  }
  print.add(failSinceMs);
  rowPrints.set(row, print);
  return print;
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
    this.add(codeOf(text));
  }

  /** What another one says, in its place. */
  addPrint(other: Fingerprint): void {
    this.add(other.#low);
    this.add(other.#high);
  }

  get text(): string {
    return `${(this.#low >>> 0).toString(36)}${(this.#high >>> 0).toString(36)}`;
  }
}

/** Ports and flags, of which there are few, by number. */
const codes = new Map<string, number>();

function codeOf(text: string): number {
  const known = codes.get(text);
  if (known !== undefined) return known;
  // A name of a stranger is made up: there is no end to them.
  if (codes.size >= MANY_TEXTS) codes.clear();
  const code = hashed(text);
  codes.set(text, code);
  return code;
}

const MANY_TEXTS = 4_096;

function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
