/**
 * Everything the stage places, derived so that an animation frame costs only what moves:
 * geometry changes with topology and size, beliefs with beliefs, messages with time.
 */
import { untrack } from 'svelte';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { arrange, arrangementKey } from '../layout/arrangement';
import { beliefs, reportsOn, type Belief } from '../layout/beliefs';
import { keptBallots } from '../layout/ballots';
import { planCallouts } from '../layout/callout-plan';
import { pillMiddle, pillPicture } from '../layout/fact-pills';
import { legendEntries } from '../layout/legend';
import { faultyLinks, mesh, pairKey, strangers } from '../layout/link-pictures';
import { messagePictures } from '../layout/message-pictures';
import { needlePicture } from '../layout/needle';
import { partitionGroups, type Groups } from '../layout/partition';
import { ringNumbers } from '../layout/ring-marks';
import { geometryOf } from '../layout/stage-geometry';
import { shownElection } from '../layout/tally';

export interface StageInput {
  readonly frame: ClusterFrame;
  readonly atMs: number;
  readonly viewpoint: NodeName | null;
  readonly subject: NodeName | null;
  readonly needle: { readonly slot: number; readonly label: string } | null;
  readonly reducedMotion: boolean;
  readonly width: number;
  readonly height: number;
  readonly insetTop: number;
}

export class StagePicture {
  readonly #input: () => StageInput;

  constructor(input: () => StageInput) {
    this.#input = input;
  }

  readonly #frame = $derived.by(() => this.#input().frame);
  readonly #atMs = $derived.by(() => this.#input().atMs);
  readonly #viewpoint = $derived.by(() => this.#input().viewpoint);
  readonly #subject = $derived.by(() => this.#input().subject);
  readonly #width = $derived.by(() => this.#input().width);
  readonly #height = $derived.by(() => this.#input().height);
  readonly #reducedMotion = $derived.by(() => this.#input().reducedMotion);
  readonly #insetTop = $derived.by(() => this.#input().insetTop);

  readonly #arranged = $derived(arrange(this.#frame, this.#viewpoint));
  readonly #arrangedKey = $derived(arrangementKey(this.#arranged));
  readonly #hasClient = $derived(this.#frame.clients.length > 0);
  readonly election = $derived(shownElection(this.#frame, this.#atMs));
  readonly #hasTally = $derived(this.election !== null);

  readonly #groupsKey = $derived(JSON.stringify(partitionGroups(this.#frame)));
  readonly #groups = $derived(JSON.parse(this.#groupsKey) as Groups);

  /** Redone only when somebody changes place, or the box its size. */
  readonly geometry = $derived.by(() => {
    const box = {
      ...{ width: this.#width, height: this.#height, insetTop: this.#insetTop },
      ...{ hasClient: this.#hasClient, hasTally: this.#hasTally },
      groups: this.#groups,
    };
    return onlyFor(this.#arrangedKey, () => geometryOf(this.#arranged, box));
  });

  readonly #heldKey = $derived(JSON.stringify([...beliefs(this.#frame, this.#viewpoint)]));
  readonly held: ReadonlyMap<NodeName, Belief> = $derived(
    new Map(JSON.parse(this.#heldKey) as [NodeName, Belief][]),
  );

  readonly #stoppedKey = $derived(
    this.#frame.nodes.flatMap((n) => (n.process === 'running' ? [] : [n.name])).join(' '),
  );
  readonly #replicationKey = $derived(
    this.#frame.nodes
      .flatMap((n) => (n.process === 'killed' || n.view.replication.link !== 'up' ? [n.name] : []))
      .join(' '),
  );
  readonly replicationDown = $derived(new Set(this.#replicationKey.split(' ')));
  readonly #strangersKey = $derived(strangers(this.#frame).join(';'));
  readonly #faultKey = $derived(JSON.stringify(this.#frame.faults));

  readonly faulty = $derived.by(() => {
    const { geometry } = this;
    return onlyFor(this.#faultKey, () => faultyLinks(this.#frame, geometry));
  });
  readonly mesh = $derived(
    mesh(this.geometry, {
      stopped: new Set(this.#stoppedKey.split(' ')),
      faulty: new Set(this.faulty.map(({ from, to }) => pairKey(from, to))),
      strangers: new Set(this.#strangersKey.split(';')),
    }),
  );

  readonly messages = $derived(
    messagePictures(this.#frame, {
      atMs: this.#atMs,
      flightBetween: this.geometry.flightBetween,
      reducedMotion: this.#reducedMotion,
      compact: this.geometry.size.compact,
      bandRadius: this.geometry.size.radius + this.geometry.size.band / 2,
    }),
  );

  readonly pills = $derived(
    this.#frame.nodes.flatMap((node) => {
      const place = this.geometry.places.get(node.name);
      const isSilent = this.election !== null || this.geometry.size.compact;
      if (node.process === 'running' || !place || isSilent) return [];
      return [pillPicture(node, place, { geometry: this.geometry, width: this.#width })];
    }),
  );
  readonly ballots = $derived(
    this.election ? keptBallots(this.election, this.geometry.places) : [],
  );
  readonly needle = $derived.by(() => {
    const { needle } = this.#input();
    const { size, places } = this.geometry;
    if (!needle) return null;
    // Mono type of 15 pixels for the key, of 13 for the slot below it.
    const textPx = Math.max(needle.label.length * 9.2, 80);
    return needlePicture(needle.slot, size, places.values(), { widthPx: this.#width, textPx });
  });

  /** Middles of what a slot range must not run into. */
  readonly busy = $derived([
    ...this.pills.map(pillMiddle),
    ...(this.needle ? [this.needle.crossing] : []),
  ]);

  readonly reports = $derived.by(() => {
    if (this.#subject === null) return null;
    const now = { ...this.#frame, atMs: this.#atMs };
    return reportsOn(this.#subject, now, this.#viewpoint);
  });
  readonly legend = $derived(legendEntries(this.#frame, this.election));
  readonly callouts = $derived(
    planCallouts({
      geometry: this.geometry,
      stage: { width: this.#width, height: this.#height, insetTop: this.#insetTop },
      viewpoint: this.#viewpoint,
      reports: this.reports,
      election: this.election,
      legendLength: this.legend.length,
    }),
  );
  readonly numbers = $derived.by(() => {
    const { size, places, shiftAt } = this.geometry;
    const needle = this.needle ? [{ ...this.needle.label, radius: 22 }] : [];
    const busy = [...places.values(), ...needle, ...this.ballots.map(badge)];
    return ringNumbers(size, busy, shiftAt);
  });
}

/** Reads without depending on what is read: `_key` alone says when it has changed. */
function onlyFor<T>(_key: string, compute: () => T): T {
  return untrack(compute);
}

function badge({ x, y }: { x: number; y: number }): { x: number; y: number; radius: number } {
  return { x, y, radius: 0 };
}
