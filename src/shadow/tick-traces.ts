/**
 * What a tick leaves behind, on the bus and in the log.
 * Source: clusterCron, clusterNodeCronHandleReconnect, src/cluster.c.
 */
import type { Capture, CaptureFrame, CaptureNode } from './capture';
import type { Life } from './tick-plan';

/** PINGs that greet a new connection leave it together within this time. */
const GREETING_MS = 8;
/** A stopped process ticks as soon as it is continued. */
const WAKING_MS = 1;

/** Lines that only a tick writes, at once. */
const TICK_LINES: readonly RegExp[] = [
  /^\*\*\* NODE \S{40} possibly failing$/,
  /^Start of election delayed for [1-9]/,
  /^Starting a failover election/,
];
/** A dial of a tick was refused: some time after the tick. */
const REFUSAL = /^Connection with Node \S{40} .* failed: Connection refused$/;

/** When dials of `node` were refused: less exact than the other traces. */
export function refusalTraces({ log }: Capture, node: CaptureNode, life: Life): number[] {
  return log
    .filter((line) => line.node === node.number && REFUSAL.test(line.text))
    .map(({ atMs }) => atMs)
    .filter((atMs) => atMs >= life.fromMs && atMs <= life.toMs);
}

/** When something happened that only a tick does, in one life of a node; in no order. */
export function tickTraces(capture: Capture, node: CaptureNode, life: Life): number[] {
  const { number } = node;
  const dials = capture.links.filter(
    ({ event, dialer, endedBy }) => dialer === number && (event === 'open' || endedBy === number),
  );
  const lines = capture.log.filter(
    (line) => line.node === number && TICK_LINES.some((pattern) => pattern.test(line.text)),
  );
  const requests = capture.frames.filter(
    ({ from, sent, message }) =>
      from === number && sent && message.type === 'FAILOVER_AUTH_REQUEST' && !message.forceAck,
  );
  const moments = [...cronPings(capture, node, life), ...dials, ...lines, ...requests];
  return [
    ...moments.map(({ atMs }) => atMs).filter((atMs) => atMs >= life.fromMs && atMs <= life.toMs),
    ...(life.began === 'woken' ? [life.fromMs + WAKING_MS] : []),
  ];
}

/** PINGs on connections it dialled itself, but for those that greet a new one. */
export function cronPings(capture: Capture, node: CaptureNode, life: Life): CaptureFrame[] {
  const opened = new Set(
    capture.links.flatMap(({ event, connection }) => (event === 'open' ? [connection] : [])),
  );
  const greeting = new Set([...opened].flatMap((connection) => greetings(capture, connection)));
  return capture.frames.filter((frame) => {
    const { message, from, dialer, atMs, sent } = frame;
    if (!sent || message.type !== 'PING' || from !== node.number || dialer !== from) return false;
    return !greeting.has(frame) && atMs >= life.fromMs && atMs <= life.toMs;
  });
}

/** The first PINGs on a new connection: one that waited for it, if any, and the greeting. */
export function greetings(capture: Capture, connection: number): CaptureFrame[] {
  const first = capture.frames.filter(
    (frame) =>
      frame.connection === connection &&
      frame.from === frame.dialer &&
      (frame.message.type === 'PING' || frame.message.type === 'MEET'),
  );
  return first.filter(
    ({ atMs, message }) => message.type === 'PING' && atMs < first[0]!.atMs + GREETING_MS,
  );
}
