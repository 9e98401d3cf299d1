/**
 * What a client knows, hears and asks for.
 * Source: the config and context of src/redis-cli.c; the slot map of client libraries.
 */
import type { NodeName, Slot } from './ids';
import type { Note } from './notes';
import type { Reply } from './reply';
import type { SlotMap } from './network/slot-map';
import type { WriteStream } from './network/write-stream';

export interface ClientRequest {
  readonly argv: readonly string[];
  readonly node: NodeName | null;
  readonly follow: boolean;
}

export interface ClientExchange {
  readonly id: number;
  readonly node: NodeName;
  readonly direction: 'command' | 'reply';
  readonly text: string;
  readonly redirect: 'MOVED' | 'ASK' | null;
  readonly slot: Slot | null;
  readonly sentAtMs: number;
  /** When it arrived; 0 for a command nobody has answered yet. */
  readonly deliveredAtMs: number;
  /** What redis-cli prints when this arrives; null: nothing. */
  readonly printed: string | null;
}

export interface RunningCommand extends ClientRequest {
  /** The number of what it sent last. */
  readonly command: number;
  readonly at: NodeName;
  /** ASKING is on its way; the command goes once that is answered. */
  readonly isAsking: boolean;
  /** It belongs to the stream of writes. */
  readonly ofStream: boolean;
}

export interface ClientState {
  readonly name: string;
  readonly firstNode: NodeName;
  readonly connectedTo: readonly NodeName[];
  readonly follows: boolean;
  readonly redirects: number;
  readonly hops: number;
  readonly slotMap: SlotMap;
  /** Where redirects said that nodes are, unless on this machine. */
  readonly addresses?: Readonly<Record<NodeName, string>>;
  /** How it asked for the whole map, as CLUSTER SHARDS; after MOVED it asks again. Null: never. */
  readonly mapCommand: readonly string[] | null;
  /** MOVED has proved its map old; it asks for a new one as soon as the command is answered. */
  readonly isMapOld: boolean;
  readonly current: RunningCommand | null;
  /** Where it has said MULTI: that connection matters until EXEC, DISCARD or a redirect. */
  readonly transactionAt: NodeName | null;
  readonly waiting: readonly ClientRequest[];
  /** The writes it was told to make, and what came of them; null: none. */
  readonly stream: WriteStream | null;
  readonly nextCommand: number;
  readonly exchanges: readonly ClientExchange[];
}

export type ClientEvent = { readonly nowMs: number } & (
  | { readonly type: 'RUN'; readonly request: ClientRequest }
  | {
      readonly type: 'WRITE';
      readonly perSecond: number;
      readonly durationMs: number;
      readonly nodes: readonly NodeName[];
    }
  | { readonly type: 'TIMER' }
  | {
      readonly type: 'REPLY';
      readonly sentAtMs: number;
      readonly node: NodeName;
      readonly command: number;
      readonly reply: Reply;
    }
);

export type ClientEffect =
  | {
      readonly type: 'command';
      readonly command: number;
      readonly node: NodeName;
      /** Unless it is that of this machine, or the usual one. */
      readonly ip?: string | undefined;
      readonly argv: readonly string[];
    }
  | { readonly type: 'timer'; readonly afterMs: number }
  /** Closes its connection to a node. */
  | { readonly type: 'disconnect'; readonly node: NodeName }
  | { readonly type: 'note'; readonly note: Note };

/** A client that has spoken to nobody yet; `firstNode` is where redis-cli would connect. */
export function newClient(name: string, firstNode: NodeName): ClientState {
  return {
    name,
    firstNode,
    connectedTo: [],
    follows: false,
    redirects: 0,
    hops: 0,
    slotMap: [],
    mapCommand: null,
    isMapOld: false,
    current: null,
    transactionAt: null,
    waiting: [],
    stream: null,
    nextCommand: 1,
    exchanges: [],
  };
}
