/**
 * Replies as a client reads them: what is kept of the conversation, what redis-cli prints,
 * whether a transaction is open then, and what it says of slots.
 * Source: cliReadReply, cliFormatReplyTTY and cliSendCommand, src/redis-cli.c.
 */
import type { ClientEvent, ClientExchange, ClientState, RunningCommand } from '../client-state';
import type { NodeName } from '../ids';
import { parseRedirect, printReply, type Reply } from '../reply';
import { mapOfReply } from './slot-map';

/** A reply as one side of a conversation, on its way or arrived. */
export function replyExchange(event: Extract<ClientEvent, { type: 'REPLY' }>): ClientExchange {
  const { command, node, reply, sentAtMs, nowMs } = event;
  const redirect = parseRedirect(reply);
  return {
    id: command * 2 + 1,
    node,
    direction: 'reply',
    text: reply.type === 'error' ? reply.text : printReply(reply),
    redirect: redirect?.kind ?? null,
    slot: redirect?.slot ?? null,
    sentAtMs,
    deliveredAtMs: nowMs,
    printed: printReply(reply),
  };
}

/** What redis-cli shows of a reply. */
export function printed(current: RunningCommand, reply: Reply): string | null {
  if (current.isAsking) return reply.type === 'error' ? `ASKING failed: ${reply.text}` : null;
  const redirect = current.follow ? parseRedirect(reply) : null;
  if (!redirect) return printReply(reply);
  return `-> Redirected to slot [${redirect.slot}] located at ${redirect.address}`;
}

/** Where a transaction is open after a reply. Source: in_multi of cliSendCommand. */
export function transactionAfter(
  state: ClientState,
  current: RunningCommand,
  reply: Reply,
): NodeName | null {
  const [name] = current.isAsking ? [] : current.argv;
  const word = name?.toUpperCase();
  if (word === 'MULTI' && reply.type !== 'error') return current.at;
  if (word === 'EXEC' || (word === 'DISCARD' && reply.type !== 'error')) return null;
  return state.transactionAt;
}

/** A client that follows redirects keeps the whole map once it has asked for it. */
export function mapAfter(
  { follow, argv }: RunningCommand,
  reply: Reply,
  nowMs: number,
): Partial<ClientState> {
  const slotMap = follow ? mapOfReply(argv, reply, nowMs) : null;
  return slotMap ? { slotMap, mapCommand: argv, isMapOld: false } : {};
}
