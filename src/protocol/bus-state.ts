/**
 * The network as a value: connections, what is on its way, and what is wrong with the links.
 * Source: TCP, as redis-server's sockets see it; the model is checked against measured clusters.
 */
import { Connections } from './connections';
import type { ConnectionId, NodeEvent, Payload } from './effects';
import type { HostNetwork, Socket } from './network/host-network';
import type { NodeName } from './ids';
import type { MessageType, Note } from './notes';
import type { Reply } from './reply';

export interface Connection {
  readonly id: ConnectionId;
  readonly channel: Payload['channel'];
  readonly dialer: NodeName;
  readonly acceptor: NodeName;
  readonly phase: 'connecting' | 'open' | 'closing';
  /** A connect attempt that met a cut link: tried again when the link heals. */
  readonly blocked: boolean;
  /**
   * TCP never loses one frame of a living connection: one that lost a frame is reset on healing.
   */
  readonly lostFrame: boolean;
  readonly closedBy: NodeName | null;
  /** In-order delivery: no frame of a direction arrives before the one sent earlier. */
  readonly lastToAcceptorMs: number;
  readonly lastToDialerMs: number;
  /** Written by the dialer before the connection was up, or before its last was acknowledged. */
  readonly pending: readonly Payload[];
  /** When the dialer knows that all it sent has arrived, as far as can be told now. */
  readonly ackedAtMs: number;
  /** The millisecond in which more may leave with what has left. */
  readonly joinableMs: number;
}

export interface Envelope {
  readonly id: number;
  readonly connection: ConnectionId;
  readonly from: NodeName;
  readonly to: NodeName;
  readonly payload: Payload;
  readonly sentAtMs: number;
  readonly deliverAtMs: number;
}

export interface ClientCommand {
  readonly id: number;
  readonly client: string;
  readonly node: NodeName;
  readonly argv: readonly string[];
}

/** `from>to`: one direction of a link. */
export type Direction = string;

export interface BusState {
  readonly seed: number;
  readonly latencyMs: { readonly min: number; readonly max: number };
  readonly nextMessage: number;
  readonly hosts: Readonly<Record<NodeName, 'running' | 'frozen' | 'killed'>>;
  /** Thousands in a large cluster, one of them changed by every message: hence no plain record. */
  readonly connections: Connections;
  /** What reached a frozen process and waits in its sockets, oldest first. */
  readonly unread: Readonly<Record<NodeName, readonly Arrival[]>>;
  /** Processes that read one connection only, until a time. */
  readonly blocked: Readonly<
    Record<NodeName, { readonly connection: ConnectionId; readonly untilMs: number }>
  >;
  /** When each of them looks at its clock. */
  readonly alarms: Readonly<Record<NodeName, number>>;
  /** Directions that lose everything, and since when. */
  readonly cut: Readonly<Record<Direction, number>>;
  readonly held: readonly Direction[];
  readonly heldBack: readonly Envelope[];
  readonly slow: Readonly<Record<Direction, number>>;
  readonly drops: Readonly<
    Record<Direction, { readonly count: number; readonly messageType: MessageType | null }>
  >;
  /** Single messages to be lost, or kept back, when they arrive. */
  readonly marks: Readonly<Record<number, MessageMark>>;
  /** Single messages that were made late: when they arrive now. */
  readonly late: Readonly<Record<number, number>>;
  /** Lost a moment ago; kept for the eye only. */
  readonly lost: readonly Envelope[];
  readonly lastClientMs: Readonly<Record<Direction, number>>;
  /** Unless all processes share one address. */
  readonly network?: HostNetwork | undefined;
}

/** What was done to one message on its way. */
export interface MessageMark {
  readonly deed: 'drop' | 'hold';
  readonly path: Direction;
}

/** Something that came up a socket of a node. */
export type Arrival =
  | {
      readonly type: 'envelope';
      readonly envelope: Envelope;
      /** It has crossed the network: it waited in the socket of a process that slept. */
      readonly inSocket: boolean;
    }
  | { readonly type: 'command'; readonly command: ClientCommand }
  | { readonly type: 'hangup'; readonly client: string }
  | { readonly type: 'socket'; readonly event: SocketEvent };

type DropClock<T> = T extends unknown ? Omit<T, 'nowMs'> : never;
export type SocketEvent = DropClock<
  Extract<NodeEvent, { type: 'LINK_ACCEPTED' | 'LINK_CONNECTED' | 'LINK_CLOSED' | 'LINK_TIMEOUT' }>
>;

/** A link, one direction of it or both. */
export interface Pair {
  readonly from: NodeName;
  readonly to: NodeName;
  readonly oneWay: boolean;
}

type PairEvent<T extends string> = T extends string ? { readonly type: T } & Pair : never;
type MessageEvent<T extends string> = T extends string
  ? { readonly type: T; readonly envelope: Envelope }
  : never;

export type BusEvent = { readonly nowMs: number } & (
  | {
      readonly type: 'OPEN';
      readonly connection: ConnectionId;
      readonly dialer: NodeName;
      readonly acceptor: NodeName;
      readonly channel: Payload['channel'];
      readonly socket?: Socket | undefined;
    }
  | {
      readonly type: 'SEND';
      readonly connection: ConnectionId;
      readonly from: NodeName;
      readonly payload: Payload;
    }
  | { readonly type: 'CLOSE'; readonly connection: ConnectionId; readonly by: NodeName }
  | { readonly type: 'CLIENT_SEND'; readonly command: ClientCommand }
  | { readonly type: 'CLIENT_CLOSE'; readonly client: string; readonly node: NodeName }
  | {
      readonly type: 'BLOCK';
      readonly node: NodeName;
      readonly connection: ConnectionId;
      readonly untilMs: number;
    }
  | { readonly type: 'RESUME' | 'ALARM'; readonly node: NodeName }
  | {
      readonly type: 'CLIENT_REPLY';
      readonly node: NodeName;
      readonly client: string;
      readonly command: number;
      readonly reply: Reply;
    }
  | {
      readonly type: 'HOST';
      readonly node: NodeName;
      readonly process: 'running' | 'frozen' | 'killed';
    }
  | { readonly type: 'CONNECTED' | 'ACKED'; readonly connection: ConnectionId }
  | {
      readonly type: 'PEER_CLOSED';
      readonly connection: ConnectionId;
      readonly to: NodeName;
      readonly refused: boolean;
    }
  | { readonly type: 'ARRIVE'; readonly to: NodeName; readonly arrival: Arrival }
  | { readonly type: 'FORGET_LOST'; readonly message: number }
  | PairEvent<'CUT' | 'HEAL' | 'HOLD' | 'RELEASE'>
  | { readonly type: 'HEAL_ALL' }
  | { readonly type: 'PUBLISH_PORTS'; readonly ports: readonly number[] }
  | ({ readonly type: 'DELAY'; readonly addMs: number } & Pair)
  | MessageEvent<'DROP_MESSAGE' | 'HOLD_MESSAGE' | 'RELEASE_MESSAGE' | 'DUPLICATE_MESSAGE'>
  | {
      readonly type: 'DELAY_MESSAGE';
      /** The message, then those behind it on its connection, oldest first. */
      readonly envelopes: readonly Envelope[];
      readonly addMs: number;
    }
  /** Cuts every link between nodes of different sides. */
  | { readonly type: 'PARTITION'; readonly sides: readonly (readonly NodeName[])[] }
  | {
      readonly type: 'DROP';
      readonly from: NodeName;
      readonly to: NodeName;
      readonly count: number;
      readonly messageType: MessageType | null;
    }
);

export type BusEffect =
  | { readonly type: 'deliver'; readonly to: NodeName; readonly event: NodeEvent }
  | { readonly type: 'schedule'; readonly atMs: number; readonly event: BusEvent }
  /** Now, before whatever else arrives in this millisecond: it has waited longer. */
  | { readonly type: 'schedule-first'; readonly event: BusEvent }
  /** A reply travels on its own: the kernel hands it to the client when it is due. */
  | {
      readonly type: 'schedule-reply';
      readonly atMs: number;
      readonly client: string;
      readonly node: NodeName;
      readonly command: number;
      readonly reply: Reply;
    }
  | { readonly type: 'note'; readonly note: Note };

/** A network in which nothing is wrong and nobody is connected. */
export function quietBus(
  seed: number,
  latencyMs: BusState['latencyMs'],
  nodes: readonly NodeName[],
  network?: HostNetwork,
): BusState {
  return {
    seed,
    latencyMs,
    nextMessage: 1,
    hosts: Object.fromEntries(nodes.map((node) => [node, 'running' as const])),
    connections: Connections.none(),
    unread: {},
    blocked: {},
    alarms: {},
    cut: {},
    held: [],
    heldBack: [],
    slow: {},
    drops: {},
    marks: {},
    late: {},
    lost: [],
    lastClientMs: {},
    network,
  };
}

export const direction = (from: NodeName, to: NodeName): Direction => `${from}>${to}`;

/** Whether a record has no entries: most faults are not there most of the time. */
export function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return false;
  return true;
}

/** Whether any link is cut, held, slowed or about to drop, or a message is to be lost or kept. */
export function hasFaults(state: BusState): boolean {
  return (
    state.held.length > 0 ||
    [state.cut, state.slow, state.drops, state.marks].some((faults) => !isEmpty(faults))
  );
}
