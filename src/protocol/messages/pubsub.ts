/**
 * Who listens on which channel here, and what they hear.
 * Source: pubsubPublishMessage, pubsubSubscribeChannel, pubsubShardUnsubscribeAllClients,
 * src/pubsub.c; removeChannelsInSlot, clusterDelSlot, src/cluster.c.
 * Simplified: subscribers of a channel hear it in the order in which their clients came.
 */
import { isMaster, type ClusterState } from '../cluster-state';
import { matchesGlob } from '../glob';
import type { NodeId } from '../ids';
import { keySlot } from '../key-slot';
import type { Reply } from '../reply';
import { editSession, sessionOf, type Session } from '../sessions';
import { hasSlot, type SlotRanges } from '../slot-ranges';
import type { Turn } from '../turn';

/**
 * What a client may listen to: channels of the whole cluster, all channels that fit a pattern, or
 * channels that live in a slot of a shard.
 */
export type Listening = 'channels' | 'patterns' | 'shardChannels';

/** The letter that sets a kind's words apart: subscribe, psubscribe, ssubscribe. */
const LETTER: Readonly<Record<Listening, string>> = {
  channels: '',
  patterns: 'p',
  shardChannels: 's',
};

interface Message {
  readonly channel: string;
  readonly message: string;
}

const bulk = (text: string): Reply => ({ type: 'bulk', text });

/** Hands a message to every subscriber of this node; returns how many there were. */
export function deliver(turn: Turn, { channel, message }: Message): number {
  const body = [bulk(channel), bulk(message)];
  let heard = pushToListeners(turn, 'channels', [bulk('message'), ...body]);
  for (const pattern of patternsOf(turn.state)) {
    if (!matchesGlob(pattern, channel)) continue;
    heard += pushToListeners(turn, 'patterns', [bulk('pmessage'), bulk(pattern), ...body]);
  }
  return noteDelivery(turn, channel, heard);
}

/** The same for a shard channel, which no pattern hears. */
export function deliverInShard(turn: Turn, { channel, message }: Message): number {
  const items = [bulk('smessage'), bulk(channel), bulk(message)];
  return noteDelivery(turn, channel, pushToListeners(turn, 'shardChannels', items));
}

/** To each client that listens to what the second item names. */
function pushToListeners(turn: Turn, kind: Listening, items: readonly Reply[]): number {
  const [, named] = items as [Reply, { text: string }];
  const listeners = Object.entries(turn.state.sessions).filter(([, session]) =>
    session[kind].includes(named.text),
  );
  for (const [client] of listeners) push(turn, client, items);
  return listeners.length;
}

function noteDelivery(turn: Turn, channel: string, heard: number): number {
  if (heard > 0) turn.note({ event: 'delivered', channel, at: turn.state.name });
  return heard;
}

/** Every pattern anyone listens to here, once. */
export function patternsOf({ sessions }: Pick<ClusterState, 'sessions'>): string[] {
  return [...new Set(Object.values(sessions).flatMap(({ patterns }) => patterns))];
}

/** Sends a client something it did not ask for now. */
function push(turn: Turn, client: string, items: readonly Reply[]): void {
  turn.ask({ type: 'push', client, reply: { type: 'array', items } });
}

/** What SUBSCRIBE, PSUBSCRIBE and SSUBSCRIBE say about one channel or pattern. */
export function subscribe(turn: Turn, client: string, kind: Listening, channel: string): Reply {
  const session = sessionOf(turn.state, client);
  if (!session[kind].includes(channel)) {
    editSession(turn, client, { [kind]: [...session[kind], channel] });
  }
  return notice(turn, client, { kind, verb: 'subscribe', channel });
}

/** What the opposite commands say about one of them; null: there was none at all. */
export function unsubscribe(
  turn: Turn,
  client: string,
  kind: Listening,
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
  about: { readonly kind: Listening; readonly verb: string; readonly channel: string | null },
): Reply {
  const { kind, verb, channel } = about;
  const { channels, patterns, shardChannels } = sessionOf(turn.state, client);
  const left = kind === 'shardChannels' ? shardChannels.length : channels.length + patterns.length;
  return {
    type: 'array',
    items: [
      bulk(LETTER[kind] + verb),
      channel === null ? { type: 'nil' } : bulk(channel),
      { type: 'integer', value: left },
    ],
  };
}

/** Whether a client's connection is in the subscribed mode, in which RESP2 allows little else. */
export function isSubscribed({ channels, patterns, shardChannels }: Session): boolean {
  return channels.length + patterns.length + shardChannels.length > 0;
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
      turn.ask({ type: 'push', client, reply: farewell });
    }
  }
}
