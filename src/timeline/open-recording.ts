/** From the files of a recording to a source that shows it. */
import { captureEvents } from '../shadow/capture-events';
import type { CaptureFiles } from '../shadow/capture-index';
import { readParts, type NamedBytes } from '../shadow/recording-file';
import { CaptureSource } from './capture-source';

/** Tables at the end are read a little later than the last message. */
const AFTER_MS = 160;

/** Throws an Error with one sentence about the first thing that is wrong. */
export const openCapture = (files: readonly NamedBytes[]): CaptureSource =>
  captureSource(readParts(files));

/** The same, from the parts. */
export function captureSource(files: CaptureFiles): CaptureSource {
  const { start, events, durationMs } = captureEvents(files);
  const source = CaptureSource.growing(start, Infinity);
  source.tell(events);
  source.finish(durationMs + AFTER_MS);
  return source;
}
