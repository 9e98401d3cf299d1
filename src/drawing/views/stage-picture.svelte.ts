/**
 * Everything the stage places, derived so that an animation frame costs only what moves:
 * geometry changes with topology and size, beliefs with beliefs, messages with time.
 */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { arrangementKey, type ArrangedNode } from '../layout/arrangement';
import { drainedBySeconds, reportsOn } from '../layout/beliefs';
import { keptBallots } from '../layout/ballots';
import type { CalloutWishes } from '../layout/callout-plan';
import type { CornerBox } from '../layout/callouts';
import type { StageExtent } from '../layout/callouts';
import { pillMiddle, pillPicture } from '../layout/fact-pills';
import { legendEntries } from '../layout/legend';
import { faultyLinks, mesh, pairKey } from '../layout/link-pictures';
import { messagePictures, PAINTED_FROM } from '../layout/message-pictures';
import { needlePicture, type NeedleTarget } from '../layout/needle';
import { openSlotPictures } from '../layout/open-slots';
import { ringNumbers } from '../layout/ring-marks';
import { geometryOf, type StageBox, type StageGeometry } from '../layout/stage-geometry';
import { activeClient } from '../layout/talk';
import { shownElection } from '../layout/tally';
import { THINNED_FROM_NODES, Thinning } from '../layout/thinning';
import { CrowdPicture } from './crowd-picture.svelte';
import { lateStage } from './late-parts';
import { nodeLabels } from './node-label';
import { StageFacts } from './stage-facts.svelte';
import { StageMotion } from './stage-motion.svelte';

/** How to read each prop of the stage. */
export interface StageInput {
  readonly frame: () => ClusterFrame;
  readonly atMs: () => number;
  readonly viewpoint: () => NodeName | null;
  readonly subject: () => NodeName | null;
  /** The selected node. */
  readonly selected: () => NodeName | null;
  readonly needle: () => NeedleTarget | null;
  readonly reducedMotion: () => boolean;
  /** Whether what the cluster does may glide into place. */
  readonly animate: () => boolean;
  /** Grows with everything the reader does. */
  readonly moves: () => number;
  readonly extent: () => StageExtent;
}

export class StagePicture {
  readonly #input: StageInput;
  readonly facts: StageFacts;
  readonly motion: StageMotion;

  /** Call while a component is being made; `input` reads its props one by one. */
  constructor(input: StageInput) {
    this.#input = input;
    this.facts = new StageFacts(input);
    this.motion = new StageMotion(() => ({
      target: this.settled,
      box: Object.values(input.extent()).join(' '),
      viewpoint: input.viewpoint(),
      animate: input.animate(),
      moves: input.moves(),
      reducedMotion: input.reducedMotion(),
    }));
  }

  /** Where everything belongs; redone when somebody changes place, or the box its size. */
  readonly settled = $derived.by(() => {
    const { arranged, groups, hasClient, hasTally } = this.facts;
    const extent = this.#input.extent();
    return this.#geometryOnce(arranged, { ...extent, hasClient, hasTally, groups });
  });

  #last: { readonly key: string; readonly geometry: StageGeometry } | null = null;
  /** The same object while nobody changes place: what was drawn stays as it is. */
  #geometryOnce(arranged: readonly ArrangedNode[], box: StageBox): StageGeometry {
    const key = `${arrangementKey(arranged)} ${JSON.stringify(box)}`;
    if (this.#last?.key !== key) this.#last = { key, geometry: geometryOf(arranged, box) };
    return this.#last.geometry;
  }

  /** Where everything is drawn now, on its way or settled. */
  readonly geometry = $derived.by(() => this.motion.geometry);

  readonly labels = $derived.by(() => {
    const { settled, facts } = this;
    const viewpoint = this.#input.viewpoint();
    return nodeLabels(facts.nodes, { held: facts.held, settled, viewpoint });
  });
  readonly faulty = $derived.by(() => faultyLinks(this.facts.faults, this.geometry));
  readonly mesh = $derived.by(() =>
    mesh(this.geometry, {
      stopped: this.facts.stopped,
      faulty: new Set(this.faulty.map(({ from, to }) => pairKey(from, to))),
      strangers: this.facts.strangers,
    }),
  );

  readonly election = $derived.by(() => shownElection(this.#input.frame(), this.#input.atMs()));
  readonly #thinning = new Thinning();
  /** The frame without the heartbeats that are too many to draw. */
  readonly shownFrame = $derived.by(() => {
    const { messages, nodes } = this.#input.frame();
    return { ...this.#input.frame(), messages: this.#thinning.choose(messages, nodes.length) };
  });
  readonly messages = $derived.by(() => {
    if (this.geometry.size.crowd) return [];
    return messagePictures(this.shownFrame, {
      atMs: this.#input.atMs(),
      flightBetween: this.geometry.flightBetween,
      reducedMotion: this.#input.reducedMotion(),
      compact: this.geometry.size.compact,
      bandRadius: this.geometry.size.radius + this.geometry.size.band / 2,
      isPainted: this.isPainted,
    });
  });
  /** Whether what flies is painted on a canvas: a crowd's, and more than a few dozen. */
  readonly isPainted = $derived.by(
    () => this.geometry.size.crowd !== null || this.shownFrame.messages.length > PAINTED_FROM,
  );
  readonly crowd = new CrowdPicture(this, () => this.#input);

  readonly #paused = $derived.by(() =>
    this.#input
      .frame()
      .nodes.flatMap(({ name, view }) => (view.handover === 'paused' ? [name] : []))
      .join(' '),
  );
  readonly pills = $derived.by(() =>
    this.facts.nodes.flatMap((node) => {
      const place = this.settled.places.get(node.name);
      const { compact, crowd } = this.settled.size;
      const isSilent = this.facts.hasTally || compact || crowd !== null;
      const isAtWork = node.process === 'running' && !this.#paused.includes(node.name);
      if (isAtWork || !place || isSilent) return [];
      return [
        pillPicture(node, place, { geometry: this.settled, width: this.#input.extent().width }),
      ];
    }),
  );
  readonly openSlots = $derived.by(() =>
    openSlotPictures(this.#input.frame().nodes, this.#input.viewpoint(), this.geometry),
  );
  readonly ballots = $derived(this.election ? keptBallots(this.election, this.settled.places) : []);
  readonly needle = $derived.by(() => {
    const needle = this.#input.needle();
    const { size, places } = this.geometry;
    if (!needle) return null;
    // Mono type of 15 pixels for the key, of 13 for the slot below it.
    const textPx = Math.max(needle.label.length * 9.2, 80);
    return needlePicture(needle, size, places.values(), {
      widthPx: this.#input.extent().width,
      textPx,
    });
  });

  /** Middles of what a slot range must not run into. */
  readonly busy = $derived([
    ...this.pills.map(pillMiddle),
    ...this.openSlots.flatMap(({ label }) => label ?? []),
    ...[this.needle, ...(this.needle?.earlier ?? [])].flatMap((one) => one?.crossing ?? []),
  ]);

  readonly reports = $derived.by(() => {
    const subject = this.#input.subject();
    if (subject === null) return null;
    const now = { ...this.#input.frame(), atMs: this.#input.atMs() };
    const found = reportsOn(subject, now, this.#input.viewpoint());
    return found && this.#input.reducedMotion() ? drainedBySeconds(found) : found;
  });
  readonly legend = $derived.by(() =>
    legendEntries(this.#input.frame(), this.facts.flags, this.election),
  );
  /** Whether some heartbeats are not drawn, which the legend says. */
  readonly isThinned = $derived.by(() => this.facts.nodes.length >= THINNED_FROM_NODES);
  /** What the notes in the corners are planned for. */
  readonly wishes = $derived.by((): CalloutWishes => {
    const legendLength = this.legend.length + (this.isThinned ? 1 : 0);
    return {
      geometry: this.settled,
      stage: this.#input.extent(),
      viewpoint: this.#input.viewpoint(),
      ...{ reports: this.reports, election: this.election, legendLength },
    };
  });
  /** Where those notes stand, told by who planned them, after the first picture. */
  notes = $state.raw<readonly CornerBox[]>([]);
  readonly client = $derived.by(() =>
    activeClient(this.#input.frame().clients, this.#input.atMs()),
  );
  readonly exchanges = $derived.by(() => {
    const { clientBox: box, places } = this.geometry;
    const draw = lateStage.exchanges.part;
    if (!this.client || !box || !draw) return [];
    return draw(this.client, { box, places, atMs: this.#input.atMs() });
  });
  readonly numbers = $derived.by(() => {
    const { size, places, shiftAt } = this.geometry;
    if (size.crowd) return [];
    const needle = this.needle ? [{ ...this.needle.label, radius: 22 }] : [];
    const busy = [
      ...places.values(),
      ...needle,
      ...this.ballots.map(badge),
      ...this.exchanges.flatMap(({ covers }) => covers).map((point) => ({ ...point, radius: 4 })),
    ];
    return ringNumbers(size, busy, shiftAt);
  });
}

function badge({ x, y }: { x: number; y: number }): { x: number; y: number; radius: number } {
  return { x, y, radius: 0 };
}
