/**
 * Why bytes are no bus message: what was found, at which byte, what was expected.
 * Source: the checks of clusterReadHandler and the head of clusterProcessPacket, src/cluster.c.
 */
import { MESSAGE_TYPE_WORD } from '../bus-message';
import type { MessageType } from '../notes';

export type Problem =
  /** The bytes end before the message does. A stream waits for more. */
  | 'incomplete'
  /** Bytes follow the one message that was asked for. */
  | 'surplus'
  | 'signature'
  | 'totlen'
  | 'version'
  | 'length'
  | 'gossip'
  | 'padding'
  | 'extension';

export interface Refusal {
  readonly problem: Problem;
  /** Counted from the first byte of the message. */
  readonly at: number;
  readonly found: string;
  readonly expected: string;
  /** What redis-server logs, as WARNING; null where it says nothing. */
  readonly log: string | null;
  /** Whether redis-server closes the connection; else it drops this message only. */
  readonly closesLink: boolean;
  /** The type it is counted under in CLUSTER INFO all the same; null where it is not counted. */
  readonly countedAs: MessageType | null;
}

/** One sentence; `start` is where the message begins in what was read. */
export function printRefusal(refusal: Refusal, start = 0): string {
  const { at, found, expected } = refusal;
  return `byte ${start + at}: found ${found}; expected ${expected}`;
}

/** The word of a type in log lines, `unknown` beyond those of 7.0. */
export function typeWord(type: MessageType | undefined): string {
  return type === undefined ? 'unknown' : MESSAGE_TYPE_WORD[type];
}
