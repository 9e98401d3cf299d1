import type { FrameMessage } from '../../protocol/cluster-frame';
import type { ClusterSource, MessageTrace, Sight } from '../../timeline/cluster-source';

/** A message in flight, or one of the recorded past; null if there is none of this number. */
export function knownMessage(
  source: ClusterSource,
  id: number,
): FrameMessage | MessageTrace | null {
  return source.frame.messages.find((message) => message.id === id) ?? knownTrace(source, id);
}

/** What became of a message, as far as the run is known. */
export function knownTrace(source: Sight, id: number): MessageTrace | null {
  if (source.traceOf) return source.traceOf(id);
  const all = source.messages(0, source.computedUntilMs);
  return all.find((message) => message.id === id) ?? null;
}
