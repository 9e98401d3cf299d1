/**
 * When a real node read what it was sent. The recorder sees a message before its receiver does; how
 * long before, nobody knows, and mostly it does not matter. It does where a connection is new: the
 * node must accept it first, and reads what other connections brought meanwhile. There the PONG
 * tells, which is queued in the same turn of the event loop.
 * Source: clusterAcceptHandler, clusterReadHandler, src/cluster.c.
 */
import type { Capture, CaptureFrame, CaptureNode } from './capture';
import type { Reading } from './guess';

/** From the moment a node reads a PING to the moment the recorder sees its PONG. */
const ANSWER_MS = 0.4;
/** An answer within this time was not kept waiting. */
const PROMPT_MS = 1.2;
/** A PONG that comes later than this after a PING answers another. */
const LONGEST_MS = 100;

/** When `node` read the first message on each new connection to it, where that was late. */
export function lateReadings(
  capture: Capture,
  node: CaptureNode,
  reading: Reading,
): Map<CaptureFrame, number> {
  const late = new Map<CaptureFrame, number>();
  if (reading === 'arrival') return late;
  for (const { event, connection, acceptor } of capture.links) {
    if (event !== 'open' || acceptor !== node.number) continue;
    const frames = capture.frames.filter((frame) => frame.connection === connection);
    const first = frames.find(({ to, received }) => to === node.number && received);
    const answer = frames.find(
      ({ from, message }) => from === node.number && message.type === 'PONG',
    );
    if (!first || !answer) continue;
    const waitedMs = answer.atMs - first.deliveredMs;
    if (waitedMs < PROMPT_MS || waitedMs > LONGEST_MS) continue;
    const answerMs = answer.atMs - ANSWER_MS;
    const readMs = reading === 'answer' ? answerMs : (first.deliveredMs + answerMs) / 2;
    for (const frame of frames) {
      if (frame.to === node.number && frame.deliveredMs < readMs) late.set(frame, readMs);
    }
  }
  return late;
}
