/**
 * Which message of ours is which message of the real node: on each connection, in order, type by
 * type. What has no partner is a disagreement.
 */
import type { BusMessage } from '../protocol/bus-message';
import type { Capture, CaptureFrame } from './capture';
import { END_MS, type Explanation } from './explanations';
import type { Replayed } from './replay';
import type { Said } from './shadow-node';

export interface Pair {
  readonly frame: CaptureFrame;
  readonly ours: Said;
}

/** The real message may be this much later than ours (a disk that was slow), or earlier. */
const LATER_MS = 250;
const EARLIER_MS = 30;
/** A message written this long before a connection closed may have been lost with it. */
const LOST_MS = 120;

const kindOf = (message: BusMessage): string => `${message.type} sent`;

/** Pairs what both said; adds to the tally what only one of them said. */
export function pairMessages(capture: Capture, { shadow, tally }: Replayed): Pair[] {
  const pairs: Pair[] = [];
  const number = shadow.node.number;
  const real = capture.frames.filter((frame) => frame.from === number && frame.sent);
  const names = connectionNames(shadow.everyConnection);
  const unpaired = new Map<string, Said[]>();
  for (const said of shadow.said) {
    if (said.takenBack) continue;
    unpaired.set(said.connection, [...(unpaired.get(said.connection) ?? []), said]);
  }
  for (const frame of real) {
    const ours = names.get(frame.connection) ?? '';
    const queue = unpaired.get(ours) ?? [];
    const index = queue.findIndex((said) => isPartner(said, frame));
    if (index === -1) {
      tally.disagree({
        ...{ kind: kindOf(frame.message), atMs: frame.atMs, node: number },
        ...{ ours: 'not said', real: `to node ${frame.to}`, explanation: null },
      });
      continue;
    }
    pairs.push({ frame, ours: queue[index]! });
    tally.agree(kindOf(frame.message));
    queue.splice(index, 1);
  }
  for (const said of [...unpaired.values()].flat()) {
    tally.disagree({
      ...{ kind: kindOf(said.message), atMs: said.atMs, node: number },
      ...{ ours: `on ${said.connection}`, real: 'not said' },
      explanation: whyUnsaid(capture, names, said, number),
    });
  }
  return pairs;
}

function connectionNames(every: readonly (readonly [number, string])[]): Map<number, string> {
  return new Map(every);
}

function isPartner({ message, atMs }: Said, frame: CaptureFrame): boolean {
  const lateMs = frame.atMs - atMs;
  return message.type === frame.message.type && lateMs > -EARLIER_MS && lateMs < LATER_MS;
}

/** Ours said it, the real node did not, or could not be heard. */
function whyUnsaid(
  capture: Capture,
  names: ReadonlyMap<number, string>,
  { atMs, connection }: Said,
  node: number,
): Explanation | null {
  if (atMs > capture.durationMs - END_MS) return 'end-of-recording';
  const real = [...names].find(([, ours]) => ours === connection)?.[0];
  const carried = capture.frames.some((frame) => frame.connection === real);
  const isDead = capture.deeds.some(
    (deed) => deed.node === node && deed.type === 'kill' && Math.abs(deed.atMs - atMs) < LOST_MS,
  );
  const closes = capture.links.some(
    (link) => link.event === 'close' && link.connection === real && link.atMs < atMs + LOST_MS,
  );
  return real === undefined || !carried || closes || isDead ? 'link-lost' : null;
}
