/** The one lot in an election: how long a replica waits. Ours adopts what the real one drew. */
import type { Capture } from './capture';
import { virtualMs } from './capture-time';
import type { ShadowNode } from './shadow-node';

const DELAYED = /^Start of election delayed for (\d+) milliseconds/;
/** The real node logs its delay within this time of ours. */
const SAME_MOMENT_MS = 250;
/** A request for votes leaves within a tick after the delay: half of that, if no log says more. */
const HALF_A_TICK_MS = 50;

/** If our machine has fixed the hour of an election since its log line `from`, moves it. */
export function adoptElectionDelay(capture: Capture, shadow: ShadowNode, from: number): void {
  const line = shadow.logged.slice(from).find(({ text }) => DELAYED.test(text));
  const ourDelayMs = Number(line && DELAYED.exec(line.text)?.[1]);
  // Zero is no lot: a manual failover does not wait.
  if (!line || !ourDelayMs) return;
  const realDelayMs = delayOf(capture, shadow.node.number, line.atMs);
  if (realDelayMs === null) return;
  line.text = line.text.replace(String(ourDelayMs), String(realDelayMs));
  const { failover } = shadow.state;
  shadow.adopt(line.atMs, {
    failover: {
      ...failover,
      delayMs: realDelayMs,
      authTimeMs: virtualMs(capture, line.atMs) + realDelayMs,
    },
  });
}

function delayOf(capture: Capture, node: number, atMs: number): number | null {
  const logged = capture.log.find(
    (line) =>
      line.node === node && Math.abs(line.atMs - atMs) < SAME_MOMENT_MS && DELAYED.test(line.text),
  );
  if (logged) return Number(DELAYED.exec(logged.text)![1]);
  const request = capture.frames.find(
    (frame) =>
      frame.from === node && frame.atMs > atMs && frame.message.type === 'FAILOVER_AUTH_REQUEST',
  );
  return request ? Math.max(0, Math.round(request.atMs - atMs - HALF_A_TICK_MS)) : null;
}
