/**
 * Moves the stage from one arrangement to the next on the interface's own clock. What the cluster
 * does is never delayed: the new arrangement holds at once, and only the picture follows.
 */
import { untrack } from 'svelte';
import type { NodeName } from '../../protocol/ids';
import type { StageGeometry } from '../layout/stage-geometry';
import type { Cause } from '../layout/transition';
import { lateStage } from './late-parts';

export interface MotionInput {
  /** Where everything belongs. */
  readonly target: StageGeometry;
  /** Differs when the window does; nothing glides because a window was resized. */
  readonly box: string;
  readonly viewpoint: NodeName | null;
  /** Whether what the cluster does may glide: not while scrubbing, seeking or playing fast. */
  readonly animate: boolean;
  /** Grows with everything the reader does; a glide still under way ends at once. */
  readonly moves: number;
  readonly reducedMotion: boolean;
}

/** How to get from one arrangement to the next; there is none to be shown before it has come. */
type Transition = NonNullable<typeof lateStage.transition.part>;

interface Glide {
  readonly how: Transition;
  readonly from: StageGeometry;
  readonly to: StageGeometry;
  readonly cause: Cause;
  readonly startedMs: number;
}

export class StageMotion {
  readonly #input: () => MotionInput;
  #last: MotionInput | null = null;
  #request = 0;
  #movesAtStart = 0;
  #glide = $state.raw<Glide | null>(null);
  #nowMs = $state(0);
  #fadesUntilMs = 0;

  /** Where everything is drawn now. */
  readonly geometry: StageGeometry = $derived.by(() => {
    const { target } = this.#input();
    const glide = this.#glide;
    return glide?.to === target ? geometryAt(glide, this.#nowMs) : target;
  });

  /** Call while a component is being made: it follows the component's life. */
  constructor(input: () => MotionInput) {
    this.#input = input;
    $effect.pre(() => {
      const now = input();
      untrack(() => this.#follow(now));
    });
    $effect(() => () => cancelAnimationFrame(this.#request));
  }

  /** Whether what appears or goes now does so because somebody else's eyes are looked through. */
  get changesViewpoint(): boolean {
    return performance.now() < this.#fadesUntilMs;
  }

  /** How long what appears or goes now takes to fade, in milliseconds; 0 for at once. */
  get fadeMs(): number {
    return this.changesViewpoint ? (lateStage.transition.part?.VIEWPOINT_MS ?? 0) : 0;
  }

  #follow(now: MotionInput): void {
    const last = this.#last;
    this.#last = now;
    if (!last) return;
    const cause: Cause = now.viewpoint === last.viewpoint ? 'cluster' : 'viewpoint';
    const isCrowd = now.target.size.crowd !== null;
    const mayGlide = !isCrowd && (cause === 'viewpoint' ? !now.reducedMotion : now.animate);
    if (cause === 'viewpoint' && mayGlide) this.#fadesUntilMs = performance.now() + 50;
    const from = this.#shown(last.target, now);
    const to = now.target;
    if (to === last.target) return;
    const how = mayGlide && now.box === last.box ? lateStage.transition.part : null;
    if (how?.differs(from, to)) {
      this.#begin({ how, from, to, cause, startedMs: performance.now() });
    } else this.#end();
  }

  /** Where things are before a change: where they stand, or, after another move, where they go. */
  #shown(target: StageGeometry, { animate, moves }: MotionInput): StageGeometry {
    const glide = this.#glide;
    if (!glide) return target;
    const isOver = moves !== this.#movesAtStart || (!animate && glide.cause === 'cluster');
    if (!isOver) return geometryAt(glide, this.#nowMs);
    this.#end();
    return target;
  }

  #begin(glide: Glide): void {
    this.#glide = glide;
    this.#movesAtStart = this.#last?.moves ?? 0;
    this.#nowMs = glide.startedMs;
    cancelAnimationFrame(this.#request);
    this.#request = requestAnimationFrame(this.#tick);
  }

  #end(): void {
    cancelAnimationFrame(this.#request);
    this.#glide = null;
  }

  #tick = (): void => {
    const glide = this.#glide;
    if (!glide) return;
    this.#nowMs = performance.now();
    if (this.#nowMs - glide.startedMs >= glide.how.transitionMs(glide.cause)) this.#end();
    else this.#request = requestAnimationFrame(this.#tick);
  };
}

function geometryAt({ how, from, to, cause, startedMs }: Glide, nowMs: number): StageGeometry {
  const opens = to.groups.length > from.groups.length;
  return how.geometryBetween(from, to, how.sharesAt(nowMs - startedMs, cause, opens));
}
