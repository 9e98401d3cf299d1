/**
 * What an input for a client is for its machine, what one given as a command is for a node, and
 * what a client waits for.
 */
import type { BusEffect } from '../protocol/bus-state';
import type { ClientEvent } from '../protocol/client-state';
import type { NodeEvent } from '../protocol/effects';
import { isOperator } from '../protocol/ids';
import { BY_HAND } from '../protocol/time/hand-ping';
import type { Input } from './inputs';
import { typedWords } from './operators';
import type { Happening, World } from './world';

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

/** A reply that has set off at `sentAtMs`, as something to come for whoever waits for it. */
export function replyToCome(
  { atMs, client, node, command, reply }: Extract<BusEffect, { type: 'schedule-reply' }>,
  sentAtMs: number,
): Happening {
  const event = { type: 'REPLY', nowMs: atMs, sentAtMs, node, command, reply } as const;
  if (isOperator(client)) return { target: 'operator', client, event };
  return { target: 'client', client, event };
}

/** The end of a wait of a client or redis-cli, at `atMs`. */
export function timerToCome(client: string, atMs: number): Happening {
  const event = { type: 'TIMER', nowMs: atMs } as const;
  return { target: isOperator(client) ? 'operator' : 'client', client, event };
}
