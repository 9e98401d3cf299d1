/**
 * Notes: what a node (or the bus, or a client) decided, in the words learners and checks use.
 * A note never changes anything; the event log, beats, lesson checks and `npm run sim` read it.
 * Source: each note marks the place in src/cluster.c where redis-server takes the same decision.
 */
import type { Epoch, NodeName, Slot } from './ids';

export type LogLevel = 'debug' | 'verbose' | 'notice' | 'warning';

/** The sign of each level in a line of the log. Source: serverLogRaw, src/server.c. */
export const LEVEL_OF_SIGN: Readonly<Record<string, LogLevel>> = {
  '.': 'debug',
  '-': 'verbose',
  '*': 'notice',
  '#': 'warning',
};

export type MessageType =
  | 'PING'
  | 'PONG'
  | 'MEET'
  | 'FAIL'
  | 'PUBLISH'
  | 'FAILOVER_AUTH_REQUEST'
  | 'FAILOVER_AUTH_ACK'
  | 'UPDATE'
  | 'MFSTART'
  | 'MODULE'
  | 'PUBLISHSHARD';

export type Note =
  | { event: 'flag.set' | 'flag.clear'; at: NodeName; about: NodeName; flag: 'pfail' | 'fail' }
  | { event: 'report.add' | 'report.expire'; at: NodeName; about: NodeName; by: NodeName }
  | { event: 'election.start'; node: NodeName; epoch: Epoch; rank: number; delayMs: number }
  | { event: 'election.expire'; node: NodeName; epoch: Epoch }
  | { event: 'vote.grant'; by: NodeName; to: NodeName; epoch: Epoch }
  | { event: 'vote.deny'; by: NodeName; to: NodeName; epoch: Epoch; reason: string }
  | { event: 'manual.ask'; node: NodeName; master: NodeName; mode: ManualMode }
  | { event: 'manual.pause'; node: NodeName; replica: NodeName }
  | { event: 'manual.resume'; node: NodeName; waiting: number }
  | { event: 'manual.ready'; node: NodeName; offsetBytes: number }
  | { event: 'manual.expire'; node: NodeName }
  | { event: 'migrate'; node: NodeName; from: NodeName; to: NodeName }
  | { event: 'promote'; node: NodeName; epoch: Epoch }
  | { event: 'demote'; node: NodeName; master: NodeName }
  /** A replica has everything its master has, by a copy or by going on where it was. */
  | { event: 'sync'; node: NodeName; how: 'full' | 'partial' }
  /** A master does not know the last bytes of what a replica wrote when it was master itself. */
  | { event: 'tail.refused'; node: NodeName; replica: NodeName; bytes: number }
  /** A former master's keys that its new master's copy does not hold, or not with this value. */
  | { event: 'writes.lost'; node: NodeName; master: NodeName; keys: readonly string[] }
  /** Writes that `by` acknowledged, and that `owner`, who has their slots now, does not hold. */
  | {
      event: 'acknowledged.lost';
      keys: readonly string[];
      by: NodeName;
      owner: NodeName;
      why: 'replaced-master' | 'not-replicated' | 'moved-away' | 'epoch-without-vote';
    }
  | { event: 'state'; node: NodeName; state: 'ok' | 'fail' }
  | {
      event: 'sent' | 'received' | 'lost';
      type: MessageType;
      from: NodeName;
      to: NodeName;
      message: number;
    }
  | { event: 'command'; client: string; node: NodeName; text: string }
  | {
      event: 'reply';
      client: string;
      node: NodeName;
      kind: ReplyKind;
      text: string;
      command: string;
    }
  | { event: 'delivered'; channel: string; at: NodeName }
  | {
      event: 'slot.open';
      node: NodeName;
      slot: Slot;
      mark: 'migrating' | 'importing';
      peer: NodeName;
    }
  | { event: 'slot.close'; node: NodeName; slot: Slot; mark: 'migrating' | 'importing' }
  | {
      event: 'slot.owner';
      node: NodeName;
      /** As CLUSTER NODES prints them: `866` or `0-5460`. */
      slots: string;
      owner: NodeName;
      epoch: Epoch;
      /** An order, SETSLOT NODE, or a claim that came over the bus. */
      by: 'order' | 'claim';
    }
  | { event: 'key.move'; node: NodeName; to: NodeName; key: string; slot: Slot }
  | { event: 'push'; client: string; node: NodeName; text: string }
  | { event: 'log'; node: NodeName; level: LogLevel; text: string }
  /** What run number `run` of redis-cli prints; `ends` unless the line goes on in the next note. */
  | { event: 'cli'; run: number; text: string; ends: boolean }
  | { event: 'cli.start'; run: number; text: string }
  | { event: 'cli.exit'; run: number; code: number }
  | { event: 'process'; node: NodeName; process: 'running' | 'frozen' | 'killed' }
  | {
      event: 'link';
      from: NodeName;
      to: NodeName;
      link: 'cut' | 'healed' | 'held' | 'released' | 'slow';
    }
  | { event: 'end'; hash: string };

/** CLUSTER FAILOVER without a word, with FORCE, with TAKEOVER. */
export type ManualMode = 'agreed' | 'forced' | 'takeover';

/** `ok` and `value` are successes; the rest are the first word of the error redis-server sends. */
export type ReplyKind =
  | 'ok'
  | 'value'
  | 'nil'
  | 'MOVED'
  | 'ASK'
  | 'TRYAGAIN'
  | 'CROSSSLOT'
  | 'CLUSTERDOWN'
  | 'READONLY'
  | 'ERR'
  | 'disconnected';

/**
 * A note with its place in history: virtual milliseconds, and the index of the kernel step that
 * made it.
 */
export type RecordedNote = Note & { readonly atMs: number; readonly step: number };

export type NoteEvent = Note['event'];
export type NoteOf<E extends NoteEvent> = Extract<Note, { event: E }>;
