/**
 * What the bridge says to a page, as text. (Frames travel as bytes: see frame-batch.ts.) All times
 * are milliseconds since the run began, at `epochMs` of `hello`.
 */
import * as v from 'valibot';
import {
  argv,
  count,
  faultMode,
  messageType,
  nodeId,
  nodeNumber,
  port,
  requestId,
  text,
  timeMs,
  ways,
} from './values';

const message = <T extends string, E extends v.ObjectEntries>(t: T, entries: E) =>
  v.object({ t: v.literal(t), ...entries });

const LONGEST = 4_000_000;
const long = text(LONGEST);
const pid = v.nullable(count);

/** `port` and `busPort` are the announced ones, by which its peers know it. */
export const node = v.object({
  number: nodeNumber,
  id: nodeId,
  port,
  busPort: port,
  listensPort: port,
  listensBusPort: port,
  pid,
  state: v.picklist(['running', 'stopped', 'dead']),
  /** When the bridge wakes or starts it again by itself. */
  untilMs: v.nullable(timeMs),
});

const fault = v.object({
  fault: count,
  mode: faultMode,
  ways,
  types: v.nullable(v.array(messageType)),
  ms: v.nullable(count),
  sinceMs: timeMs,
  untilMs: timeMs,
});

/** Who did it: a page, or the bridge, because the time was up or it had to. */
const by = v.picklist(['page', 'bridge']);

const deed = v.variant('type', [
  v.object({ type: v.literal('command'), node: nodeNumber, argv }),
  v.object({ type: v.picklist(['kill', 'start', 'stop', 'continue']), node: nodeNumber }),
  v.object({ type: v.literal('fault'), fault }),
  v.object({ type: v.literal('heal'), fault: count }),
  v.object({ type: v.literal('release'), fault: count }),
  /** A sentence about the run, in English. */
  v.object({ type: v.literal('remark'), text: long }),
]);

const role = v.picklist(['driver', 'watcher']);

export const SERVER_MESSAGES = {
  hello: message('hello', {
    version: count,
    role,
    label: long,
    redisVersion: text(100),
    nodeTimeoutMs: count,
    /** Unix milliseconds of time 0. */
    epochMs: timeMs,
    nowMs: timeMs,
    /** Since when the bridge still knows everything: what follows begins there. */
    knownFromMs: timeMs,
    nodes: v.array(node),
    faults: v.array(fault),
    recording: v.boolean(),
    capabilities: v.object({
      /** Bus traffic is seen. */
      frames: v.boolean(),
      /** It can be cut, held, delayed and reset. */
      faults: v.boolean(),
      /** The processes are children of the bridge, to be stopped, killed and started. */
      processes: v.boolean(),
      logs: v.boolean(),
    }),
    /** What redis.cmd allows, as `GET` or `CLUSTER NODES`. */
    commands: v.array(text(100)),
  }),
  /** What the bridge remembered has been told; from here on things are told as they happen. */
  live: message('live', { atMs: timeMs }),
  /** Once a second, so that a silent bridge is noticed. */
  pulse: message('pulse', { atMs: timeMs, lagMs: timeMs, clients: count }),
  role: message('role', { role }),
  nodes: message('nodes', { atMs: timeMs, nodes: v.array(node) }),
  faults: message('faults', { atMs: timeMs, faults: v.array(fault) }),

  /** A bitmap of slots that frames after this message refer to by `id`: 2,048 bytes in base64. */
  slots: message('slots', { id: count, base64: text(2_732) }),
  /** Frames that were stopped: when each went on, or null if it never will. */
  fates: message('fates', {
    fates: v.array(v.object({ frame: count, deliveredMs: v.nullable(timeMs) })),
  }),

  /**
   * What one node printed between `askedMs` and `atMs`. Sent when it says something else than the
   * last time, the times of pings and pongs and counters aside; and once a second anyway.
   */
  view: message('view', {
    node: nodeNumber,
    askedMs: timeMs,
    atMs: timeMs,
    nodes: long,
    info: long,
  }),
  log: message('log', {
    lines: v.array(
      v.object({
        node: nodeNumber,
        atMs: timeMs,
        pid: count,
        /** C child, S replica, M master, X sentinel: as in the line. */
        role: text(1),
        level: v.picklist(['debug', 'verbose', 'notice', 'warning']),
        text: long,
      }),
    ),
  }),
  /** What became of a process, however it came to it. */
  proc: message('proc', {
    atMs: timeMs,
    node: nodeNumber,
    event: v.picklist(['start', 'exit', 'stop', 'continue']),
    pid,
    /** Of an exit: `SIGKILL`, `code 1`. Empty: none. */
    why: text(200),
  }),
  /** A connection of the bus. Its dialer is known from its first frame. */
  conn: message('conn', {
    atMs: timeMs,
    connection: count,
    acceptor: nodeNumber,
    dialer: v.nullable(nodeNumber),
    event: v.picklist(['open', 'identified', 'close']),
    /** Of a close: `dialer ended`, `acceptor ended`, `reset by a fault`, … */
    why: text(200),
  }),
  /** A command and its reply, as redis-cli prints it. */
  cmd: message('cmd', { atMs: timeMs, tookMs: timeMs, node: nodeNumber, argv, reply: long, by }),
  /** What was done to the cluster. */
  event: message('event', { atMs: timeMs, by, deed }),

  /** The answer to a request, by its kind; those not named here answer with an empty object. */
  res: message('res', {
    id: requestId,
    result: v.object({
      /** fault.set */
      fault: v.exactOptional(count),
      /** redis.cmd: the reply as redis-cli prints it, and the nodes that answered, in order. */
      text: v.exactOptional(long),
      isError: v.exactOptional(v.boolean()),
      nodes: v.exactOptional(v.array(nodeNumber)),
      /** record.save */
      files: v.exactOptional(v.array(long)),
    }),
  }),
  /** `id` is null when the message could not be read that far. */
  err: message('err', {
    id: v.nullable(requestId),
    code: v.picklist(['invalid', 'rate', 'watching', 'refused', 'unknown', 'failed']),
    text: long,
  }),
  /** The bridge ends, or one thing went wrong that everybody should know of. */
  notice: message('notice', { atMs: timeMs, ends: v.boolean(), text: long }),
} as const;

export type ServerKind = keyof typeof SERVER_MESSAGES;
export type ServerMessage = {
  [K in ServerKind]: v.InferOutput<(typeof SERVER_MESSAGES)[K]>;
}[ServerKind];
export type ServerMessageOf<K extends ServerKind> = Extract<ServerMessage, { t: K }>;

export type WireNode = v.InferOutput<typeof node>;
export type WireFault = v.InferOutput<typeof fault>;
export type WireDeed = v.InferOutput<typeof deed>;
export type Role = v.InferOutput<typeof role>;

/** Why the bridge closes a connection: the code of the WebSocket, and its reason in words. */
export const CLOSE_CODES = {
  /** No hello within two seconds. */
  silent: 4401,
  wrongToken: 4403,
  wrongVersion: 4426,
  /** A message before hello, or a second hello. */
  outOfTurn: 4400,
  /** It has not read for so long that what it was to be told is forgotten. */
  tooSlow: 4408,
  /** The bridge itself ends. */
  ends: 4410,
} as const;
