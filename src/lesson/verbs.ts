/** The words a sentence begins with, and what each input is called by them. */
import type { Input } from '../kernel/inputs';

/** The words a sentence may begin with and that change the cluster; `allow` of a lesson lists them. */
export const VERBS = [
  'freeze',
  'wake',
  'kill',
  'restart',
  'cut',
  'heal',
  'hold',
  'release',
  'delay',
  'drop',
  'duplicate',
  'partition',
  'ping',
  'start',
  'open',
  'write',
  'cli',
  'redis-cli',
  'answer',
  'interrupt',
] as const;
export type Verb = (typeof VERBS)[number];

/** Verbs of the terminal; all others are done to the picture too. */
export const TYPED_VERBS: readonly Verb[] = ['cli', 'redis-cli', 'answer', 'interrupt'];

export const VERB_OF_MESSAGE = {
  'drop-message': 'drop',
  'hold-message': 'hold',
  'release-message': 'release',
  'delay-message': 'delay',
  'duplicate-message': 'duplicate',
} as const satisfies Record<string, Verb>;

/** The verb of an input, as `allow` names it. */
export function verbOf(input: Input): Verb {
  switch (input.type) {
    case 'heal-all':
      return 'heal';
    case 'command':
      return 'cli';
    case 'drop-message':
    case 'hold-message':
    case 'release-message':
    case 'delay-message':
    case 'duplicate-message':
      return VERB_OF_MESSAGE[input.type];
    default:
      return input.type;
  }
}
