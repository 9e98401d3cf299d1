/**
 * Everything the stage places, derived so that an animation frame costs only what moves:
 * geometry changes with topology and size, beliefs with beliefs, messages with time.
 */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { arrangementKey, type ArrangedNode } from '../layout/arrangement';
import type { CornerBox, StageExtent } from '../layout/callouts';
import { mesh, pairKey } from '../layout/link-pictures';
import { messagePictures, PAINTED_FROM } from '../layout/message-pictures';
import type { NeedleTarget } from '../layout/needle';
import { ringNumbers } from '../layout/ring-marks';
import { hasPortsOutside } from '../layout/ring-size';
import { geometryOf, type StageBox, type StageGeometry } from '../layout/stage-geometry';
import { shownElection } from '../layout/tally';
import { Thinning } from '../layout/thinning';
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
  /** The props of the stage. */
  readonly input: StageInput;
  readonly facts: StageFacts;
  readonly motion: StageMotion;

  /** Call while a component is being made; `input` reads its props one by one. */
  constructor(input: StageInput) {
    this.input = input;
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
    const { isAlone = false, ...extent } = this.input.extent();
    const isJoined = hasClient && !isAlone;
    return this.#geometryOnce(arranged, { ...extent, hasClient: isJoined, hasTally, groups });
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
    const viewpoint = this.input.viewpoint();
    return nodeLabels(facts.nodes, { held: facts.held, settled, viewpoint });
  });
  readonly faulty = $derived.by(() => this.moments?.faulty ?? []);
  readonly mesh = $derived.by(() =>
    mesh(this.geometry, {
      stopped: this.facts.stopped,
      faulty: new Set(this.faulty.map(({ from, to }) => pairKey(from, to))),
      strangers: this.facts.strangers,
    }),
  );

  readonly election = $derived.by(() => shownElection(this.input.frame(), this.input.atMs()));
  readonly #thinning = new Thinning();
  /** The frame without the heartbeats that are too many to draw. */
  readonly shownFrame = $derived.by(() => {
    const { messages, nodes } = this.input.frame();
    return { ...this.input.frame(), messages: this.#thinning.choose(messages, nodes.length) };
  });
  readonly messages = $derived.by(() => {
    if (this.#isCrowd) return [];
    return messagePictures(this.shownFrame, {
      atMs: this.input.atMs(),
      flightBetween: this.geometry.flightBetween,
      reducedMotion: this.input.reducedMotion(),
      compact: this.geometry.size.compact,
      bandRadius: this.geometry.size.radius + this.geometry.size.band / 2,
      isPainted: this.isPainted,
    });
  });
  /** Whether what flies is painted on a canvas: a crowd's, and more than a few dozen. */
  readonly isPainted = $derived.by(
    () => this.#isCrowd || this.shownFrame.messages.length > PAINTED_FROM,
  );
  /** What a crowd has besides; null without one. */
  readonly crowd = $derived.by(() => {
    const Crowd = this.#isCrowd ? lateStage.crowdPicture.part : null;
    return Crowd && new Crowd(this);
  });
  readonly #isCrowd = $derived.by(() => this.geometry.size.crowd !== null);

  /** What goes on between the nodes; null until what draws it has come. */
  readonly moments = $derived.by(() => {
    const Moments = lateStage.moments.part;
    return Moments && new Moments(this);
  });

  /** Where the notes in the corners stand, told by who planned them, after the first picture. */
  notes = $state.raw<readonly CornerBox[]>([]);

  /** Middles of what a slot range must not run into. */
  readonly busy = $derived.by(() => this.moments?.busy ?? []);
  readonly numbers = $derived.by(() => {
    const { size, places, shiftAt } = this.geometry;
    if (size.crowd || hasPortsOutside(size)) return [];
    const busy = [...places.values(), ...(this.moments?.covered ?? [])];
    const numbers = ringNumbers(size, busy, shiftAt);
    return this.moments?.besideNotes(numbers) ?? numbers;
  });
}
