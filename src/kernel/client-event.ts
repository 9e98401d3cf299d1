/** What an input for a client is for its machine. */
import type { ClientEvent } from '../protocol/client-state';
import type { Input } from './inputs';
import { typedWords } from './operators';
import type { World } from './world';

type ClientInput = Extract<Input, { type: 'command' | 'write' }>;

/** The event for the client, now. */
export function clientEvent(input: ClientInput, world: World): ClientEvent {
  const { nowMs, names } = world;
  if (input.type === 'write') {
    const { perSecond, durationMs } = input;
    return { type: 'WRITE', nowMs, perSecond, durationMs, nodes: names };
  }
  const { node, follow } = input;
  return { type: 'RUN', nowMs, request: { argv: typedWords(world, input.argv), node, follow } };
}
