/**
 * A client that writes keys of its own, one after the other: the next SET waits for the answer to
 * the last, or for as long as client libraries wait.
 * Source: none in redis-server; the socket timeout and the retries of client libraries such as
 * Jedis (DEFAULT_TIMEOUT, renewSlotCache), and the keys of redis-benchmark -t set.
 * Simplified: what went wrong is not tried again; the next key goes to another node.
 */
import type { ClientState } from '../client-state';
import type { NodeName } from '../ids';
import { keySlot } from '../key-slot';
import type { ReplyKind } from '../notes';
import { ownerInMap } from './slot-map';

/** After this long without an answer a client library gives up. */
export const ANSWER_WITHIN_MS = 2_000;

export interface WriteStream {
  readonly perSecond: number;
  readonly gapMs: number;
  readonly untilMs: number;
  /** When it looks at its clock next; an older timer means nothing. */
  readonly nextAtMs: number;
  /** The nodes it was told of, asked in turn when its map knows no owner. */
  readonly nodes: readonly NodeName[];
  readonly turn: number;
  readonly sentAtMs: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Answered with an error, or not even connected: not written. */
  readonly refused: number;
  /** Not answered in time: written or not, the client cannot know. */
  readonly unanswered: number;
}

/** The stream a client is told to write, on top of what it has written before. */
export function newStream(
  before: WriteStream | null,
  order: {
    readonly nowMs: number;
    readonly perSecond: number;
    readonly durationMs: number;
    readonly nodes: readonly NodeName[];
  },
): WriteStream {
  const { nowMs, perSecond, durationMs, nodes } = order;
  const counts = before ?? { turn: 0, sentAtMs: 0, sent: 0, ...NOTHING_COUNTED };
  const gapMs = Math.max(1, Math.round(1000 / perSecond));
  const untilMs = nowMs + durationMs;
  return { ...counts, perSecond, gapMs, untilMs, nextAtMs: nowMs, nodes };
}

const NOTHING_COUNTED = { acknowledged: 0, refused: 0, unanswered: 0 } as const;

/** The next SET, and where to: to the owner its map names, else to the node whose turn it is. */
export function nextWrite(
  state: ClientState,
  stream: WriteStream,
): { readonly argv: readonly string[]; readonly node: NodeName | null } {
  const number = stream.sent + 1;
  const key = `${state.name}:${number}`;
  const owner = ownerInMap(state.slotMap, keySlot(key));
  const node = owner ?? stream.nodes[stream.turn % stream.nodes.length] ?? null;
  return { argv: ['SET', key, String(number)], node };
}

/** The stream after an answer, or after none came. */
export function counted(stream: WriteStream, kind: ReplyKind | 'none'): WriteStream {
  if (kind === 'ok') return { ...stream, acknowledged: stream.acknowledged + 1 };
  const turn = stream.turn + 1;
  if (kind === 'none') return { ...stream, turn, unanswered: stream.unanswered + 1 };
  return { ...stream, turn, refused: stream.refused + 1 };
}

/** A client that had no luck with a node forgets what it thought that node owns. */
export function withoutNode(state: ClientState, node: NodeName): ClientState {
  return {
    ...state,
    slotMap: state.slotMap.filter((entry) => entry.node !== node),
    connectedTo: state.connectedTo.filter((name) => name !== node),
  };
}
