/**
 * Who listens on which channel here, and what they hear.
 * Source: pubsubPublishMessage, pubsubSubscribeChannel, pubsubShardUnsubscribeAllClients,
 * src/pubsub.c; removeChannelsInSlot, clusterDelSlot, src/cluster.c.
 * Simplified: subscribers of a channel hear it in the order in which their clients came.
 */
import { isMaster } from './cluster-state';
import type { NodeId } from './ids';
import { keySlot } from './key-slot';
import type { Reply } from './reply';
import { editSession, sessionOf, type Session } from './sessions';
import { hasSlot, type SlotRanges } from './slot-ranges';
import type { Turn } from './turn';

/** Two kinds of channels: those of the whole cluster, and those that live in a slot of a shard. */
export type ChannelKind = 'channels' | 'shardChannels';

const bulk = (text: string): Reply => ({ type: 'bulk', text });

/** Hands a message to every subscriber of this node; returns how many there were. */
export function deliver(
  turn: Turn,
  message: { readonly kind: ChannelKind; readonly channel: string; readonly message: string },
): number {
  const { kind, channel } = message;
  const word = kind === 'channels' ? 'message' : 'smessage';
  const listeners = Object.entries(turn.state.sessions).filter(([, session]) =>
    session[kind].includes(channel),
  );
  for (const [client] of listeners) {
    push(turn, client, [bulk(word), bulk(channel), bulk(message.message)]);
  }
  if (listeners.length > 0) turn.note({ event: 'delivered', channel, at: turn.state.name });
  return listeners.length;
}

/** Sends a client something it did not ask for now. */
function push(turn: Turn, client: string, items: readonly Reply[]): void {
  turn.effects.push({ type: 'push', client, reply: { type: 'array', items } });
}

/** What SUBSCRIBE and SSUBSCRIBE say about one channel. */
export function subscribe(turn: Turn, client: string, kind: ChannelKind, channel: string): Reply {
  const session = sessionOf(turn.state, client);
  if (!session[kind].includes(channel)) {
    editSession(turn, client, { [kind]: [...session[kind], channel] });
  }
  return notice(turn, client, { kind, verb: 'subscribe', channel });
}

/** What UNSUBSCRIBE and SUNSUBSCRIBE say about one channel; null: there was none at all. */
export function unsubscribe(
  turn: Turn,
  client: string,
  kind: ChannelKind,
  channel: string | null,
): Reply {
  const session = sessionOf(turn.state, client);
  if (channel !== null && session[kind].includes(channel)) {
    editSession(turn, client, { [kind]: session[kind].filter((one) => one !== channel) });
  }
  return notice(turn, client, { kind, verb: 'unsubscribe', channel });
}

function notice(
  turn: Turn,
  client: string,
  about: { readonly kind: ChannelKind; readonly verb: string; readonly channel: string | null },
): Reply {
  const { kind, verb, channel } = about;
  const left = sessionOf(turn.state, client)[kind].length;
  return {
    type: 'array',
    items: [
      bulk(kind === 'channels' ? verb : `s${verb}`),
      channel === null ? { type: 'nil' } : bulk(channel),
      { type: 'integer', value: left },
    ],
  };
}

/** Whether a client's connection is in the subscribed mode, in which RESP2 allows little else. */
export function isSubscribed({ channels, shardChannels }: Session): boolean {
  return channels.length + shardChannels.length > 0;
}

/**
 * Slots leave their owner here: if that is this node or its master, nobody may go on listening to
 * channels in them. Clients are told.
 */
export function removeChannels(turn: Turn, ownerId: NodeId, slots: SlotRanges): void {
  const { state } = turn;
  if (ownerId !== (isMaster(turn.me) ? state.myId : turn.me.masterId)) return;
  for (const [client, { shardChannels }] of Object.entries(state.sessions)) {
    for (const channel of shardChannels) {
      if (!hasSlot(slots, keySlot(channel))) continue;
      const farewell = unsubscribe(turn, client, 'shardChannels', channel);
      turn.effects.push({ type: 'push', client, reply: farewell });
    }
  }
}
