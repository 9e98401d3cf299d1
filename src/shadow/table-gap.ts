/**
 * The first tables were read a little before the recording began: a PING may have left, or a PONG
 * may have come, in between. What follows shows it.
 */
import type { NodeId } from '../protocol/ids';
import type { NodesLine } from '../protocol/nodes-text';
import type { Capture, CaptureFrame, CaptureNode } from './capture';

/** The line as it must have been when the recording began. */
export function withGap(
  capture: Capture,
  node: CaptureNode,
  line: NodesLine,
  answered: ReadonlySet<NodeId>,
): NodesLine {
  const { epochMs } = capture;
  const startUnixMs = Math.floor(epochMs);
  if (answered.has(line.id)) {
    return { ...line, pingSentUnixMs: 0, pongReceivedUnixMs: startUnixMs };
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
