/** From the files of a recording to a source that shows it. */
import { captureEvents, inOrder } from '../shadow/capture-events';
import type { CaptureFiles } from '../shadow/capture-index';
import { readParts, type NamedBytes } from '../shadow/recording-file';
import { CaptureSource } from './capture-source';

export { inOrder };
export { RecordingError } from '../shadow/recording-error';
export type { LiveEvent } from '../shadow/live-events';

/** Tables at the end are read a little later than the last message. */
const AFTER_MS = 160;

/** So much is told before others may go on: a long recording takes some seconds to live through. */
const TOLD_AT_ONCE = 1_000;

/**
 * Opens a recording; `rest` lets others go on for a moment, and hears how much of it is done, from
 * 0 to 1. Throws an Error with one sentence about the first thing that is wrong.
 */
export async function openCapture(
  files: readonly NamedBytes[],
  rest: (done: number) => Promise<void>,
): Promise<CaptureSource> {
  await rest(0);
  const { start, events, durationMs } = captureEvents(readParts(files));
  const source = CaptureSource.growing(start, Infinity);
  for (let i = 0; i < events.length; i += TOLD_AT_ONCE) {
    source.tell(events.slice(i, i + TOLD_AT_ONCE));
    await rest(Math.min(1, (i + TOLD_AT_ONCE) / events.length));
  }
  source.finish(durationMs + AFTER_MS);
  return source;
}

/** The same at once, from the parts. */
export function captureSource(files: CaptureFiles): CaptureSource {
  const { start, events, durationMs } = captureEvents(files);
  const source = CaptureSource.growing(start, Infinity);
  source.tell(events);
  source.finish(durationMs + AFTER_MS);
  return source;
}
