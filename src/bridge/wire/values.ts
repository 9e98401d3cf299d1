/** What the messages of both directions are made of. */
import * as v from 'valibot';

/** Raised with every change that an older page or bridge would misunderstand. */
export const WIRE_VERSION = 1;

const whole = (min: number, max: number) =>
  v.pipe(
    v.number(`a whole number from ${min} to ${max}`),
    v.integer(`a whole number from ${min} to ${max}`),
    v.minValue(min, `a whole number from ${min} to ${max}`),
    v.maxValue(max, `a whole number from ${min} to ${max}`),
  );

const MOST = Number.MAX_SAFE_INTEGER;
export const count = whole(0, MOST);
/** The recorder's number of a node: 1, 2, … as in a recording. */
export const nodeNumber = whole(1, 999);
export const port = whole(0, 65_535);
export const requestId = whole(0, MOST);

/** Milliseconds since the run began; below 0 for what a log said before. */
export const timeMs = v.pipe(v.number('a time in ms'), v.finite('a time in ms'));

/** Longer faults are longer than any lesson; a forgotten page must not leave one behind. */
const LONGEST_FAULT_MS = 3_600_000;
/** How long something stays as it was made before the bridge heals it by itself. */
export const forMs = whole(1, LONGEST_FAULT_MS);

export const text = (most: number) =>
  v.pipe(
    v.string(`a text of at most ${most} characters`),
    v.maxLength(most, `a text of at most ${most} characters`),
  );

/** 128 bits in hexadecimal. */
export const token = v.pipe(
  v.string('32 hexadecimal digits, as in the link'),
  v.regex(/^[\da-f]{32}$/, '32 hexadecimal digits, as in the link'),
);

export const nodeId = v.pipe(
  v.string('the 40 characters of a node id'),
  v.regex(/^[a-z0-9]{40}$/, 'the 40 characters of a node id'),
);

export const MESSAGE_TYPES = [
  'PING',
  'PONG',
  'MEET',
  'FAIL',
  'PUBLISH',
  'FAILOVER_AUTH_REQUEST',
  'FAILOVER_AUTH_ACK',
  'UPDATE',
  'MFSTART',
  'MODULE',
  'PUBLISHSHARD',
] as const;
export const messageType = v.picklist(MESSAGE_TYPES, `one of ${MESSAGE_TYPES.join(', ')}`);
/** `UNKNOWN`: a type that 7.0 does not know, or a frame it would refuse. */
export const frameType = v.picklist([...MESSAGE_TYPES, 'UNKNOWN']);

/** Enough for CLUSTER ADDSLOTS with every slot by itself would be too much: ranges exist. */
const MOST_WORDS = 512;
const LONGEST_WORD = 16_384;
export const argv = v.pipe(
  v.array(text(LONGEST_WORD), 'a list of words'),
  v.minLength(1, 'a list of at least one word'),
  v.maxLength(MOST_WORDS, `a list of at most ${MOST_WORDS} words`),
);

/** `[from, to]`: what `from` says and `to` would hear, on whichever connection. */
export const way = v.tuple([nodeNumber, nodeNumber], 'a pair of node numbers: [from, to]');
const MOST_WAYS = 2_500;
export const ways = v.pipe(
  v.array(way, 'a list of pairs: [[from, to], …]'),
  v.minLength(1, 'at least one pair [from, to]'),
  v.maxLength(MOST_WAYS, `at most ${MOST_WAYS} pairs`),
);

/**
 * cut: nothing passes, and what was stopped is lost: healing resets those connections.
 * hold: nothing passes, nothing is lost: healing lets everything go on, in order.
 * delay: everything passes, later. reset: the connections that exist now end, at once.
 */
export const faultMode = v.picklist(['cut', 'hold', 'delay', 'reset'], 'cut, hold, delay or reset');
export type FaultMode = v.InferOutput<typeof faultMode>;

export const LONGEST_DELAY_MS = 60_000;
export const delayMs = whole(1, LONGEST_DELAY_MS);

export const signal = v.picklist(['KILL', 'STOP', 'CONT'], 'KILL, STOP or CONT');
