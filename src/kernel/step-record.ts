/** What one step did, as the rest of the program remembers it. */
import type { Envelope } from '../protocol/bus-state';
import type { Move } from '../protocol/machine-step';
import type { Note } from '../protocol/notes';
import type { Happening } from './world';

/** What one step did, for the event log, the lanes and the checks. */
export interface StepRecord {
  /** 1 for the first step of a world. */
  readonly step: number;
  readonly atMs: number;
  readonly cause: Happening;
  readonly notes: readonly Note[];
  /** Bus messages that set off in this step. */
  readonly sent: readonly Envelope[];
  /** Statecharts that went from one state to another, in order. */
  readonly moves: readonly ActorMove[];
}

/** Whose statechart: that of a node or a client, by name, or the network's. */
export type Actor =
  { readonly kind: 'node' | 'client'; readonly name: string } | { readonly kind: 'bus' };

export interface ActorMove extends Move {
  readonly actor: Actor;
}
