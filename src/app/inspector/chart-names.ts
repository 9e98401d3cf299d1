/** What states, events and conditions are called: in words where there are any. */
import type { machine } from '../../words/en/machine';

type Words = Pick<typeof machine, 'states' | 'events' | 'guards' | 'always'>;

/** `catchingUp` as `catching up`; one that has words of its own by its whole path has those. */
export function stateName(id: string, words: Words, machineName = ''): string {
  const key = id.split('.').at(-1) ?? id;
  return (
    words.states[id] ??
    words.states[`${machineName}.${id}`] ??
    words.states[key] ??
    key.replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  );
}

/** The event in words; one nobody has words for as the machine has it. */
export const eventName = (event: string, words: Words): string => words.events[event] ?? event;

/** The condition in words; empty where there is none. */
export const guardName = (guard: string, words: Words): string => words.guards[guard] ?? guard;
