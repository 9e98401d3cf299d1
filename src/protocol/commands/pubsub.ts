/**
 * Channels: subscribing, publishing, asking who listens.
 * Source: subscribeCommand, unsubscribeCommand, psubscribeCommand, punsubscribeCommand,
 * ssubscribeCommand, sunsubscribeCommand, publishCommand, spublishCommand, pubsubCommand,
 * src/pubsub.c.
 * Simplified: in EXEC, of several channels the first notice is the reply, the others are pushed.
 */
import { matchesGlob } from '../glob';
import {
  deliver,
  deliverInShard,
  patternsOf,
  subscribe,
  unsubscribe,
  type Listening,
} from '../messages/pubsub';
import { err, type Reply } from '../reply';
import { broadcastPublish, publishInShard } from '../messages/send';
import { sessionOf } from '../sessions';
import type { Turn } from '../turn';
import {
  everyKey,
  firstKey,
  noKeys,
  type CommandCall,
  type Commands,
  type CommandSpec,
} from './command';
import { containerCommand } from './container';
import { array, bulk, integer } from './subcommand';

const HELP = [
  'CHANNELS [<pattern>]',
  "    Return the currently active channels matching a <pattern> (default: '*').",
  'NUMPAT',
  '    Return number of subscriptions to patterns.',
  'NUMSUB [<channel> ...]',
  '    Return the number of subscribers for the specified channels, excluding',
  '    pattern subscriptions(default: no channels).',
  'SHARDCHANNELS [<pattern>]',
  "    Return the currently active shard level channels matching a <pattern> (default: '*').",
  'SHARDNUMSUB [<shardchannel> ...]',
  '    Return the number of subscribers for the specified shard level channel(s)',
];

const LISTENING = { isWrite: false, isForSubscribers: true, keys: noKeys } as const;
const IN_SHARD = { ...LISTENING, isShardChannel: true, keys: everyKey } as const;

export const PUBSUB_COMMANDS: Commands = {
  SUBSCRIBE: { ...LISTENING, arity: -2, run: subscribing('channels') },
  UNSUBSCRIBE: { ...LISTENING, arity: -1, run: unsubscribing('channels') },
  PSUBSCRIBE: { ...LISTENING, arity: -2, run: subscribing('patterns') },
  PUNSUBSCRIBE: { ...LISTENING, arity: -1, run: unsubscribing('patterns') },
  SSUBSCRIBE: { ...IN_SHARD, arity: -2, run: subscribeInShard },
  SUNSUBSCRIBE: { ...IN_SHARD, arity: -1, run: unsubscribing('shardChannels') },
  PUBLISH: { arity: 3, isWrite: false, mayReplicate: true, keys: noKeys, run: publish },
  SPUBLISH: {
    arity: 3,
    isWrite: false,
    mayReplicate: true,
    isShardChannel: true,
    keys: firstKey,
    run: publishShard,
  },
  PUBSUB: containerCommand(
    'PUBSUB',
    {
      CHANNELS: { arity: -2, most: 3, run: (turn, args) => channelsOf(turn, 'channels', args[0]) },
      NUMPAT: { arity: 2, run: (turn) => integer(patternsOf(turn.state).length) },
      NUMSUB: { arity: -2, run: (turn, args) => listeners(turn, 'channels', args) },
      SHARDCHANNELS: {
        arity: -2,
        most: 3,
        run: (turn, args) => channelsOf(turn, 'shardChannels', args[0]),
      },
      SHARDNUMSUB: { arity: -2, run: (turn, args) => listeners(turn, 'shardChannels', args) },
    },
    HELP,
  ),
};

/** Inside a transaction there is no connection left to listen on. Source: CLIENT_DENY_BLOCKING. */
function subscribeInShard(turn: Turn, call: CommandCall): Reply | null {
  if (sessionOf(turn.state, call.client).queued !== null) {
    return err("SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
  }
  return subscribing('shardChannels')(turn, call);
}

function subscribing(kind: Listening): CommandSpec['run'] {
  return (turn, call) =>
    answerEach(
      turn,
      call,
      call.args.map((channel) => subscribe(turn, call.client, kind, channel)),
    );
}

/** Without a channel, all of them; if there are none, one answer says so. */
function unsubscribing(kind: Listening): CommandSpec['run'] {
  return (turn, call) => {
    const { client, args } = call;
    const own = sessionOf(turn.state, client)[kind];
    const channels = args.length > 0 ? args : own.length > 0 ? own : [null];
    const replies = channels.map((channel) => unsubscribe(turn, client, kind, channel));
    return answerEach(turn, call, replies);
  };
}

/** One answer a channel: the first answers the command, the others follow by themselves. */
function answerEach(
  turn: Turn,
  { client, command }: CommandCall,
  replies: readonly Reply[],
): Reply | null {
  const [first, ...others] = replies as [Reply, ...Reply[]];
  const isInTransaction = sessionOf(turn.state, client).queued !== null;
  if (others.length > 0 && !isInTransaction) {
    turn.ask({ type: 'reply', client, command, reply: first });
  }
  for (const reply of others) turn.ask({ type: 'push', client, reply });
  return others.length > 0 && !isInTransaction ? null : first;
}

/** The reply counts those who heard it here; how many hear it elsewhere, nobody knows. */
function publish(turn: Turn, { args }: CommandCall): Reply {
  const [channel, message] = args as [string, string];
  const heard = deliver(turn, { channel, message });
  broadcastPublish(turn, channel, message);
  return integer(heard);
}

function publishShard(turn: Turn, { args }: CommandCall): Reply {
  const [channel, message] = args as [string, string];
  const heard = deliverInShard(turn, { channel, message });
  publishInShard(turn, channel, message);
  return integer(heard);
}

function channelsOf(turn: Turn, kind: 'channels' | 'shardChannels', pattern = '*'): Reply {
  const all = Object.values(turn.state.sessions).flatMap((session) => session[kind]);
  return array([...new Set(all)].filter((channel) => matchesGlob(pattern, channel)).map(bulk));
}

function listeners(
  turn: Turn,
  kind: 'channels' | 'shardChannels',
  channels: readonly string[],
): Reply {
  const sessions = Object.values(turn.state.sessions);
  return array(
    channels.flatMap((channel) => [
      bulk(channel),
      integer(sessions.filter((session) => session[kind].includes(channel)).length),
    ]),
  );
}
