/**
 * Who has a lane, worked out anew only when it differs: frames are new with every event, and text
 * compares by value.
 */
import type { FrameNode } from '../../protocol/cluster-frame';
import type { History } from '../layout/space-time';
import { subjectAt } from '../layout/space-time-beliefs';
import { laneNode, lanesOf, type LaneNode } from '../layout/space-time-lanes';
import { playersOf, type Player } from '../layout/space-time-players';

/** How to read what the lanes depend on. */
export interface LaneInput {
  readonly nodes: () => readonly FrameNode[];
  readonly history: () => History;
  readonly atMs: () => number;
  readonly viewpoint: () => string | null;
  /** Whose failure the lanes tell; null: the latest suspect. */
  readonly subject: () => string | null;
  readonly topPx: number;
  readonly heightPx: () => number;
}

export class LanePlan {
  readonly #input: LaneInput;

  constructor(input: LaneInput) {
    this.#input = input;
  }

  readonly #nodesText = $derived.by(() => JSON.stringify(this.#input.nodes().map(laneNode)));
  readonly nodes = $derived.by(() => JSON.parse(this.#nodesText) as LaneNode[]);
  readonly subject = $derived.by(
    () => this.#input.subject() ?? subjectAt(this.#input.history().spans, this.#input.atMs()),
  );
  readonly #playersText = $derived.by(() => {
    const { spans, beats } = this.#input.history();
    const plot = { subject: this.subject, viewpoint: this.#input.viewpoint(), spans, beats };
    return JSON.stringify(playersOf(this.nodes, plot));
  });
  readonly #client = $derived.by(() => this.#input.history().talk?.client ?? null);
  readonly lanes = $derived.by(() => {
    const { topPx, heightPx } = this.#input;
    const players = JSON.parse(this.#playersText) as Player[];
    return lanesOf(this.nodes, { topPx, heightPx: heightPx(), players, client: this.#client });
  });
}
