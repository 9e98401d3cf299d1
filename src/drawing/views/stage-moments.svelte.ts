/**
 * What goes on between the nodes: facts of processes, slots on their way, ballots, the needle, a
 * client and its conversation. It comes after the first picture, in which there is none of it.
 */
import { keptBallots } from '../layout/ballots';
import { FAN_FROM } from '../layout/broadcasts';
import { exchangePictures } from '../layout/client-picture';
import type { TextBox } from '../layout/client-texts';
import { crowdLabels, reaches } from '../layout/crowd-labels';
import { fanCounts } from '../layout/fan-counts';
import { faultyLinks } from '../layout/faulty-links';
import {
  clearOf,
  pillHalfPx,
  pillMiddle,
  pillPicture,
  type PillPicture,
} from '../layout/fact-pills';
import { fingerRadii } from '../layout/finger-room';
import { needlePicture } from '../layout/needle';
import { openSlotPictures } from '../layout/open-slots';
import { distancePx, polar, type Point } from '../layout/polar';
import type { RangeLabel } from '../layout/range-labels';
import { rangeTouches } from '../layout/range-touches';
import type { RingNumber } from '../layout/ring-marks';
import { hasPortsOutside } from '../layout/ring-size';
import { MOST_FEW } from '../layout/scale';
import { activeClient } from '../layout/talk';
import { HALF_WIDTH as TORN_HALF_PX, tearPill } from '../layout/tear-pill';
import type { StagePicture } from './stage-picture.svelte';

/** Half the width of the longest pill that tells of a difference. */
const PARTING_HALF_PX = 92;

/** From a disc's edge to the middle of its badge. */
const BADGE_PX = 6;
/** From a disc's edge to the outer edge of its halo. */
const HALO_PX = 9;
/** Half of a slot range's length, and of a ballot's. */
const RANGE_PX = 47;
/** From the band to the ports outside, past graduations and moons. */
const PORTS_PX = 19;

export default class StageMoments {
  readonly #stage: StagePicture;

  constructor(stage: StagePicture) {
    this.#stage = stage;
  }

  /** Links that somebody cut, held or slowed. */
  readonly faulty = $derived.by(() => faultyLinks(this.#stage.facts.faults, this.#stage.geometry));
  /** How far around each disc of a phone a finger may land. */
  readonly fingers = $derived.by(() => {
    const { size, places } = this.#stage.geometry;
    return size.compact && !size.crowd ? fingerRadii(places) : null;
  });

  readonly #paused = $derived.by(() =>
    this.#stage.input
      .frame()
      .nodes.flatMap(({ name, view }) => (view.handover === 'paused' ? [name] : []))
      .join(' '),
  );
  readonly pills = $derived.by(() => {
    const { facts, settled, input } = this.#stage;
    const { compact, crowd } = settled.size;
    if (facts.hasTally || compact || crowd !== null) return [];
    const found: PillPicture[] = [];
    for (const node of facts.nodes) {
      const place = settled.places.get(node.name);
      const isAtWork = node.process === 'running' && !this.#paused.includes(node.name);
      if (isAtWork || !place) continue;
      const pill = pillPicture(node, place, { geometry: settled, ...input.extent() });
      found.push(clearOf(pill, found, pillHalfPx(pill)));
    }
    return found;
  });
  /** For how long the cluster has been torn apart, and where that is said. */
  readonly torn = $derived.by(() => {
    const { facts, settled, input, notes } = this.#stage;
    if (settled.size.compact || facts.hasTally || settled.shifts.size === 0) return null;
    return tearPill(facts.faults, settled, input.extent().width, notes);
  });
  /** Real nodes that say something else than ours beside them; what they say is read elsewhere. */
  readonly #parted = $derived.by(() =>
    this.#stage.input
      .frame()
      .nodes.flatMap(({ name, partings }) => (partings ? [name] : []))
      .join(' '),
  );
  readonly partingPills = $derived.by(() => {
    const { facts, settled, input } = this.#stage;
    const { compact, crowd } = settled.size;
    if (this.#parted === '' || facts.hasTally || compact || crowd !== null) return [];
    const names = this.#parted.split(' ');
    const room = { geometry: settled, ...input.extent(), halfPx: PARTING_HALF_PX };
    const found: PillPicture[] = [];
    for (const node of facts.nodes) {
      const place = settled.places.get(node.name);
      const isTold = names.includes(node.name) && !this.pills.some((p) => p.name === node.name);
      if (!isTold || !place) continue;
      const pill = pillPicture(node, place, room, 'unequal');
      found.push(clearOf(pill, [...this.pills, ...found], PARTING_HALF_PX));
    }
    return found;
  });
  readonly openSlots = $derived.by(() =>
    openSlotPictures(
      this.#stage.input.frame().nodes,
      this.#stage.input.viewpoint(),
      this.#stage.geometry,
    ),
  );
  readonly ballots = $derived.by(() => {
    const { election, settled } = this.#stage;
    return election ? keptBallots(election, settled.places) : [];
  });
  /** The counts of broadcasts that are drawn as fans; a crowd's are painted with what flies. */
  readonly fans = $derived.by(() => {
    const { settled, facts, input, shownFrame } = this.#stage;
    if (settled.size.crowd !== null || facts.nodes.length <= FAN_FROM) return [];
    return fanCounts(shownFrame.messages, input.atMs(), settled.places);
  });
  /** Ports outside the ring, where discs are too small for theirs; a crowd has its own. */
  readonly ports = $derived.by(() => {
    const { settled, input, election } = this.#stage;
    const { size, places } = settled;
    if (size.crowd !== null || size.compact || !hasPortsOutside(size)) return [];
    const focus = input.selected() ?? input.subject() ?? input.viewpoint();
    const inPlay = [focus, input.viewpoint(), election?.candidate ?? null];
    const names = [...new Set(inPlay.filter((name) => name !== null))];
    const labels = crowdLabels(places, size.radius + size.band / 2 + PORTS_PX, names);
    return labels.filter((label) => !this.notes.some((note) => reaches(label, note)));
  });
  readonly needle = $derived.by(() => {
    const needle = this.#stage.input.needle();
    const { size, places } = this.#stage.geometry;
    if (!needle) return null;
    // Mono type of 15 pixels for the key, of 13 for the slot below it.
    const textPx = Math.max(needle.label.length * 9.2, 80);
    const { width: widthPx, height: heightPx } = this.#stage.input.extent();
    return needlePicture(needle, size, places.values(), {
      ...{ widthPx, heightPx },
      textPx,
      covered: this.exchanges.flatMap(({ covers }) => covers),
    });
  });

  readonly #doubted = $derived.by(() => {
    const { facts, settled } = this.#stage;
    const isDoubted = (name: string) => (facts.held.get(name) ?? 'ok') !== 'ok';
    return [...settled.whole.values()].filter(({ name }) => isDoubted(name));
  });
  /** Badges of the suspected, where they sit on the inner side of their discs. */
  readonly #badges = $derived.by(() => {
    if (this.#stage.facts.nodes.length <= MOST_FEW) return [];
    return this.#doubted.map(({ x, y, radius }) => {
      const inwards = polar(radius + BADGE_PX, Math.atan2(-x, y));
      return { x: x + inwards.x, y: y + inwards.y };
    });
  });
  /** Slot ranges that a ballot beside its voter, a badge or a halo would cover a part of. */
  readonly #coveredRanges = $derived.by(() => {
    const over = [...this.ballots, ...this.#badges];
    const isCovered = (range: RangeLabel) =>
      over.some((one) => distancePx(one, range.at) < RANGE_PX) ||
      this.#doubted.some((disc) => rangeTouches(range, disc, disc.radius + HALO_PX));
    return this.#stage.settled.arcs.flatMap(({ range }) =>
      range && isCovered(range) ? [range.at] : [],
    );
  });

  /** Middles of what a slot range must not run into. */
  readonly busy = $derived([
    ...[...this.pills, ...this.partingPills].map((pill) => pillMiddle(pill)),
    ...this.#coveredRanges,
    ...this.faulty.flatMap(({ type, label }) => (type === 'delay' ? [label] : [])),
    ...this.openSlots.flatMap(({ giver, taker }) => [giver ?? [], taker ?? []].flat()),
    ...[this.needle, ...(this.needle?.earlier ?? [])].flatMap((one) => one?.crossing ?? []),
  ]);

  /** The corners' notes, seen from the centre of the ring. */
  readonly notes = $derived.by(() => {
    const { centreX, centreY } = this.#stage.geometry.size;
    return this.#stage.notes.map(({ x, y, width, height }) => ({
      ...{ left: x - centreX, right: x + width - centreX },
      ...{ top: y - centreY, bottom: y + height - centreY },
    }));
  });

  /** Without the numbers that would stand in a note. */
  besideNotes(numbers: readonly RingNumber[]): readonly RingNumber[] {
    return numbers.filter(({ x, y }) => this.notes.every((note) => isOutside(note, x, y)));
  }

  readonly client = $derived.by(() =>
    activeClient(this.#stage.input.frame().clients, this.#stage.input.atMs()),
  );
  readonly exchanges = $derived.by(() => {
    const { clientBox: box, places } = this.#stage.geometry;
    if (!this.client || !box) return [];
    const atMs = this.#stage.input.atMs();
    return exchangePictures(this.client, { box, places, atMs, notes: this.notes });
  });
  /** What the numbers of the ring must not run into. */
  readonly covered = $derived.by(() => [
    ...(this.needle ? [{ ...this.needle.label, radius: 22 }] : []),
    ...(this.torn ? [-1, 0, 1].map((side) => disc(besideOf(this.torn!, side), 0)) : []),
    ...this.ballots.map((ballot) => disc(ballot, 0)),
    ...this.exchanges.flatMap(({ covers }) => covers).map((point) => disc(point, 4)),
  ]);
}

/** Half the length of a number of the ring. */
const HALF_NUMBER_PX = 18;

function isOutside({ left, right, top, bottom }: TextBox, x: number, y: number): boolean {
  const isAside = x < left - HALF_NUMBER_PX || x > right + HALF_NUMBER_PX;
  return isAside || y < top - HALF_NUMBER_PX || y > bottom + HALF_NUMBER_PX;
}

const besideOf = ({ x, y }: Point, side: number): Point => ({ x: x + side * TORN_HALF_PX, y });
const disc = ({ x, y }: Point, radius: number) => ({ x, y, radius });
