/** What live mode needs of a source that is fed from outside. */
import type { Hello } from '../../bridge/browser/connection.machine';
import type { Told } from '../../bridge/browser/socket';
import type { NodeName } from '../../protocol/ids';
import type { ClusterSource } from '../../timeline/cluster-source';

/** A stretch in which our node, fed with what the real one received, says something else. */
export interface Parting {
  readonly node: NodeName;
  /** Whom it is about; null for the node itself. */
  readonly about: NodeName | null;
  /** What differs, in Redis's own word: `flags`, `configEpoch`, `slots`. */
  readonly field: string;
  readonly ours: string;
  readonly real: string;
  readonly sinceMs: number;
  /** Null while it lasts. */
  readonly untilMs: number | null;
}

/** A run of real processes: it grows while it is looked at, or is a recording of one. */
export interface RealSource extends ClusterSource {
  readonly redisVersion: string;
  readonly label: string;
  /** The zone of its clock, which is that of the logs: `UTC+2`. */
  readonly zone?: string;
  /** Before this nothing is kept any more. */
  readonly knownFromMs: number;
  partings(): readonly Parting[];
  /** All that is kept, as a file that opens without a bridge. */
  save?(): Promise<Blob>;
}

export interface GrowingSource extends RealSource {
  take(told: Told): void;
  /** Goes on after a lost connection; false: it is another run, or a piece of it is missing. */
  resume?(hello: Hello): boolean;
}
