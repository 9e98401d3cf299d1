/** One message to everybody: so many glyphs that they would hide each other are one fan. */
import type { FrameMessage } from '../../protocol/cluster-frame';

/** A broadcast to more than this many is one fan. */
export const FAN_FROM = 24;

const TO_EVERYBODY: ReadonlySet<FrameMessage['type']> = new Set([
  'FAIL',
  'FAILOVER_AUTH_REQUEST',
  'PUBLISH',
]);

/**
 * Whether a message is one of a fan. It hangs on what was sent, not on what is still flying: a
 * glyph must not change its size on the way.
 */
export function isOfFan(type: FrameMessage['type'], nodeCount: number): boolean {
  return nodeCount - 1 > FAN_FROM && TO_EVERYBODY.has(type);
}

/** The same text for all messages of one broadcast. */
export function broadcastKey({ type, from, about, epoch, fate }: FrameMessage): string {
  return `${type} ${from} ${about} ${epoch} ${fate}`;
}
