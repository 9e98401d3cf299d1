/**
 * ClusterFrame: a plain picture of one instant, and all that drawing ever sees. A simulated and a
 * real cluster produce the same shape. Names are ports; times are virtual milliseconds.
 * Source: the fields are those of clusterState and clusterNode, src/cluster.h.
 */
import type { NodeFlag } from './flags';
import type { Epoch, NodeId, NodeName, Slot } from './ids';
import type { MessageType } from './notes';
import type { SlotRanges } from './slot-ranges';

export interface ClusterFrame {
  readonly atMs: number;
  readonly nodeTimeoutMs: number;
  /** In the order of their ports: masters of the first hour, then their replicas. */
  readonly nodes: readonly FrameNode[];
  /** The one node whose belief is known, where the picture is made from its log. */
  readonly onlyOf?: NodeName;
  readonly messages: readonly FrameMessage[];
  readonly faults: readonly FrameFault[];
  readonly clients: readonly FrameClient[];
  /** The newest election of each candidate, as an all-seeing observer counts it. */
  readonly elections: readonly FrameElection[];
  /** Writes that clients were told are done, as the same observer follows them. */
  readonly writes: { readonly acknowledged: number; readonly lost: readonly FrameLostWrite[] };
}

/** Why an acknowledged write may be lost. */
export type LossWindow =
  /** Written on a master whose slot another node already owned under a newer epoch. */
  | 'replaced-master'
  /** The replica that took over had not received it. */
  | 'not-replicated'
  /** It had been migrated; who took over its slot had not heard of that. */
  | 'moved-away'
  /** BUMPEPOCH or the like made a master that had been replaced the newest owner again. */
  | 'epoch-without-vote';

/** A write that was acknowledged, and that the owner of its slot does not have. */
export interface FrameLostWrite {
  readonly key: string;
  /** Who said OK, and when the client heard it. */
  readonly by: NodeName;
  readonly acknowledgedAtMs: number;
  readonly lostAtMs: number;
  readonly window: LossWindow;
  /** Who owns its slot, by the newest epoch. */
  readonly owner: NodeName | null;
}

export type ProcessState = 'running' | 'frozen' | 'killed';

export interface FrameNode {
  readonly name: NodeName;
  readonly id: NodeId;
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
  /** Names the hue; 0 for the shard of the first master. It stays through every failover. */
  readonly shard: number;
  /** Fact, known to the simulator only. */
  readonly process: ProcessState;
  readonly processSinceMs: number;
  /** Belief: what this node holds in its own table. Of a killed node, what it last held. */
  readonly view: NodeView;
  /** Of a real process: where it and our node beside it say different things. Left out: nowhere. */
  readonly partings?: readonly FrameParting[];
}

/** Something a real node says, and what our node says that was fed with what it received. */
export interface FrameParting {
  /** Whom it is about; null for the node itself. */
  readonly about: NodeName | null;
  /** In Redis's own word: `flags`, `configEpoch`, `slots`. */
  readonly field: string;
  readonly real: string;
  readonly ours: string;
  readonly sinceMs: number;
  /** When ours was set right; null while it lasts. */
  readonly untilMs: number | null;
}

/** One node's belief about the whole cluster. */
export interface NodeView {
  readonly role: 'master' | 'replica';
  readonly master: NodeName | null;
  readonly clusterState: 'ok' | 'fail';
  /** Masters with at least one slot, dead ones included; the quorum is floor(size / 2) + 1. */
  readonly size: number;
  readonly slotsServed: number;
  readonly currentEpoch: Epoch;
  readonly configEpoch: Epoch;
  /** Null: not known, of a real process that was not seen to start or to vote. */
  readonly lastVoteEpoch: Epoch | null;
  /** Its own cluster-node-timeout; each node may have another. */
  readonly nodeTimeoutMs: number;
  /** Null: not known, of a real process that has said nothing yet. */
  readonly offsetBytes: number | null;
  readonly replication: {
    readonly link: 'none' | 'connecting' | 'syncing' | 'up' | 'down';
    /** When that began; of a lost link, when it was lost: to dial in vain changes nothing. */
    readonly sinceMs: number;
    /** The name of the history its data belongs to; nodes with one name hold the same data. */
    readonly id: string;
    /** How it came to its master's data the last time. */
    readonly lastSync: 'full' | 'partial' | null;
  };
  readonly failover: {
    readonly phase: 'idle' | 'waiting' | 'collecting' | 'expired';
    readonly epoch: Epoch;
    readonly rank: number;
    /** When the request for votes is due, or was sent. 0 when none was scheduled. */
    readonly dueAtMs: number;
    readonly delayMs: number;
    readonly voteCount: number;
  };
  /** In a manual failover a replica asks its master to pause, then catches up with it. */
  readonly handover: 'none' | 'asking' | 'catching-up' | 'paused';
  /** Slots it has opened, by slot. Nobody else knows of them. */
  readonly openSlots: readonly FrameOpenSlot[];
  /** A MIGRATE that keeps this process from everything else; null: none. */
  readonly migration: FrameMigration | null;
  /** Null: not known, of a real process. */
  readonly keyCount: number | null;
  /** Everyone this node knows, itself included, in the order of ports; strangers come last. */
  readonly rows: readonly FrameRow[];
}

export interface FrameOpenSlot {
  readonly slot: Slot;
  readonly mark: 'migrating' | 'importing';
  /** The target of a migrating slot, the source of an importing one. */
  readonly peer: NodeName;
  /** Keys of the slot in this node; null: not known, of a real process. */
  readonly keyCount: number | null;
}

export interface FrameMigration {
  /** The port of the target. */
  readonly to: NodeName;
  readonly keyCount: number;
  /** For how many of them the target has answered. */
  readonly answered: number;
}

/** One line of one node's table. */
export interface FrameRow {
  readonly name: NodeName;
  readonly id: NodeId;
  readonly flags: readonly NodeFlag[];
  readonly master: NodeName | null;
  readonly pingSentMs: number;
  readonly pongReceivedMs: number;
  readonly configEpoch: Epoch;
  readonly linkConnected: boolean;
  /** Where it would dial it, told only where addresses differ: in a scene with a network. */
  readonly address?: FrameAddress;
  readonly slots: SlotRanges;
  readonly offsetBytes: number;
  readonly failSinceMs: number;
  readonly failReports: readonly FrameReport[];
}

export interface FrameAddress {
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
}

export interface FrameReport {
  readonly by: NodeName;
  readonly atMs: number;
  readonly expiresAtMs: number;
}

/** A message between two nodes: on its way, kept back by a held link, or lost. */
export interface FrameMessage {
  readonly id: number;
  readonly type: MessageType;
  readonly from: NodeName;
  readonly to: NodeName;
  readonly sentAtMs: number;
  /** For a lost message, when it would have arrived. */
  readonly deliverAtMs: number;
  readonly fate: 'flying' | 'held' | 'lost' | 'unread';
  /** The subject of a FAIL or UPDATE. */
  readonly about: NodeName | null;
  readonly epoch: Epoch;
  /** Suspicions carried as gossip. */
  readonly rumours: readonly { readonly about: NodeName; readonly flag: 'pfail' | 'fail' }[];
}

export interface FrameFault {
  readonly type: 'cut' | 'hold' | 'delay' | 'drop';
  readonly from: NodeName;
  readonly to: NodeName;
  /** Extra milliseconds of a slow link; 0 otherwise. */
  readonly addMs: number;
  /** When a cut link was cut; 0 for other faults. */
  readonly sinceMs: number;
}

export interface FrameClient {
  readonly name: string;
  readonly connectedTo: readonly NodeName[];
  /** Whether it follows redirects, as redis-cli -c does. */
  readonly follows: boolean;
  readonly redirects: number;
  /** Its own slot map: only what it has heard. */
  readonly slotMap: readonly {
    readonly slots: SlotRanges;
    readonly node: NodeName;
    readonly learntAtMs: number;
  }[];
  /** The stream of writes it was told to make; null: none. */
  readonly stream: FrameStream | null;
  /** The conversation of the command at hand, oldest first. */
  readonly exchanges: readonly FrameExchange[];
}

export interface FrameStream {
  readonly perSecond: number;
  readonly untilMs: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** No answer in time: written or not, the client cannot know. */
  readonly unanswered: number;
}

export interface FrameExchange {
  readonly id: number;
  readonly node: NodeName;
  readonly direction: 'command' | 'reply';
  readonly text: string;
  readonly redirect: 'MOVED' | 'ASK' | null;
  readonly slot: number | null;
  readonly sentAtMs: number;
  readonly deliverAtMs: number;
  /** What redis-cli prints when this has arrived; null: nothing. */
  readonly printed: string | null;
}

export interface FrameElection {
  readonly candidate: NodeName;
  readonly epoch: Epoch;
  readonly startedAtMs: number;
  readonly outcome: 'open' | 'won' | 'expired';
  readonly needed: number;
  readonly claims: SlotRanges;
  readonly delayMs: number;
  /** One seat for each master with slots in the candidate's table, the failed one included. */
  readonly seats: readonly {
    readonly voter: NodeName;
    readonly vote: 'asked' | 'granted' | 'counted' | 'denied' | 'cannot';
    readonly reason: string | null;
    readonly atMs: number;
  }[];
}
