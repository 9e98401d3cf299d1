/**
 * Everything that can be done to a running world. An input becomes a ScheduledEvent like any other;
 * scene, seed and the list of timed inputs describe a run completely.
 */
import type { NodeName } from '../protocol/ids';
import type { MessageType } from '../protocol/notes';

export type Input =
  | { readonly type: 'freeze' | 'wake' | 'kill' | 'restart'; readonly node: NodeName }
  | {
      readonly type: 'cut' | 'hold';
      readonly from: NodeName;
      readonly to: NodeName;
      readonly oneWay: boolean;
    }
  | {
      readonly type: 'heal' | 'release';
      readonly from: NodeName;
      readonly to: NodeName;
      readonly oneWay: boolean;
    }
  | { readonly type: 'heal-all' }
  | {
      readonly type: 'delay';
      readonly from: NodeName;
      readonly to: NodeName;
      readonly oneWay: boolean;
      readonly addMs: number;
    }
  /** Loses the next `count` messages of the direction, of `messageType` if one is named. */
  | {
      readonly type: 'drop';
      readonly from: NodeName;
      readonly to: NodeName;
      readonly count: number;
      readonly messageType: MessageType | null;
    }
  /** One message on its way, by its number. */
  | {
      readonly type: 'drop-message' | 'hold-message' | 'release-message' | 'duplicate-message';
      readonly message: number;
    }
  | { readonly type: 'delay-message'; readonly message: number; readonly addMs: number }
  /** Cuts all links between nodes of different sides; `rest`: all others are one side more. */
  | {
      readonly type: 'partition';
      readonly sides: readonly (readonly NodeName[])[];
      readonly rest: boolean;
    }
  /** A PING by hand, where nodes send none themselves: `protocol/time/hand-ping.ts`. */
  | { readonly type: 'ping'; readonly node: NodeName; readonly to: NodeName }
  /** The host publishes more ports: they lead to the containers that listen there. */
  | { readonly type: 'open'; readonly first: number; readonly last: number }
  /** Starts a process that was not there: it knows nobody until redis-cli or MEET makes it. */
  | { readonly type: 'start'; readonly node: NodeName }
  /** A client writes keys of its own, one after the other, at most so many a second. */
  | {
      readonly type: 'write';
      readonly client: string;
      readonly perSecond: number;
      readonly durationMs: number;
    }
  /**
   * What a person types: `redis-cli [-c] -p NODE ARGV…`. Without a node, a client uses its slot
   * map. In a CLUSTER command `@8901` stands for the id of that node, which a person would copy.
   */
  | {
      readonly type: 'command';
      readonly client: string;
      readonly node: NodeName | null;
      readonly argv: readonly string[];
      readonly follow: boolean;
    }
  /**
   * `redis-cli ARGV…` in cluster mode: a run of the tool, `answers` typed ahead. In a word, `@8901`
   * stands for the id of that node, which a person would copy.
   */
  | {
      readonly type: 'redis-cli';
      readonly argv: readonly string[];
      readonly answers: readonly string[];
    }
  /** A line typed at redis-cli: at the run that asks, else at the newest. */
  | { readonly type: 'answer'; readonly text: string }
  /** Ctrl-C for the newest run of redis-cli. */
  | { readonly type: 'interrupt' };

export interface TimedInput {
  readonly atMs: number;
  readonly input: Input;
}
