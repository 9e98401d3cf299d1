/**
 * What is known of real nodes while they run, as it comes in: the words in which a bridge, or a
 * recording that is read again, tells a live shadow what happened. Times are milliseconds since the
 * run began; they may come a little out of order.
 */
import type { NodeId } from '../protocol/ids';
import type { LogLevel } from '../protocol/notes';
import type { CaptureNode, NodeNumber } from './capture';

/** What a run begins with. */
export interface LiveStart {
  readonly label: string;
  readonly redisVersion: string;
  readonly nodeTimeoutMs: number;
  /** Unix milliseconds of time 0. */
  readonly epochMs: number;
  /** What the logs of the nodes show more than UTC, in milliseconds. Default 0. */
  readonly zoneMs?: number;
  /** Nothing from before is told. */
  readonly knownFromMs: number;
  /** Announced ports; in the order in which people number them. */
  readonly nodes: readonly CaptureNode[];
  /** Whether the logs of the nodes are told. */
  readonly hasLogs: boolean;
}

export type Verdict = 'pass' | 'cut' | 'hold' | 'delay' | 'injected';

export interface LiveFrame {
  readonly type: 'frame';
  /** The recorder's number of it, which its fate refers to. */
  readonly frame: number;
  /** When it passed the recorder: after the sender wrote it, before the receiver read it. */
  readonly atMs: number;
  readonly from: NodeNumber;
  readonly to: NodeNumber;
  readonly dialer: NodeNumber;
  readonly acceptor: NodeNumber;
  readonly connection: number;
  readonly verdict: Verdict;
  /** When it went on, if it was stopped and that is known. */
  readonly deliveredMs?: number | undefined;
  readonly bytes: Uint8Array;
}

export interface LiveLink {
  readonly type: 'link';
  readonly atMs: number;
  readonly connection: number;
  readonly acceptor: NodeNumber;
  /** Known from its first frame, later than it opened: told by `identified`. */
  readonly dialer: NodeNumber | null;
  readonly event: 'open' | 'identified' | 'close';
  /** Of a close: `dialer ended`, `acceptor ended`, or another reason. */
  readonly why: string;
}

export interface LiveLog {
  readonly type: 'log';
  readonly atMs: number;
  readonly node: NodeNumber;
  readonly level: LogLevel;
  readonly text: string;
  /** As in the line: `20012`, and C child, S replica, M master. */
  readonly pid?: number | undefined;
  readonly role?: string | undefined;
}

/** CLUSTER NODES, and CLUSTER INFO or INFO where it was asked, between `askedMs` and `atMs`. */
export interface LiveView {
  readonly type: 'view';
  readonly askedMs: number;
  readonly atMs: number;
  readonly node: NodeNumber;
  readonly nodes: string;
  readonly info: string;
}

/** Something stands between nodes from then on. `ways`: pairs of from and to. */
export interface LiveFault {
  readonly type: 'fault';
  readonly atMs: number;
  readonly fault: number;
  readonly mode: 'cut' | 'hold' | 'delay' | 'reset';
  readonly ways: readonly (readonly [NodeNumber, NodeNumber])[];
  /** Of a delay. */
  readonly addMs: number;
  readonly untilMs: number;
}

export type LiveEvent =
  | LiveFrame
  /** What became of a frame that was stopped: when it went on, or null if it never will. */
  | { readonly type: 'fate'; readonly frame: number; readonly deliveredMs: number | null }
  | LiveLink
  | LiveLog
  | LiveView
  | LiveFault
  | { readonly type: 'heal'; readonly atMs: number; readonly fault: number }
  | {
      readonly type: 'process';
      readonly atMs: number;
      readonly node: NodeNumber;
      readonly event: 'kill' | 'start' | 'stop' | 'continue';
    }
  /** A command as it was sent; `reply` as redis-cli prints it, if it is known. */
  | {
      readonly type: 'command';
      readonly atMs: number;
      readonly node: NodeNumber;
      readonly argv: readonly string[];
      readonly reply?: string | undefined;
      /** `shown`: told to the reader alone; `obeyed`: to our machine alone. Left out: to both. */
      readonly for?: 'shown' | 'obeyed' | undefined;
    }
  /** Frames that nobody will ever tell, because the reader was too slow. */
  | { readonly type: 'gap'; readonly atMs: number; readonly frames: number }
  /** Another name of a node: its directory was wiped, or CLUSTER RESET HARD. */
  | {
      readonly type: 'renamed';
      readonly atMs: number;
      readonly node: NodeNumber;
      readonly id: NodeId;
    }
  | { readonly type: 'remark'; readonly atMs: number; readonly text: string };

/** When something is known to have happened; a fate tells of a frame that came before. */
export const timeOf = (event: LiveEvent): number =>
  event.type === 'fate' ? (event.deliveredMs ?? 0) : event.atMs;
