/**
 * What an input on a link is for the network.
 */
import type { BusEvent } from '../protocol/bus-state';
import type { Input } from './inputs';

type LinkInput = Extract<
  Input,
  { type: 'cut' | 'hold' | 'heal' | 'release' | 'heal-all' | 'delay' | 'drop' }
>;

/** The event for the bus, at `nowMs` of virtual time. */
export function linkEvent(input: LinkInput, nowMs: number): BusEvent {
  switch (input.type) {
    case 'cut':
      return { ...input, type: 'CUT', nowMs };
    case 'hold':
      return { ...input, type: 'HOLD', nowMs };
    case 'heal':
      return { ...input, type: 'HEAL', nowMs };
    case 'release':
      return { ...input, type: 'RELEASE', nowMs };
    case 'heal-all':
      return { type: 'HEAL_ALL', nowMs };
    case 'delay':
      return { ...input, type: 'DELAY', nowMs };
    case 'drop':
      return { ...input, type: 'DROP', nowMs };
  }
}
