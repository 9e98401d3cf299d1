/**
 * The run on screen: what a source shows at its cursor, and where the reader looks.
 * The only file where the timeline meets runes; components read it and call its verbs.
 */
import type { Input, TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { Deed } from '../lesson/lesson-run';
import type { ClusterFrame, FrameMessage } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import type {
  Beat,
  BeatKind,
  BranchInfo,
  ClusterSource,
  Cursor,
  MessageTrace,
} from '../timeline/cluster-source';
import { latestBeat, neighbourSpeed } from '../timeline/playback';
import { answerTime } from './doing/await-reply';
import type { ClockVerbs, Gate, NewClock, Waypoint } from './time/clock';
import { knownMessage } from './telling/known-message';
import type { News } from './telling/news';
import { lookEveryMs } from './time/look-every';
import { keepPicked, messageIn, nodesIn, type Selection } from './selection';
import { subjectOf } from './telling/subject';
import type { TimeVerbs } from './time/time-verbs';
import { waitingClock } from './time/waiting-clock';

export type { Selection } from './selection';

export class Session implements TimeVerbs {
  source = $state.raw() as ClusterSource;
  #clock: ClockVerbs;
  /** What was asked of a recording; done once the engine has taken over. Null with an engine. */
  #asked: ((clock: ClockVerbs) => void)[] | null = null;
  #notesOfBranch = -1;

  frame = $state.raw() as ClusterFrame;
  cursor = $state.raw() as Cursor;
  branches = $state.raw<readonly BranchInfo[]>([]);
  beats = $state.raw<readonly Beat[]>([]);
  /** All notes of the branch, oldest first, those after the cursor too. */
  notes = $state.raw<readonly RecordedNote[]>([]);
  computedUntilMs = $state(0);
  /** The instant drawn: that of the cursor, or on the way to it while a step is being shown. */
  atMs = $state(0);
  /** Grows whenever anything is recorded or the cursor moves; lists derive from it. */
  revision = $state(0);
  /** Differs whenever more is recorded or the branch is another, not when the cursor moves. */
  recorded = $state('');

  playing = $state(false);
  /** The engine is there; a recording only shows its one moment. */
  isLive = $state(false);
  /** Nothing moves on screen. */
  settled = $state(true);
  speed = $state(1);
  byBeat = $state(false);

  /** A moment ahead waits for an answer: nothing may show what comes after it. */
  isGated = $state(false);
  /** What there is to say about the last move through time. */
  news = $state.raw<News | null>(null);

  /** Grows with everything the reader does that moves or changes the cluster. */
  moves = $state(0);
  /** The last of it was a step or a deed, which may be shown; a jump through time is a cut. */
  moveIsShown = $state(false);

  viewpoint = $state<NodeName | null>(null);
  /** The reader has what an operator has, logs and terminals, and no picture of the cluster. */
  isOperators = $state(false);
  chosenSubject = $state<NodeName | null>(null);
  selected = $state.raw<Selection | null>(null);
  /** A lesson asks how many make a majority: the stage does not say so now. */
  quorumIsSealed = $state(false);
  filter = $state<'key' | 'all'>('key');
  /** What this branch was told to do, oldest first, with what the scene began with. */
  inputs = $state.raw<readonly TimedInput[]>([]);
  /** What the learner did, not the script. */
  deeds = $state.raw<readonly Deed[]>([]);

  /** The message that is picked, or that carried what is picked. */
  pickedMessage = $derived(messageIn(this.selected));
  /** The nodes that what is picked is about, the one to open first. */
  pickedNodes = $derived(
    nodesIn(
      this.selected,
      this.pickedMessage === null || this.selected?.type !== 'message'
        ? null
        : this.messageOf(this.pickedMessage),
    ),
  );

  subject = $derived(this.chosenSubject ?? subjectOf(this.frame));
  beat = $derived(latestBeat(this.cursor.step, this.beats));

  /** Without a clock the source is a recording: nothing moves until `takeOver`. */
  constructor(source: ClusterSource, newClock: NewClock | null) {
    this.source = source;
    this.refresh();
    this.isLive = newClock !== null;
    if (newClock === null) this.#clock = waitingClock((this.#asked = []));
    else this.#clock = this.#startClock(newClock);
  }

  #startClock(newClock: NewClock): ClockVerbs {
    return newClock(this.source, {
      onmove: () => this.refresh(),
      onbeforemove: () => void this.source.frame,
      lookEveryMs: () => lookEveryMs(this.frame.nodes.length),
      ontween: (atMs) => (this.atMs = atMs),
      onstate: (state, pace) => {
        this.playing = state === 'playing' || state === 'toBeat';
        this.settled = state === 'paused';
        this.speed = pace.speed;
        this.byBeat = pace.byBeat;
      },
      onnone: (what) => {
        this.news = { type: 'none', what, limitMs: this.source.searchLimitMs };
      },
      onbreak: ({ kind }) => (this.news = { type: 'break', kind }),
    });
  }

  /** The engine comes in, at the same moment; once the scene is set, what was asked is done. */
  takeOver(source: ClusterSource, newClock: NewClock): void {
    const asked = this.#asked ?? [];
    this.#asked = null;
    this.isLive = true;
    this.#notesOfBranch = -1;
    this.source = source;
    this.#clock = this.#startClock(newClock);
    this.refresh();
    queueMicrotask(() => {
      for (const ask of asked) ask(this.#clock);
    });
  }

  /** Whether the engine is not there yet; then `verb` is done when it is. */
  #waits(verb: () => void): boolean {
    this.#asked?.push(verb);
    return this.#asked !== null;
  }

  get scene(): Scene {
    return this.source.scene;
  }

  /** Stops the clock for good; the page drops this session. */
  close(): void {
    this.#clock.close();
  }

  togglePlay(): void {
    this.news = null;
    this.#clock.toggle();
  }

  pause(): void {
    this.#clock.pause();
  }

  /** Plays to a time; pausing and stepping on the way are fine. */
  playTo(waypoint: Waypoint): void {
    this.#clock.playTo(waypoint);
  }

  forgetWaypoint(): void {
    this.#clock.forgetWaypoint();
  }

  setBreakpoints(kinds: readonly BeatKind[]): void {
    this.#clock.setBreakpoints(kinds);
  }

  setGate(gate: Gate | null): void {
    this.isGated = gate !== null;
    this.#clock.setGate(gate);
  }

  setSpeed(speed: number | 'beat'): void {
    if (speed === 'beat') this.#clock.setByBeat();
    else this.#clock.setSpeed(speed);
  }

  changeSpeed(direction: 1 | -1): void {
    this.#clock.setSpeed(neighbourSpeed(this.speed, direction));
  }

  stepEvent(direction: 1 | -1): void {
    this.#moved(true);
    this.#clock.stepEvent(direction);
  }

  stepBeat(direction: 1 | -1): void {
    this.#moved(true);
    this.#clock.stepBeat(direction);
  }

  stepDelivery(direction: 1 | -1): void {
    this.#moved(true);
    this.#clock.stepDelivery(direction);
  }

  seekTime(atMs: number): void {
    this.#moved(false);
    this.#clock.seekTime(atMs);
  }

  /** To right after a kernel step. */
  seekStep(step: number): void {
    this.#moved(false);
    this.#clock.seekStep(step);
  }

  /** The very beginning, or the end of what is computed. */
  seekEnd(end: 'first' | 'last'): void {
    this.#moved(false);
    this.#clock.seekTime(end === 'first' ? 0 : this.source.computedUntilMs);
  }

  /** Does something now, by the reader's hand. */
  act(input: Input): void {
    if (this.#waits(() => this.act(input))) return;
    const { atMs } = this.source.cursor;
    this.actByScript(input);
    const { branch, step } = this.source.cursor;
    this.deeds = [...this.deeds, { atMs, input, branch, step }];
    // What was typed is watched until it is answered, as one would wait at a terminal.
    const until = answerTime(this, input);
    if (until !== null) this.playTo({ ...until, onarrival: () => undefined });
  }

  /** Does something now because the lesson's script says so. */
  actByScript(input: Input): void {
    if (this.#waits(() => this.actByScript(input))) return;
    this.#moved(true);
    this.#clock.endTween();
    keepPicked(this, () => this.source.act(input));
    this.refresh();
  }

  switchBranch(id: number): void {
    this.#moved(false);
    this.#clock.pause();
    keepPicked(this, () => this.source.switchBranch(id));
    this.refresh();
  }

  /** Goes back to a place the cursor has been. */
  returnTo = ({ branch, step, atMs }: Cursor): void => {
    this.#moved(false);
    this.#clock.pause();
    if (this.source.cursor.branch !== branch)
      keepPicked(this, () => this.source.switchBranch(branch));
    this.source.seekTime(atMs);
    // Several steps may share an instant; the place is after one of them.
    if (this.source.cursor.step !== step) this.source.seekStep(step);
    this.refresh();
  };

  #moved(isShown: boolean): void {
    this.news = null;
    this.moves += 1;
    this.moveIsShown = isShown;
  }

  /** A message in flight, or one of the recorded past; null if there is none of this id. */
  messageOf(id: number): FrameMessage | MessageTrace | null {
    // How it stands at the cursor, else what became of it, known once more is recorded.
    void this.frame;
    return this.recorded === '' ? null : knownMessage(this.source, id);
  }

  /** Looks at the source anew. */
  refresh(): void {
    this.frame = this.source.frame;
    this.cursor = this.source.cursor;
    this.atMs = this.source.cursor.atMs;
    this.computedUntilMs = this.source.computedUntilMs;
    this.branches = this.source.branches;
    this.beats = this.source.beats();
    this.inputs = this.source.inputs;
    this.#copyNotes();
    const { branch } = this.cursor;
    this.recorded = `${branch} ${this.computedUntilMs} ${this.source.notes().length}`;
    this.revision += 1;
  }

  /** The source grows its list in place; a copy tells those who derive from it that it grew. */
  #copyNotes(): void {
    const { branch } = this.source.cursor;
    const notes = this.source.notes();
    if (notes.length === this.notes.length && branch === this.#notesOfBranch) return;
    this.#notesOfBranch = branch;
    this.notes = [...notes];
  }
}
