/** When a client has its answer; looks ahead and comes back. */
import type { RecordedNote } from '../../protocol/notes';
import type { ClusterSource } from '../../timeline/cluster-source';

/** A client that hears nothing gives up waiting on the screen, not in the cluster. */
const REPLY_WITHIN_MS = 5_000;

interface Run {
  readonly source: ClusterSource;
  readonly returnTo: (cursor: ClusterSource['cursor']) => void;
}

/** The time at which every command of `client` has been answered, redirects included. */
export function replyTimeMs({ source, returnTo }: Run, client: string): number {
  const start = source.cursor;
  const limitMs = start.atMs + REPLY_WITHIN_MS;
  while (isWaiting(client, source) && source.cursor.atMs < limitMs) source.stepEvents(1);
  const { atMs } = source.cursor;
  returnTo(start);
  return atMs;
}

function isWaiting(client: string, source: ClusterSource): boolean {
  const { step } = source.cursor;
  let open = 0;
  for (const note of source.notes()) {
    if (note.step > step) break;
    if (isOf(client, note)) open += note.event === 'command' ? 1 : -1;
  }
  return open > 0;
}

function isOf(client: string, note: RecordedNote): boolean {
  return (note.event === 'command' || note.event === 'reply') && note.client === client;
}
