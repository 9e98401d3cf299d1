/** What the notes beside the ring tell, and what they are planned for. */
import { drainedBySeconds, reportsOn } from '../layout/beliefs';
import type { CalloutWishes } from '../layout/callout-plan';
import { flagsIn, legendEntries } from '../layout/legend';
import { suspicions } from '../layout/suspicions';
import { THINNED_FROM_NODES } from '../layout/thinning';
import type { StagePicture } from './stage-picture.svelte';

export class StageNotes {
  readonly #stage: StagePicture;

  constructor(stage: StagePicture) {
    this.#stage = stage;
  }

  /** Who thinks whom is failing. */
  readonly suspicions = $derived.by(() => suspicions(this.#stage.facts.frame));
  readonly #flags = $derived.by(() => flagsIn(this.#stage.facts.frame));
  readonly reports = $derived.by(() => {
    const { input } = this.#stage;
    const subject = input.subject();
    if (subject === null) return null;
    const now = { ...input.frame(), atMs: input.atMs() };
    const found = reportsOn(subject, now, input.viewpoint());
    return found && input.reducedMotion() ? drainedBySeconds(found) : found;
  });
  readonly legend = $derived.by(() =>
    legendEntries(this.#stage.input.frame(), this.#flags, this.#stage.election),
  );
  /** Whether some heartbeats are not drawn, which the legend says. */
  readonly isThinned = $derived.by(() => this.#stage.facts.nodes.length >= THINNED_FROM_NODES);
  /** What the notes in the corners are planned for. */
  readonly wishes = $derived.by((): CalloutWishes => {
    const legendLength = this.legend.length + (this.isThinned ? 1 : 0);
    return {
      geometry: this.#stage.settled,
      stage: this.#stage.input.extent(),
      viewpoint: this.#stage.input.viewpoint(),
      ...{ reports: this.reports, election: this.#stage.election, legendLength },
    };
  });
}
