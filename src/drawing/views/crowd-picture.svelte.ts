/** What the stage draws of a crowd besides ring and beads: who is in focus, and who knows what. */
import type { NodeName } from '../../protocol/ids';
import { cellCounts, cellPaths, cellSectors, cellStates } from '../layout/belief-cells';
import { crowdFlights } from '../layout/crowd-flights';
import { crowdLabels } from '../layout/crowd-labels';
import { lensPicture } from '../layout/lens';
import type { Point } from '../layout/polar';
import type { StagePicture } from './stage-picture.svelte';

export default class CrowdPicture {
  readonly #stage: StagePicture;

  constructor(stage: StagePicture) {
    this.#stage = stage;
  }

  readonly #size = $derived.by(() => this.#stage.geometry.size);

  /** Whom the reader looks at: chosen, or in trouble, or looked through. */
  readonly focus: NodeName | null = $derived.by(() => {
    const { selected, subject, viewpoint } = this.#stage.input;
    return selected() ?? subject() ?? viewpoint();
  });

  readonly sectors = $derived.by(() => cellSectors(this.#stage.settled.places));
  readonly states = $derived.by(() => {
    const { nodes } = this.#stage.facts;
    return this.focus === null ? null : cellStates({ nodes }, this.focus);
  });
  readonly counts = $derived.by(() => this.states && cellCounts(this.states));
  readonly cells = $derived.by(() => {
    const { crowd } = this.#size;
    if (!crowd || !this.states) return null;
    return cellPaths(this.sectors, this.states, crowd.cells);
  });

  readonly #flightOptions = $derived.by(() => ({
    atMs: this.#stage.input.atMs(),
    places: this.#stage.geometry.places,
    radius: this.#size.radius,
    reducedMotion: this.#stage.input.reducedMotion(),
  }));
  readonly flights = $derived.by(() =>
    crowdFlights(this.#stage.shownFrame.messages, this.#flightOptions),
  );
  /** Where one message is, also one of the heartbeats that are not drawn; null if nowhere. */
  flightOf(id: number): Point | null {
    const message = this.#stage.input.frame().messages.find((one) => one.id === id);
    if (!message) return null;
    const { dots, glyphs } = crowdFlights([message], this.#flightOptions);
    return dots[0] ?? glyphs[0] ?? null;
  }

  /** As one text: who broadcasts changes less often than where the messages are. */
  readonly #sendersText = $derived.by(() => this.flights.fans.map(({ from }) => from).join(' '));
  /** Who broadcasts. */
  readonly senders = $derived.by(() =>
    this.#sendersText === '' ? [] : this.#sendersText.split(' '),
  );

  /** Whose port is written out, the foremost first. */
  readonly inPlay = $derived.by(() => {
    const candidate = this.#stage.election?.candidate ?? null;
    const names = [this.focus, this.#stage.input.viewpoint(), candidate, ...this.senders];
    return [...new Set(names.filter((name) => name !== null))];
  });
  readonly labels = $derived.by(() => {
    const { crowd, compact } = this.#size;
    if (!crowd || compact) return [];
    return crowdLabels(this.#stage.settled.places, crowd.labels, this.inPlay);
  });

  readonly lens = $derived.by(() => {
    const { settled } = this.#stage;
    const lens = this.#size.crowd?.lens;
    if (!lens || this.focus === null) return null;
    return lensPicture(lens, this.focus, settled.places, settled.arcs);
  });
}
