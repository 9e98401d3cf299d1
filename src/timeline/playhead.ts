/**
 * A place on one branch, and what is seen from there. Several may stand on the same branch.
 * It always stands right after a deed or a step that left a trace, so that going back and forth
 * meets the same worlds.
 */
import { frameOfWorld } from '../kernel/frame-of-world';
import { hashWorld } from '../kernel/hash';
import { nodeNames } from '../kernel/scene';
import type { World } from '../kernel/world';
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { RecordedNote } from '../protocol/notes';
import type { Branch } from './branch';
import type { Actor } from '../kernel/step-record';
import { chartPlace } from './chart-place';
import type {
  Beat,
  BeatKind,
  ChartPlace,
  Cursor,
  MessageAccount,
  MessageTrace,
  Sight,
  Span,
  TypeFilter,
} from './cluster-source';
import { messageAccount } from './message-account';
import type { Stop } from './stops';

/** How far a search computes before it gives up: less of a cluster that takes longer. */
const SEARCH_LIMIT_MS = 120_000;
const LEAST_LIMIT_MS = 10_000;
const NODES_AT_FULL_LIMIT = 12;

export class Playhead implements Sight {
  readonly branch: Branch;
  private stopIndex = 0;
  private atMs = 0;
  private pictureOf: World | null = null;
  private picture: ClusterFrame | null = null;
  private hashOf: World | null = null;
  private hashText = '';

  constructor(branch: Branch) {
    this.branch = branch;
  }

  get cursor(): Cursor {
    return { branch: this.branch.start.id, step: this.stop.step, atMs: this.atMs };
  }

  get computedUntilMs(): number {
    return this.branch.computedUntilMs;
  }

  get searchLimitMs(): number {
    const nodes = nodeNames(this.world.scene).length;
    const share = Math.min(1, NODES_AT_FULL_LIMIT / nodes);
    return Math.max(LEAST_LIMIT_MS, Math.round((SEARCH_LIMIT_MS * share) / 1_000) * 1_000);
  }

  /** Nothing that is known lies beyond. */
  get isAtEdge(): boolean {
    return this.stopIndex === this.branch.stops.length - 1;
  }

  /** The world here. */
  get world(): World {
    return this.branch.worldAt(this.stop.step);
  }

  get frame(): ClusterFrame {
    const { world } = this;
    if (this.pictureOf !== world || this.picture === null) {
      this.pictureOf = world;
      this.picture = frameOfWorld(world);
    }
    if (this.picture.atMs !== this.atMs) this.picture = { ...this.picture, atMs: this.atMs };
    return this.picture;
  }

  previousFrame(): ClusterFrame | null {
    if (this.stopIndex === 0) return null;
    return frameOfWorld(this.branch.worldAt(this.branch.stops.at(this.stopIndex - 1).step));
  }

  stepEvents(count: number): void {
    const { stops } = this.branch;
    const target = this.stopIndex + count;
    this.branch.computeWhile(() => stops.length <= target, this.searchLimitMs);
    this.standAt(Math.min(Math.max(0, target), stops.length - 1));
  }

  stepBeat(direction: 1 | -1, limitMs?: number, kinds?: readonly BeatKind[]): Beat | null {
    const isMeant = (beat: Beat): boolean => kinds?.includes(beat.kind) ?? true;
    return this.stepAmong(this.branch.beats, isMeant, direction, limitMs);
  }

  stepDelivery(direction: 1 | -1, limitMs = this.searchLimitMs): RecordedNote | null {
    const here = this.stop.step;
    const find = (): RecordedNote | null => this.branch.messageLog.readNear(here, direction);
    const leftMs = this.atMs + limitMs - this.branch.computedUntilMs;
    if (direction === 1 && leftMs > 0) this.branch.computeWhile(() => find() === null, leftMs);
    const found = find();
    if (found) this.seekStep(found.step);
    else if (direction === -1) this.standAt(0);
    return found;
  }

  /**
   * To the next or previous of a list that grows with the branch. Nothing ahead: stays and returns
   * null; nothing behind: goes to the beginning.
   */
  private stepAmong<T extends { readonly step: number }>(
    list: readonly T[],
    isMeant: (one: T) => boolean,
    direction: 1 | -1,
    limitMs = this.searchLimitMs,
  ): T | null {
    const here = this.stop.step;
    const found =
      direction === 1
        ? this.searchAhead(list, (one) => one.step > here && isMeant(one), limitMs)
        : list.findLast((one) => one.step < here && isMeant(one));
    if (found) this.seekStep(found.step);
    else if (direction === -1) this.standAt(0);
    return found ?? null;
  }

  private searchAhead<T>(
    list: readonly T[],
    isMeant: (one: T) => boolean,
    limitMs: number,
  ): T | undefined {
    let looked = 0;
    let found: T | undefined;
    const isMissing = (): boolean => {
      for (; found === undefined && looked < list.length; looked++) {
        if (isMeant(list[looked]!)) found = list[looked];
      }
      return found === undefined;
    };
    const leftMs = this.atMs + limitMs - this.branch.computedUntilMs;
    if (isMissing() && leftMs > 0) this.branch.computeWhile(isMissing, leftMs);
    return isMissing() ? undefined : found;
  }

  seekTime(atMs: number): void {
    const target = Math.max(0, atMs);
    if (target > this.branch.computedUntilMs) this.branch.computeUntil(target);
    this.stopIndex = this.branch.stops.atTime(target);
    this.atMs = target;
  }

  seekStep(step: number): void {
    const { stops } = this.branch;
    this.branch.computeWhile(() => stops.last.step < step, this.searchLimitMs);
    this.standAt(stops.atStep(step));
  }

  /** When the next event comes that left a trace (1), or the last one before this instant (-1). */
  neighbourMs(direction: 1 | -1): number | null {
    const { stops } = this.branch;
    const isLater = (): boolean => stops.last.atMs > this.atMs;
    if (direction === 1) this.branch.computeWhile(() => !isLater(), this.searchLimitMs);
    const last = stops.atTime(this.atMs);
    if (direction === 1) return last + 1 < stops.length ? stops.at(last + 1).atMs : null;
    const here = stops.at(last).atMs;
    if (here < this.atMs) return here;
    return here === 0 ? null : stops.at(stops.atTime(here - 1)).atMs;
  }

  notes(): readonly RecordedNote[] {
    return this.branch.notes;
  }

  beats(): readonly Beat[] {
    return this.branch.beats;
  }

  messages(fromMs: number, toMs: number, isMeant?: TypeFilter): readonly MessageTrace[] {
    return this.branch.messages(fromMs, toMs, isMeant);
  }

  spans(): readonly Span[] {
    return this.branch.spans;
  }

  density(bucketMs: number): readonly number[] {
    return this.branch.messageLog.density(bucketMs);
  }

  hash(): string {
    const { world } = this;
    if (this.hashOf !== world) {
      this.hashOf = world;
      this.hashText = hashWorld(world);
    }
    return this.hashText;
  }

  traceOf(message: number): MessageTrace | null {
    return this.branch.traceOf(message);
  }

  accountOf(message: number): MessageAccount | null {
    return messageAccount(this.branch, message);
  }

  placeOf(actor: Actor): ChartPlace | null {
    return chartPlace(this.world, this.branch.moves, actor);
  }

  private get stop(): Stop {
    return this.branch.stops.at(this.stopIndex);
  }

  private standAt(index: number): void {
    this.stopIndex = index;
    this.atMs = this.stop.atMs;
  }
}
