/** What an input for a client is for its machine, and what one given as a command is for a node. */
import type { ClientEvent } from '../protocol/client-state';
import type { NodeEvent } from '../protocol/effects';
import { BY_HAND } from '../protocol/time/hand-ping';
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

/** Tells a node to ping another. */
export const handPing = (to: string, nowMs: number): NodeEvent => ({
  type: 'CLIENT_COMMAND',
  nowMs,
  client: BY_HAND,
  command: 0,
  argv: [BY_HAND, to],
});
