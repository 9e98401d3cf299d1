/**
 * The first tables were read a little before the recording began: a PING may have left, or a PONG
 * may have come, in between. What follows shows it.
 */
import type { NodeId } from '../protocol/ids';
import type { NodesLine } from '../protocol/slots/nodes-text';
import type { Capture, CaptureFrame, CaptureNode } from './capture';
import { unixOfVirtual } from './capture-time';

/** From one tick to the next. */
const TICK_MS = 101;

/** The line as it must have been when the recording began. */
export function withGap(
  capture: Capture,
  node: CaptureNode,
  line: NodesLine,
  answered: ReadonlyMap<NodeId, number>,
): NodesLine {
  const { epochMs } = capture;
  const startUnixMs = Math.floor(epochMs);
  const notBeforeMs = answered.get(line.id);
  if (notBeforeMs !== undefined) {
    const answerMs = Math.max(unixOfVirtual(notBeforeMs), answerUnixMs(capture, node, line));
    return { ...line, pingSentUnixMs: 0, pongReceivedUnixMs: answerMs };
  }
  const latePongUnixMs = lastPong(capture, node, line);
  const isOwn = latePongUnixMs % 1_000 !== 0;
  if (isOwn && latePongUnixMs > line.pongReceivedUnixMs && latePongUnixMs < epochMs) {
    return { ...line, pongReceivedUnixMs: latePongUnixMs, pingSentUnixMs: 0 };
  }
  const frames = framesOfLink(capture, node, line);
  const ping = frames.find(({ from }) => from === node.number)?.index ?? Infinity;
  const pong = frames.find(({ from }) => from !== node.number)?.index ?? Infinity;
  const isPending = line.pingSentUnixMs !== 0;
  if (isPending && ping < pong) {
    return { ...line, pingSentUnixMs: 0, pongReceivedUnixMs: startUnixMs };
  }
  if (!isPending && pong < ping) return { ...line, pingSentUnixMs: startUnixMs };
  return line;
}

/**
 * When a PONG that nobody saw must have come, or when gossip had one come: half a node timeout
 * before the next PING, up to a tick earlier; on the second, if there is one in between.
 */
function answerUnixMs(capture: Capture, node: CaptureNode, line: NodesLine): number {
  const { epochMs, nodeTimeoutMs } = capture;
  const ping = framesOfLink(capture, node, line).find(({ from }) => from === node.number);
  const startUnixMs = Math.floor(epochMs);
  if (!ping) return startUnixMs;
  const latestMs = Math.floor(epochMs + ping.atMs - nodeTimeoutMs / 2);
  const secondMs = Math.floor(latestMs / 1_000) * 1_000;
  const answerMs = latestMs - secondMs < TICK_MS ? secondMs : latestMs - Math.floor(TICK_MS / 2);
  return Math.min(startUnixMs, Math.max(line.pongReceivedUnixMs, answerMs));
}

function lastPong({ after }: Capture, node: CaptureNode, { id }: NodesLine): number {
  return after.get(node.number)?.find((line) => line.id === id)?.pongReceivedUnixMs ?? 0;
}

/** PINGs and PONGs on the link `node` had to the node of this line when the recording began. */
function framesOfLink(capture: Capture, node: CaptureNode, { id }: NodesLine): CaptureFrame[] {
  const peer = capture.nodes.find((one) => one.id === id)?.number;
  const opened = new Set(
    capture.links.flatMap((link) => (link.event === 'open' ? [link.connection] : [])),
  );
  return capture.frames.filter(
    ({ dialer, acceptor, connection, from, message }) =>
      dialer === node.number &&
      acceptor === peer &&
      !opened.has(connection) &&
      message.type === (from === node.number ? 'PING' : 'PONG'),
  );
}
