/**
 * A lot that falls on a node whose link is down leaves no trace on the bus: the PING waits in vain.
 * Its clock runs all the same, and a node timeout later the log shows when it began.
 * Source: clusterCron, src/cluster.c.
 */
import type { NodeId } from '../protocol/ids';
import type { Capture } from './capture';
import { virtualMs } from './capture-time';
import type { ShadowNode } from './shadow-node';

const FAILING = /^\*\*\* NODE (\S{40}) possibly failing$/;
/** From one tick to the next, at most. */
const TICK_MS = 106;

/** Starts the ping clocks that the real node must have started in the tick at `atMs`. */
export function adoptUnseenLots(capture: Capture, shadow: ShadowNode, atMs: number): NodeId[] {
  const { nodeTimeoutMs, log } = capture;
  const adopted: NodeId[] = [];
  for (const line of log) {
    const id = line.node === shadow.node.number ? FAILING.exec(line.text)?.[1] : undefined;
    if (id === undefined) continue;
    const agoMs = line.atMs - nodeTimeoutMs - atMs;
    if (agoMs < 0 || agoMs > TICK_MS) continue;
    const entry = shadow.entry(id as NodeId);
    if (!entry || entry.pingSentMs !== 0 || entry.link?.connected) continue;
    shadow.adoptEntry(atMs, entry.id, { pingSentMs: virtualMs(capture, atMs) });
    adopted.push(entry.id);
  }
  return adopted;
}
