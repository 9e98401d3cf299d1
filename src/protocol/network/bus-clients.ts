/**
 * What travels between clients and nodes.
 * Source: redis-cli, src/redis-cli.c; writeToClient, src/networking.c.
 */
import type { BusDraft } from './bus-draft';
import { direction, type Arrival, type BusEvent } from '../bus-state';
import { isOperator } from '../ids';

/**
 * redis-cli in cluster mode runs beside the nodes, where a command and its reply take about a
 * millisecond. Only the bus, and the clients one watches, are slowed down for human eyes.
 */
const OPERATOR_THERE_MS = 1;
const OPERATOR_BACK_MS = 0;

type EventOf<T extends BusEvent['type']> = Extract<BusEvent, { type: T }>;

/**
 * A client's command on its way to a node. Simplified: a client's connections need no handshake.
 */
export function clientSend(draft: BusDraft, { command }: EventOf<'CLIENT_SEND'>): void {
  const atMs = clientArrivalMs(draft, command.client, command.node);
  draft.schedule({
    type: 'ARRIVE',
    nowMs: atMs,
    to: command.node,
    arrival: { type: 'command', command },
  });
}

/**
 * A reply on its way from a node to a client; command 0 for a message nobody asked for, which gets
 * a number of its own, below zero.
 */
export function clientReply(draft: BusDraft, event: EventOf<'CLIENT_REPLY'>): void {
  const { client, node, reply } = event;
  const command = event.command === 0 ? -draft.own.nextMessage++ : event.command;
  const atMs = clientArrivalMs(draft, node, client);
  draft.ask({ type: 'schedule-reply', atMs, client, node, command, reply });
}

function clientArrivalMs(draft: BusDraft, from: string, to: string): number {
  const path = direction(from, to);
  const lastMs = draft.state.lastClientMs[path] ?? 0;
  const atMs = Math.max(lastMs, draft.nowMs + hopMs(draft, from, to));
  draft.own.lastClientMs = { ...draft.state.lastClientMs, [path]: atMs };
  return atMs;
}

function hopMs(draft: BusDraft, from: string, to: string): number {
  if (isOperator(from)) return OPERATOR_THERE_MS;
  return isOperator(to) ? OPERATOR_BACK_MS : draft.hopMs(from, to, 104);
}

/** A client closes its connection to a node. */
export function clientClose(draft: BusDraft, { client, node }: EventOf<'CLIENT_CLOSE'>): void {
  const atMs = clientArrivalMs(draft, client, node);
  draft.schedule({ type: 'ARRIVE', nowMs: atMs, to: node, arrival: { type: 'hangup', client } });
}

/** Nobody listens on that port any more. */
export function refuse(draft: BusDraft, { command }: Extract<Arrival, { type: 'command' }>): void {
  const text = `Could not connect to Redis at 127.0.0.1:${command.node}: Connection refused`;
  clientReply(draft, {
    type: 'CLIENT_REPLY',
    nowMs: draft.nowMs,
    node: command.node,
    client: command.client,
    command: command.id,
    reply: { type: 'error', text },
  });
}
