/** What a proxy stands before, what disturbs it, and who looks on. */
import type { Piece, Verdict } from './proxy-flow';

/** Which process dialled a connection, by its first bytes; null: not to be seen yet. */
export type Identify = (firstBytes: Uint8Array) => number | null;

/** A dialer that is no process of the cluster. */
export const STRANGER = -1;

export interface ProxyPort {
  readonly acceptor: number;
  readonly announced: number;
  readonly listens: number;
  readonly identify: Identify;
  /** Which process dialled, told by the system before it says a word; null: not to be told. */
  readonly dialerOf?: (socket: DialledSocket) => number | null;
  /** The bus carries messages, which are judged one by one; clients and replicas a stream. */
  readonly carries: 'messages' | 'stream';
}

/** The two ports of a connection on this machine, as whoever dialled sees them. */
export interface DialledSocket {
  readonly from: number;
  readonly to: number;
}

/** A connection of the bus, numbered in the order in which they came. */
export interface WireInfo {
  readonly number: number;
  readonly acceptor: number;
  readonly dialer: number | null;
}

/** Who looks on. Connections that carry streams are not told of. */
export interface ProxyWatch {
  readonly opened: (wire: WireInfo) => void;
  readonly identified: (wire: WireInfo) => void;
  readonly closed: (wire: WireInfo, why: string) => void;
  /** A message came in; returns a number for its fate. */
  readonly message: (wire: WireInfo, seen: SeenMessage) => number;
  readonly fate: (number: number, delivered: boolean) => void;
}
export interface SeenMessage {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly verdict: Verdict['type'];
}

export interface ProxyOptions {
  /** What becomes of a piece on its way; `piece` is null for the direction as such. */
  readonly judge?: (from: number, to: number, piece: Piece) => Verdict;
  /** Whether something is lost on this way now; without it, what `judge` says of the way. */
  readonly loses?: (from: number, to: number) => boolean;
  readonly watch?: ProxyWatch;
  /** Whether whoever dials the bus and is no process of the cluster is turned away. */
  readonly refusesStrangers?: boolean;
}
