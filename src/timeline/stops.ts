/** Where a cursor may stand: the steps that left a trace or were somebody's deed, and when. */
import { Column } from './column';

export interface Stop {
  readonly step: number;
  readonly atMs: number;
}

export class Stops {
  private readonly steps: Column;
  private readonly times: Column;

  constructor(steps = new Column(), times = new Column()) {
    this.steps = steps;
    this.times = times;
    if (steps.length === 0) this.push(0, 0);
  }

  get length(): number {
    return this.steps.length;
  }

  push(step: number, atMs: number): void {
    this.steps.push(step);
    this.times.push(atMs);
  }

  at(index: number): Stop {
    return { step: this.steps.at(index), atMs: this.times.at(index) };
  }

  get last(): Stop {
    return this.at(this.length - 1);
  }

  /** The last stop that is not later than a time; the first is the beginning. */
  atTime(atMs: number): number {
    return Math.max(0, this.times.countUpTo(atMs) - 1);
  }

  /** The last stop that is not later than a step. */
  atStep(step: number): number {
    return Math.max(0, this.steps.countUpTo(step) - 1);
  }

  /** Those up to a step, in a list of their own. */
  until(step: number): Stops {
    const count = this.atStep(step) + 1;
    return new Stops(this.steps.first(count), this.times.first(count));
  }
}
