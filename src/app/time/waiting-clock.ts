/** Stands where the clock will be until the engine has loaded: it keeps what is asked, in order. */
import type { ClockVerbs } from './clock';

export function waitingClock(asked: ((clock: ClockVerbs) => void)[]): ClockVerbs {
  const later = (verb: keyof ClockVerbs) => (argument: unknown) => {
    asked.push((clock) => {
      // What is asked of a clock is a verb with at most one argument.
      (clock[verb] as (argument: unknown) => void).call(clock, argument);
    });
  };
  return new Proxy({} as ClockVerbs, { get: (_, verb) => later(verb as keyof ClockVerbs) });
}
