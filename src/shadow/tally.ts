/** What was compared, how often both agreed, and every time they did not. */
import type { NodeNumber } from './capture';
import type { Explanation } from './explanations';

export interface Disagreement {
  readonly kind: string;
  readonly atMs: number;
  readonly node: NodeNumber;
  readonly ours: string;
  readonly real: string;
  /** The name of a rule of explanations.ts; null: nobody knows. */
  readonly explanation: Explanation | null;
}

export interface KindCount {
  readonly compared: number;
  readonly agreed: number;
  readonly explained: number;
}

export class Tally {
  readonly disagreements: Disagreement[] = [];
  private readonly counts = new Map<string, { compared: number; agreed: number }>();

  agree(kind: string, times = 1): void {
    const count = this.countOf(kind);
    count.compared += times;
    count.agreed += times;
  }

  disagree(disagreement: Disagreement): void {
    this.countOf(disagreement.kind).compared++;
    this.disagreements.push(disagreement);
  }

  /** Adds what another tally counted. */
  add(other: Tally): void {
    for (const [kind, { compared, agreed }] of other.counts) {
      const count = this.countOf(kind);
      count.compared += compared;
      count.agreed += agreed;
    }
    this.disagreements.push(...other.disagreements);
  }

  /** By kind, in the order in which kinds were first compared. */
  kinds(): ReadonlyMap<string, KindCount> {
    const kinds = new Map<string, KindCount>();
    for (const [kind, { compared, agreed }] of this.counts) {
      const explained = this.disagreements.filter(
        (one) => one.kind === kind && one.explanation !== null,
      ).length;
      kinds.set(kind, { compared, agreed, explained });
    }
    return kinds;
  }

  private countOf(kind: string): { compared: number; agreed: number } {
    let count = this.counts.get(kind);
    if (!count) this.counts.set(kind, (count = { compared: 0, agreed: 0 }));
    return count;
  }
}
