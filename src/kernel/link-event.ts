/**
 * What an input on links or on one message is for the network.
 */
import type { BusEvent, Envelope } from '../protocol/bus-state';
import { isOvertaken } from '../protocol/network/bus-one-message';
import type { Input } from './inputs';
import type { World } from './world';

export type LinkInput = Extract<
  Input,
  {
    type:
      | 'cut'
      | 'hold'
      | 'heal'
      | 'release'
      | 'heal-all'
      | 'delay'
      | 'drop'
      | 'partition'
      | 'open'
      | MessageInput['type'];
  }
>;

type MessageInput = Extract<Input, { readonly message: number }>;

/** The event for the network, now; null for a message that is not on its way. */
export function linkEvent(input: LinkInput, world: World): BusEvent | null {
  const { nowMs } = world;
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
    case 'open':
      return { type: 'PUBLISH_PORTS', nowMs, ports: portsFrom(input) };
    case 'partition':
      return { type: 'PARTITION', nowMs, sides: sidesOf(input, world) };
    default:
      return messageEvent(input, world);
  }
}

const portsFrom = ({ first, last }: Extract<Input, { type: 'open' }>): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

function messageEvent(input: MessageInput, world: World): BusEvent | null {
  const { nowMs } = world;
  const flying = flyingOf(world);
  const envelope = [...flying, ...world.bus.context.heldBack].find(
    ({ id }) => id === input.message,
  );
  if (!envelope) return null;
  switch (input.type) {
    case 'drop-message':
      return { type: 'DROP_MESSAGE', nowMs, envelope };
    case 'hold-message':
      return { type: 'HOLD_MESSAGE', nowMs, envelope };
    case 'release-message':
      return { type: 'RELEASE_MESSAGE', nowMs, envelope };
    case 'duplicate-message':
      return { type: 'DUPLICATE_MESSAGE', nowMs, envelope };
    case 'delay-message': {
      const { connection, from } = envelope;
      const isBehind = (other: Envelope): boolean =>
        other.connection === connection && other.from === from && other.id >= envelope.id;
      return {
        type: 'DELAY_MESSAGE',
        nowMs,
        envelopes: flying.filter(isBehind),
        addMs: input.addMs,
      };
    }
  }
}

/** What is on its way between nodes, in the order it set off. */
function flyingOf({ queue, bus }: World): Envelope[] {
  const flying: Envelope[] = [];
  for (const { what } of queue.all()) {
    if (what.target !== 'bus' || what.event.type !== 'ARRIVE') continue;
    const { arrival } = what.event;
    if (arrival.type !== 'envelope' || arrival.inSocket) continue;
    if (!isOvertaken(bus.context, arrival.envelope)) flying.push(arrival.envelope);
  }
  return flying.sort((a, b) => a.id - b.id);
}

/** The sides a partition names, and all others as one more if it says so. */
function sidesOf({ sides, rest }: Extract<Input, { type: 'partition' }>, { names }: World) {
  const named = sides.flat();
  const others = names.filter((name) => !named.includes(name));
  return rest && others.length > 0 ? [...sides, others] : sides;
}
