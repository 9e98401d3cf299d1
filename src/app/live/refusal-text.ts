/** Why the bridge refuses this page, in words. */
import type { Refusal } from '../../bridge/browser/connection.machine';
import { WIRE_VERSION } from '../../bridge/wire';
import type { live } from '../../words/en/live';

const MOST_CLIENTS = 4;

export function refusalText(why: Refusal | null, words: (typeof live)['refused']): string {
  switch (why?.kind) {
    case undefined:
      return '';
    case 'token':
      return words.token;
    case 'full':
      return words.clients(MOST_CLIENTS);
    case 'version':
      return words.version(why.theirs, String(WIRE_VERSION));
    case 'message':
    case 'broken':
      return words[why.kind](why.why);
  }
}
