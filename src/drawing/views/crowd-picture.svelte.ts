/** What the stage draws of a crowd besides ring and beads: who is in focus, and who knows what. */
import type { NodeName } from '../../protocol/ids';
import type { Point } from '../layout/polar';
import { lateStage } from './late-parts';
import type { StageInput, StagePicture } from './stage-picture.svelte';

export class CrowdPicture {
  readonly #stage: StagePicture;
  readonly #input: () => StageInput;

  constructor(stage: StagePicture, input: () => StageInput) {
    this.#stage = stage;
    this.#input = input;
  }

  readonly #size = $derived.by(() => this.#stage.geometry.size);

  /** Null where there is no crowd, and until it has come. */
  readonly #layout = $derived.by(() => (this.#size.crowd ? lateStage.crowdLayout.part : null));

  /** Whom the reader looks at: chosen, or in trouble, or looked through. */
  readonly focus: NodeName | null = $derived.by(() => {
    const { selected, subject, viewpoint } = this.#input();
    return selected() ?? subject() ?? viewpoint();
  });

  readonly sectors = $derived.by(() => this.#layout?.cellSectors(this.#stage.settled.places) ?? []);
  readonly states = $derived.by(() => {
    const { nodes } = this.#stage.facts;
    return this.focus === null ? null : (this.#layout?.cellStates({ nodes }, this.focus) ?? null);
  });
  readonly counts = $derived.by(
    () => (this.states && this.#layout?.cellCounts(this.states)) ?? null,
  );
  readonly cells = $derived.by(() => {
    const { crowd } = this.#size;
    if (!crowd || !this.states || !this.#layout) return null;
    return this.#layout.cellPaths(this.sectors, this.states, crowd.cells);
  });

  readonly #flightOptions = $derived.by(() => ({
    atMs: this.#input().atMs(),
    places: this.#stage.geometry.places,
    radius: this.#size.radius,
    reducedMotion: this.#input().reducedMotion(),
  }));
  readonly flights = $derived.by(() => {
    if (!this.#layout) return null;
    return this.#layout.crowdFlights(this.#stage.shownFrame.messages, this.#flightOptions);
  });
  /** Where one message is, also one of the heartbeats that are not drawn; null if nowhere. */
  flightOf(id: number): Point | null {
    const message = this.#input()
      .frame()
      .messages.find((one) => one.id === id);
    if (!message || !this.#layout) return null;
    const { dots, glyphs } = this.#layout.crowdFlights([message], this.#flightOptions);
    return dots[0] ?? glyphs[0] ?? null;
  }

  /** As one text: who broadcasts changes less often than where the messages are. */
  readonly #sendersText = $derived.by(() =>
    (this.flights?.fans ?? []).map(({ from }) => from).join(' '),
  );
  /** Who broadcasts. */
  readonly senders = $derived.by(() =>
    this.#sendersText === '' ? [] : this.#sendersText.split(' '),
  );

  /** Whose port is written out, the foremost first. */
  readonly inPlay = $derived.by(() => {
    const candidate = this.#stage.election?.candidate ?? null;
    const names = [this.focus, this.#input().viewpoint(), candidate, ...this.senders];
    return [...new Set(names.filter((name) => name !== null))];
  });
  readonly labels = $derived.by(() => {
    const { crowd, compact } = this.#size;
    if (!crowd || compact || !this.#layout) return [];
    return this.#layout.crowdLabels(this.#stage.settled.places, crowd.labels, this.inPlay);
  });

  readonly lens = $derived.by(() => {
    const { settled } = this.#stage;
    const lens = this.#size.crowd?.lens;
    if (!lens || this.focus === null || !this.#layout) return null;
    return this.#layout.lensPicture(lens, this.focus, settled.places, settled.arcs);
  });
}
