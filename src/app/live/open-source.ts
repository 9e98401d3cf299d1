/** Sources of real processes: one that the bridge feeds, and one from the files of a recording. */
import type { Hello } from '../../bridge/browser/connection.machine';
import type { Told } from '../../bridge/browser/socket';
import { eventsOf, faultEvent, startOf } from '../../bridge/browser/told-events';
import { ToldOnce } from '../../bridge/browser/told-once';
import type { WireNode } from '../../bridge/wire';
import { CaptureSource } from '../../timeline/capture-source';
import {
  inOrder,
  openCapture,
  RecordingError,
  type LiveEvent,
} from '../../timeline/open-recording';
import { zoneName } from './zone-name';
import type { GrowingSource, Parting, RealSource } from './live-source';

/** What is larger is not even read. */
const MOST_BYTES = 500_000_000;

/** A run that grows with what the bridge tells. */
export function newLiveSource(hello: Hello): GrowingSource {
  const source = CaptureSource.growing(startOf(hello));
  source.tell(hello.faults.filter(({ sinceMs }) => sinceMs < hello.knownFromMs).map(faultEvent));
  let nodes: readonly WireNode[] = hello.nodes;
  // What the bridge remembers comes at once, frames and texts in no order between them.
  let remembered: LiveEvent[] | null = [];
  const once = new ToldOnce();
  const resume = (again: Hello): boolean => {
    if (again.epochMs !== hello.epochMs || !once.meets(again.knownFromMs)) return false;
    once.resume();
    remembered ??= [];
    return true;
  };
  const take = (told: Told): void => {
    const events = once.take(eventsOf(told, nodes));
    if (told.t === 'nodes') nodes = told.nodes;
    if (remembered && told.t !== 'live') return void remembered.push(...events);
    if (remembered) source.tell(inOrder(remembered));
    remembered = null;
    if (events.length > 0) source.tell(events);
    // Nothing from before will come: the clock goes on, though nothing happens.
    if (told.t === 'pulse' || told.t === 'live') source.reach(told.atMs);
  };
  return Object.assign(source, { ...aboutRun(source), take, resume });
}

/**
 * Reads a recording and tells how much of it is done, from 0 to 1. Throws an Error with one
 * sentence on what is wrong with its files.
 */
export async function openRecording(
  files: readonly File[],
  onprogress: (done: number) => void = () => undefined,
): Promise<RealSource> {
  if (files.some(({ size }) => size > MOST_BYTES)) {
    throw new RecordingError(
      { kind: 'huge', mostMb: MOST_BYTES / 1_000_000 },
      `more than ${MOST_BYTES} bytes`,
    );
  }
  const named = await Promise.all(
    files.map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  const source = await openCapture(named, (done) => {
    onprogress(done);
    return rest();
  });
  source.seekTime(source.knownFromMs);
  return asReal(source);
}

/** The same source, with what the page says of real processes. */
export const asReal = (source: CaptureSource): RealSource =>
  Object.assign(source, aboutRun(source));

/** Lets the page breathe while much is packed. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function aboutRun(source: CaptureSource) {
  const { label, redisVersion } = source.start;
  // The page's own `save` takes its place on the same object.
  const pack = source.save.bind(source);
  return {
    label,
    redisVersion,
    zone: zoneName(source.start.zoneMs ?? 0),
    partings: (): readonly Parting[] => partingsOf(source),
    save: async (): Promise<Blob> => {
      const bytes = await pack(label, rest);
      return new Blob([bytes as BlobPart], { type: 'application/gzip' });
    },
  };
}

function partingsOf(source: CaptureSource): readonly Parting[] {
  return source.divergences().map((divergence) => {
    const { about, field, ours, real, sinceMs, untilMs } = divergence;
    const node = source.history.nameOf(divergence.node);
    return { node, about: about === node ? null : about, field, ours, real, sinceMs, untilMs };
  });
}
