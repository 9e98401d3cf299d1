/** Which two futures stand side by side, and why. */

/** What became of one message in the second future; `other` when it differs by something else. */
export type Change = 'lost' | 'held' | 'late' | 'twice' | 'other';

export interface ComparedPair {
  readonly left: number;
  readonly right: number;
  /** Where the second left the first. */
  readonly forkMs: number;
  /** Where the reader stands. */
  readonly atMs: number;
  readonly change: Change;
  /** `PING 8902 → 8904`; empty when no message is meant. */
  readonly message: string;
}
