/**
 * redis-cli in cluster mode as a value: its own picture of the nodes, what it still has to do, and
 * what it waits for. Nothing in it comes from anywhere but replies.
 * Source: struct clusterManager, struct clusterManagerNode, src/redis-cli.c.
 */
import { CLUSTER_PORT_INCR } from '../protocol/config';
import type { Note } from '../protocol/notes';
import type { Reply } from '../protocol/reply';
import type { SteppedSnapshot } from '../protocol/machine-step';
import type { SlotRanges } from '../protocol/slot-ranges';
import type { CliOptions } from './options';
import type { Task } from './task-list';

/** A node as the tool knows it, by its place in `CliState.known`. */
export type NodeRef = number;

/** A slot on its way: out of this node (migrating) or into it (importing). */
export interface OpenSlot {
  /** The text redis-server printed for it. */
  readonly slot: string;
  /** Where it goes to, or comes from. */
  readonly id: string;
}

export interface ManagerNode {
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
  /** `broken`: it answered once and then the connection ended; every command fails at once. */
  readonly connection: 'none' | 'open' | 'broken';
  /** The node id; null until CLUSTER NODES told it. */
  readonly name: string | null;
  /** The flags as they were printed last. */
  readonly flags: readonly string[];
  /** Set once, never taken back, as the tool does. */
  readonly isReplica: boolean;
  /** Somebody calls it noaddr, disconnected or fail. */
  readonly isUnusable: boolean;
  readonly replicate: string | null;
  /** Planned, and not yet told to the node. */
  readonly dirty: boolean;
  readonly slots: SlotRanges;
  /** Counted when loaded; moving slots afterwards does not change it, as in the tool. */
  readonly slotsCount: number;
  readonly replicasCount: number;
  readonly migrating: readonly OpenSlot[];
  readonly importing: readonly OpenSlot[];
  readonly weight: number;
}

/** What the tool cannot go on without. */
export type Waiting =
  | { readonly for: 'reply'; readonly command: number; readonly node: NodeRef; readonly then: Task }
  | { readonly for: 'time'; readonly then: Task }
  | { readonly for: 'answer'; readonly then: Task };

export interface CliState {
  readonly run: number;
  readonly seed: number;
  readonly argv: readonly string[];
  readonly options: CliOptions;
  /** What is still to do, the next first. */
  readonly agenda: readonly Task[];
  readonly waiting: Waiting | null;
  /** Everything ever connected to; others refer to a node by its index here. */
  readonly known: readonly ManagerNode[];
  /** The nodes of the cluster, in the order in which they were loaded. */
  readonly nodes: readonly NodeRef[];
  readonly unreachableMasters: number;
  /** How many problems the check has found. */
  readonly errors: number;
  /** What the task before has found out. */
  readonly reply: Reply | null;
  readonly answer: string;
  readonly ok: boolean;
  readonly found: NodeRef | null;
  readonly failure: string | null;
  /** Typed ahead, the next line first. */
  readonly answers: readonly string[];
  /** Printed on a line that has not ended, and not yet shown. */
  readonly line: string;
  readonly shownAtMs: number;
  readonly nextCommand: number;
  readonly exitCode: number | null;
}

export type CliEvent = { readonly nowMs: number } & (
  | { readonly type: 'START' | 'TIMER' | 'INTERRUPT' }
  | { readonly type: 'ANSWER'; readonly text: string }
  | {
      readonly type: 'REPLY';
      readonly node: string;
      readonly command: number;
      readonly reply: Reply;
    }
  /** A process died: connections to it end. */
  | { readonly type: 'CLOSED'; readonly node: string }
  /** Raised by the machine itself: the tool now waits for this. */
  | { readonly type: 'SLEEPS' | 'ASKS' | 'EXITS' }
);

export type CliEffect =
  | {
      readonly type: 'command';
      readonly command: number;
      readonly node: string;
      readonly ip?: string | undefined;
      readonly argv: readonly string[];
    }
  | { readonly type: 'disconnect'; readonly node: string }
  | { readonly type: 'timer'; readonly afterMs: number }
  | { readonly type: 'note'; readonly note: Note };

export type CliSnapshot = SteppedSnapshot<CliState>;

/** A node nothing is known about but its address. Source: clusterManagerNewNode. */
export function newManagerNode(
  ip: string,
  port: number,
  busPort = port + CLUSTER_PORT_INCR,
): ManagerNode {
  return {
    ip,
    port,
    busPort,
    connection: 'none',
    name: null,
    flags: [],
    isReplica: false,
    isUnusable: false,
    replicate: null,
    dirty: false,
    slots: [],
    slotsCount: 0,
    replicasCount: 0,
    migrating: [],
    importing: [],
    weight: 1,
  };
}

/** `ip:port`, as the tool prints a node. */
export const addressOf = ({ ip, port }: Pick<ManagerNode, 'ip' | 'port'>): string =>
  `${ip}:${port}`;
