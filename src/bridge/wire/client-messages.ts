/** What a page says to the bridge. Each but `hello` is a request: a `res` or `err` has its id. */
import * as v from 'valibot';
import {
  argv,
  count,
  delayMs,
  faultMode,
  forMs,
  messageType,
  nodeNumber,
  requestId,
  signal,
  text,
  token,
  ways,
} from './values';

/** What a client may choose to be told. Everything else is told to all. */
export const TOPICS = ['frames', 'logs', 'views', 'commands'] as const;
export type Topic = (typeof TOPICS)[number];
const topics = v.array(v.picklist(TOPICS, `one of ${TOPICS.join(', ')}`), 'a list of topics');

const request = <T extends string, E extends v.ObjectEntries>(t: T, entries: E) =>
  v.strictObject({ t: v.literal(t), id: requestId, ...entries });

export const CLIENT_MESSAGES = {
  /** Must come first, within two seconds. `topics`: left out, all. */
  hello: v.strictObject({
    t: v.literal('hello'),
    version: v.number('the version of the messages'),
    token,
    topics: v.exactOptional(topics),
  }),
  sub: request('sub', { topics }),

  /**
   * `types`: of cut and hold alone; only such messages are stopped, the others pass them by.
   * `ms`: of delay alone. `forMs`: how long; a reset is over at once and needs none.
   */
  'fault.set': request('fault.set', {
    mode: faultMode,
    ways,
    types: v.exactOptional(v.pipe(v.array(messageType), v.minLength(1, 'at least one type'))),
    ms: v.exactOptional(delayMs),
    forMs: v.exactOptional(forMs),
  }),
  /** Ends one fault, or all. */
  'fault.heal': request('fault.heal', { fault: v.exactOptional(count) }),
  /** Lets what a hold has stopped so far go on, or some frames of it; the hold itself stays. */
  'fault.release': request('fault.release', {
    fault: count,
    frames: v.exactOptional(v.array(count)),
  }),

  /** `forMs`: of KILL and STOP, how long until the bridge starts or wakes the process again. */
  'proc.signal': request('proc.signal', {
    node: nodeNumber,
    signal,
    forMs: v.exactOptional(forMs),
  }),
  'proc.start': request('proc.start', { node: nodeNumber }),

  /** `follow`: go where MOVED and ASK point, as `redis-cli -c` does. */
  'redis.cmd': request('redis.cmd', {
    node: nodeNumber,
    argv,
    follow: v.exactOptional(v.boolean()),
  }),

  /** Keeps everything from now on, beyond the ring; `save` writes it, or what the ring holds. */
  'record.start': request('record.start', {}),
  'record.stop': request('record.stop', {}),
  'record.save': request('record.save', { label: v.exactOptional(text(200)) }),
} as const;

export type ClientKind = keyof typeof CLIENT_MESSAGES;
export type ClientMessage = {
  [K in ClientKind]: v.InferOutput<(typeof CLIENT_MESSAGES)[K]>;
}[ClientKind];
export type ClientMessageOf<K extends ClientKind> = Extract<ClientMessage, { t: K }>;
/** A message that is answered. */
export type Request = Exclude<ClientMessage, { t: 'hello' }>;
