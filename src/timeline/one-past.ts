/** A source that shows something that has happened: there is one past, and nothing to do in it. */
import type { TimedInput } from '../kernel/inputs';
import type { BranchInfo } from './cluster-source';

export abstract class OnePast {
  readonly inputs: readonly TimedInput[] = [];
  abstract readonly computedUntilMs: number;

  get branches(): readonly BranchInfo[] {
    const { computedUntilMs: untilMs } = this;
    return [{ id: 0, parent: null, forkedAtMs: 0, cause: null, name: null, untilMs }];
  }

  /** A simulation has a fingerprint of its world; nobody has one of real processes. */
  hash = (): string => '';

  act(): void {}
  whatIf = (): number => 0;
  without = (): number => 0;
  switchBranch(): void {}
  renameBranch(): void {}
  removeBranch(): void {}
}
