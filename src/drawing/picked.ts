/**
 * What the reader has picked, for every picture to mark in its own way; and how a part of a picture
 * that has no other way says that it was picked.
 */
import { getContext, setContext } from 'svelte';
import type { NodeName } from '../protocol/ids';

export interface Picked {
  readonly nodes: readonly NodeName[];
  /** The number of a message; null for none. */
  readonly message: number | null;
  /** Who holds what of whom. */
  readonly pair: { readonly observer: NodeName; readonly subject: NodeName } | null;
  /** Whose report it is, where a report is picked. */
  readonly reporter: NodeName | null;
  readonly client: string | null;
}

export type Pick =
  /** What one node holds of another. */
  | { readonly type: 'pair'; readonly observer: NodeName; readonly subject: NodeName }
  | {
      readonly type: 'report';
      readonly at: NodeName;
      readonly by: NodeName;
      readonly about: NodeName;
    }
  /** Both directions of a link, to be marked where one is; nothing opens. */
  | { readonly type: 'link'; readonly from: NodeName; readonly to: NodeName }
  | { readonly type: 'client'; readonly client: string }
  /** A voter's answer, or its silence. */
  | { readonly type: 'vote'; readonly candidate: NodeName; readonly voter: NodeName };

export interface Picking {
  readonly now: () => Picked;
  /** Undefined where nothing can be picked. */
  readonly pick: ((what: Pick) => void) | undefined;
}

const KEY = Symbol('picked');
const NOTHING: Picked = { nodes: [], message: null, pair: null, reporter: null, client: null };

/** Tells every picture inside the component being made. */
export function sharePicked(picking: Picking): void {
  setContext(KEY, picking);
}

/** What is picked, and how to pick; call while a component is being made. */
export function picking(): Picking {
  return getContext<Picking | undefined>(KEY) ?? { now: () => NOTHING, pick: undefined };
}
