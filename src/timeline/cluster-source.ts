/**
 * What the page needs from anything that produces frames: a simulated cluster today, real processes
 * later. Every method is synchronous; nothing here keeps real time.
 */
import type { Input, TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { Actor, ActorMove } from '../kernel/step-record';
import type { BusMessage } from '../protocol/bus-message';
import type { ClusterFrame, NodeView } from '../protocol/cluster-frame';
import type { GossipAccount } from '../protocol/messages/gossip-witness';
import type { NodeId, NodeName } from '../protocol/ids';
import type { MessageType, RecordedNote } from '../protocol/notes';

/**
 * A moment that matters, with what it is about; the caption and the timeline's flags are made from
 * it.
 */
export interface Beat {
  readonly step: number;
  readonly atMs: number;
  readonly kind: BeatKind;
  readonly note: RecordedNote;
}

export type BeatKind =
  | 'process'
  | 'link'
  | 'pfail'
  | 'report'
  | 'fail'
  | 'clear'
  | 'election'
  | 'vote'
  | 'denial'
  | 'win'
  | 'demotion'
  | 'manual'
  | 'pause'
  | 'migration'
  | 'loss'
  | 'slot'
  | 'tool'
  | 'delivery'
  | 'state'
  | 'redirect';

/** Whether messages of a type are asked for. */
export type TypeFilter = (type: MessageType) => boolean;

/** One message of the recorded past, for the space-time diagram. */
export interface MessageTrace {
  readonly id: number;
  readonly type: MessageType;
  readonly from: string;
  readonly to: string;
  readonly sentAtMs: number;
  readonly deliverAtMs: number;
  /** `unread`: it reached a frozen process and waits in its socket. */
  readonly fate: 'flying' | 'delivered' | 'lost' | 'held' | 'unread';
  readonly rumours: readonly { readonly about: string; readonly flag: 'pfail' | 'fail' }[];
  /** The subject of a FAIL or UPDATE; null for other messages. */
  readonly about?: string | null;
  /** The sender's currentEpoch. */
  readonly epoch?: number;
}

/**
 * A stretch of time in which something held, for the lanes: `untilMs` is null while it still does.
 */
export interface Span {
  readonly kind: 'pfail' | 'fail' | 'frozen' | 'killed';
  readonly node: string;
  /** The suspect, for `pfail` and `fail`. */
  readonly about: string | null;
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/** Something was done in the past, or is done there besides, or was not done after all. */
export interface BranchCause {
  readonly way: 'done' | 'whatIf' | 'without';
  readonly input: Input;
}

export interface BranchInfo {
  readonly id: number;
  readonly parent: number | null;
  /** Where it left its parent. */
  readonly forkedAtMs: number;
  /** What made it; null for the first. */
  readonly cause: BranchCause | null;
  /** What the reader calls it; null: by its cause. */
  readonly name: string | null;
  readonly untilMs: number;
}

export interface Cursor {
  readonly branch: number;
  /** How many kernel steps lie before the cursor. */
  readonly step: number;
  /** Virtual time looked at: at or after the last step, before the next. */
  readonly atMs: number;
}

/** One message in full, and what it did. */
export interface MessageAccount {
  readonly message: BusMessage;
  /** What its sender sent in an earlier step, to whomever; null if nothing. */
  readonly previous: BusMessage | null;
  readonly names: ReadonlyMap<NodeId, NodeName>;
  readonly sentStep: number;
  /** When its receiver read it; null: not yet, or never. */
  readonly receivedStep: number | null;
  readonly receivedAtMs: number | null;
  /** How its gossip was chosen; null where it has none. */
  readonly choice: GossipAccount | null;
  /** What the receiver believed before and after reading it. */
  readonly before: NodeView | null;
  readonly after: NodeView | null;
}

export interface RecordedMove extends ActorMove {
  readonly step: number;
  readonly atMs: number;
}

/** Where a statechart stands. */
export interface ChartPlace {
  readonly value: ActorMove['to'];
  /** The last change of state; null if it is where it began. */
  readonly last: RecordedMove | null;
}

/** What is seen from a place on one branch, and how the place moves. */
export interface Sight {
  readonly cursor: Cursor;
  /** How far the branch at hand has been computed; beyond it lies the unknown. */
  readonly computedUntilMs: number;
  /** How far a search for what may never come looks ahead, unless told. */
  readonly searchLimitMs: number;
  /** The picture at the cursor; the same object until the cursor moves. */
  readonly frame: ClusterFrame;
  /** The picture one event before the cursor, to see what the event changed; null at the start. */
  previousFrame(): ClusterFrame | null;

  /**
   * Moves by kernel steps; negative goes back, stopping at the beginning. Computes what is not yet
   * known.
   */
  stepEvents(count: number): void;
  /**
   * Moves to the next (1) or previous (-1) beat, of `kinds` only if they are given; computes at most
   * `limitMs` further. Returns it. Nothing ahead: stays where it is and returns null.
   */
  stepBeat(direction: 1 | -1, limitMs?: number, kinds?: readonly BeatKind[]): Beat | null;
  /** The same for the next message that is read, or the previous. */
  stepDelivery(direction: 1 | -1, limitMs?: number): RecordedNote | null;
  /** Moves to a virtual time, back or forth. */
  seekTime(atMs: number): void;
  /** Moves to right after kernel step number `step`. */
  seekStep(step: number): void;

  /**
   * All notes of this branch up to where it is computed, oldest first. With more than 16 nodes
   * those of heartbeats are left out, thousands a second: `messages` and `stepDelivery` know them.
   */
  notes(): readonly RecordedNote[];
  beats(): readonly Beat[];
  /**
   * Messages sent or in flight within [fromMs, toMs], as known at the end of what is computed;
   * of a crowd's hundred thousand one may ask for those of some types only.
   */
  messages(fromMs: number, toMs: number, isMeant?: TypeFilter): readonly MessageTrace[];
  spans(): readonly Span[];
  /** How many messages were sent in each bucket of `bucketMs` since 0, for the overview strip. */
  density(bucketMs: number): readonly number[];
  /** 16 hexadecimal characters; equal worlds, equal hashes. */
  hash(): string;
  /** What became of a message, as far as the run is known; null: there is none of this number. */
  traceOf?(message: number): MessageTrace | null;
  /** How something is known that happened to real nodes; a simulation knows everything. */
  evidenceOf?(note: RecordedNote): 'seen' | 'logged' | 'concluded';
  /** A message in full; null if unknown. A source that has frames only does not offer it. */
  accountOf?(message: number): MessageAccount | null;
  /** Where the statechart of a node, a client or the network stands; null if there is none. */
  placeOf?(actor: Actor): ChartPlace | null;
}

/** Another pair of eyes on a branch, for looking at two futures at once. */
export interface BranchSight extends Sight {
  /** When the next event comes that left a trace (1), or the last one before this instant (-1). */
  neighbourMs(direction: 1 | -1): number | null;
}

export interface ClusterSource extends Sight {
  readonly scene: Scene;
  /** What a real clock showed at 0, as if it had been in UTC. A simulation has none. */
  readonly startsAtUnixMs?: number | undefined;
  /** What the page says of a recorded moment, by language. */
  readonly captions?: Readonly<Record<string, string>> | undefined;
  readonly capabilities: {
    readonly rewind: boolean;
    readonly act: boolean;
    readonly hash: boolean;
  };
  readonly branches: readonly BranchInfo[];
  /**
   * All that the branch at hand was told to do, oldest first: with the scene, enough to compute it
   * again.
   */
  readonly inputs: readonly TimedInput[];

  /**
   * Does something now. In the past this starts a branch; the other future is kept. What the scene
   * has in store still comes.
   */
  act(input: Input): void;
  /**
   * A branch that differs from the one at hand by one more input at `atMs`; all that was done later
   * is done there too. The cursor stays. Returns the new branch.
   */
  whatIf(atMs: number, input: Input): number;
  /**
   * A branch on which number `index` of `inputs` was not done; all else is done there too. The cursor
   * stays. Returns the new branch.
   */
  without(index: number): number;
  /** Goes over to a branch, at the same time; computes what is missing. */
  switchBranch(id: number): void;
  /** A cursor of its own on a branch, at its beginning. */
  playheadOn(id: number): BranchSight;
  /**
   * Looks ahead from here on a copy of the branch: what comes is not known afterwards. Only where
   * something can be done.
   */
  scout?(): Sight;
  /** A name of the reader's own; an empty one gives the old name back. */
  renameBranch(id: number, name: string): void;
  /** Forgets a branch; what grew from it stays. The first cannot be forgotten. */
  removeBranch(id: number): void;
}
