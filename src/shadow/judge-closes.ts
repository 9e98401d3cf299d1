/**
 * Connections that a living node closed itself: links it gave up, or that a newer one replaced.
 * Source: freeClusterLink, clusterCron, setClusterNodeToInboundClusterLink, src/cluster.c.
 */
import type { Capture, CaptureLink } from './capture';
import { END_MS } from './explanations';
import type { Replayed } from './replay';

/** Both close in the same tick, or in the next. */
const SAME_CLOSE_MS = 120;
const KIND = 'connection closed';

/** Compares the connections that one node closed. */
export function judgeCloses(capture: Capture, { shadow, tally }: Replayed): void {
  const { number } = shadow.node;
  const names = new Map(shadow.everyConnection);
  const real = capture.links.filter(
    (link) => link.event === 'close' && link.endedBy === number && !diesAt(capture, number, link),
  );
  const ours = [...shadow.closed];
  for (const link of real) {
    const index = ours.findIndex(
      ({ atMs, connection }) =>
        connection === names.get(link.connection) && Math.abs(atMs - link.atMs) < SAME_CLOSE_MS,
    );
    if (index === -1) {
      tally.disagree({
        ...{ kind: KIND, atMs: link.atMs, node: number, explanation: null },
        ...{ ours: 'stays open', real: `${link.dialer} to ${link.acceptor}` },
      });
    } else {
      // What ours did not want was counted where it happened.
      if (!shadow.forced.has(ours[index]!)) tally.agree(KIND);
      ours.splice(index, 1);
    }
  }
  for (const { atMs, connection } of ours) {
    const isUp = [...names.values()].includes(connection);
    const closes = capture.links.some(
      (link) =>
        link.event === 'close' &&
        names.get(link.connection) === connection &&
        Math.abs(link.atMs - atMs) < SAME_CLOSE_MS,
    );
    if (!isUp || closes) continue;
    tally.disagree({
      ...{ kind: KIND, atMs, node: number, ours: connection, real: 'stays open' },
      explanation: atMs > capture.durationMs - END_MS ? 'end-of-recording' : null,
    });
  }
}

function diesAt(capture: Capture, number: number, link: CaptureLink): boolean {
  return capture.deeds.some(
    (deed) => deed.node === number && deed.type === 'kill' && Math.abs(deed.atMs - link.atMs) < 500,
  );
}
