/** What the workbench needs to know when the run on it is one of real processes. */
import type { Component } from 'svelte';
import type { LiveRun } from './live-run.svelte';
import type { RealSource } from './live-source';

export interface RealBench {
  /** The bridge; null for a recording. */
  readonly run: LiveRun | null;
  readonly source: RealSource;
  /** Something can be done to the processes now. */
  readonly canAct: boolean;
  /** Something lies after the playhead. */
  readonly canGoOn: boolean;
  /** What is said of the time to the right of what is known. */
  readonly beyond: string;
  /** In the bar above the stage. */
  readonly badge: Component<{ real: RealBench }>;
  /** Over the stage. */
  readonly over: Component<{ real: RealBench }>;
  /** Beside the clock. */
  readonly beside: Component<{ real: RealBench }>;
}
