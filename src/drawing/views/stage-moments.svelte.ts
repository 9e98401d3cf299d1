/**
 * What goes on between the nodes: facts of processes, slots on their way, ballots, the needle, a
 * client and its conversation. It comes after the first picture, in which there is none of it.
 */
import { keptBallots } from '../layout/ballots';
import { exchangePictures } from '../layout/client-picture';
import { clearOf, pillMiddle, pillPicture, type PillPicture } from '../layout/fact-pills';
import { needlePicture } from '../layout/needle';
import { openSlotPictures } from '../layout/open-slots';
import type { Point } from '../layout/polar';
import { activeClient } from '../layout/talk';
import type { StagePicture } from './stage-picture.svelte';

/** Half the width of the longest pill that tells of a difference. */
const PARTING_HALF_PX = 92;

export default class StageMoments {
  readonly #stage: StagePicture;

  constructor(stage: StagePicture) {
    this.#stage = stage;
  }

  readonly #paused = $derived.by(() =>
    this.#stage.input
      .frame()
      .nodes.flatMap(({ name, view }) => (view.handover === 'paused' ? [name] : []))
      .join(' '),
  );
  readonly pills = $derived.by(() =>
    this.#stage.facts.nodes.flatMap((node) => {
      const { facts, settled, input } = this.#stage;
      const place = settled.places.get(node.name);
      const { compact, crowd } = settled.size;
      const isSilent = facts.hasTally || compact || crowd !== null;
      const isAtWork = node.process === 'running' && !this.#paused.includes(node.name);
      if (isAtWork || !place || isSilent) return [];
      return [pillPicture(node, place, { geometry: settled, ...input.extent() })];
    }),
  );
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

  /** Middles of what a slot range must not run into. */
  readonly busy = $derived([
    ...[...this.pills, ...this.partingPills].map(pillMiddle),
    ...this.openSlots.flatMap(({ label }) => label ?? []),
    ...[this.needle, ...(this.needle?.earlier ?? [])].flatMap((one) => one?.crossing ?? []),
  ]);

  readonly client = $derived.by(() =>
    activeClient(this.#stage.input.frame().clients, this.#stage.input.atMs()),
  );
  readonly exchanges = $derived.by(() => {
    const { clientBox: box, places, size } = this.#stage.geometry;
    if (!this.client || !box) return [];
    const notes = this.#stage.notes.map(({ x, y, width, height }) => ({
      ...{ left: x - size.centreX, right: x + width - size.centreX },
      ...{ top: y - size.centreY, bottom: y + height - size.centreY },
    }));
    const atMs = this.#stage.input.atMs();
    return exchangePictures(this.client, { box, places, atMs, notes });
  });
  /** What the numbers of the ring must not run into. */
  readonly covered = $derived.by(() => [
    ...(this.needle ? [{ ...this.needle.label, radius: 22 }] : []),
    ...this.ballots.map((ballot) => disc(ballot, 0)),
    ...this.exchanges.flatMap(({ covers }) => covers).map((point) => disc(point, 4)),
  ]);
}

const disc = ({ x, y }: Point, radius: number) => ({ x, y, radius });
