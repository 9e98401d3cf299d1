/**
 * A recording of real bus traffic: who is there, what went over which connection when, what people
 * did to the nodes, and what the nodes printed.
 */
import type { BusMessage } from '../protocol/bus-message';
import type { NodeId } from '../protocol/ids';
import type { LogLine } from './log-lines';
import type { NodesLine } from '../protocol/slots/nodes-text';

/** The recorder's number of a node: 1, 2, … */
export type NodeNumber = number;

export interface CaptureNode {
  readonly number: NodeNumber;
  readonly id: NodeId;
  /** As its peers know it: the announced ports, not those it listens on. */
  readonly port: number;
  readonly busPort: number;
}

/** One message on one connection. Times are milliseconds since the recording began. */
export interface CaptureFrame {
  readonly index: number;
  /** When it passed the recorder: after the sender wrote it, before the receiver read it. */
  readonly atMs: number;
  readonly from: NodeNumber;
  readonly to: NodeNumber;
  readonly dialer: NodeNumber;
  readonly acceptor: NodeNumber;
  readonly connection: number;
  /** Whether its sender really said it, and whether its receiver really heard it. */
  readonly sent: boolean;
  readonly received: boolean;
  /** When it went on to the receiver, if the recorder held it back; else `atMs`. */
  readonly deliveredMs: number;
  readonly message: BusMessage;
}

/** A connection that opened or closed while recording. */
export interface CaptureLink {
  readonly atMs: number;
  readonly connection: number;
  readonly dialer: NodeNumber;
  readonly acceptor: NodeNumber;
  readonly event: 'open' | 'close';
  /** Whether the acceptor ever saw it: a recorder that cuts a network accepts in its stead. */
  readonly accepted: boolean;
  /** Whose process closed it, as far as the recorder could tell. */
  readonly endedBy: NodeNumber | null;
}

/** What somebody did to a node. */
export type Deed = {
  readonly atMs: number;
  readonly node: NodeNumber;
  /** Why we believe that it happened, if nobody recorded it. */
  readonly inferredFrom?: string;
} & (
  | { readonly type: 'command'; readonly argv: readonly string[] }
  | { readonly type: 'kill' | 'start' | 'stop' | 'continue' }
);

export interface Capture {
  readonly label: string;
  readonly redisVersion: string;
  readonly nodeTimeoutMs: number;
  /** Unix milliseconds of time 0. */
  readonly epochMs: number;
  readonly durationMs: number;
  readonly nodes: readonly CaptureNode[];
  readonly frames: readonly CaptureFrame[];
  readonly links: readonly CaptureLink[];
  readonly deeds: readonly Deed[];
  /** Sentences of the recorder that are no deeds we know. */
  readonly remarks: readonly { readonly atMs: number; readonly text: string }[];
  /** CLUSTER NODES of each node when the recording began and when it ended. */
  readonly before: ReadonlyMap<NodeNumber, readonly NodesLine[]>;
  readonly after: ReadonlyMap<NodeNumber, readonly NodesLine[]>;
  readonly log: readonly LogLine[];
}

/** The node of a number; throws if the recording has none. */
export function captureNode(capture: Capture, number: NodeNumber): CaptureNode {
  const node = capture.nodes.find((one) => one.number === number);
  if (!node) throw new Error(`the capture "${capture.label}" has no node ${number}`);
  return node;
}
