/**
 * A node as it once was: what it remembers is read when somebody asks. All such nodes are of one
 * class, and so is what they have on disk: to an engine, records with getters of their own are each
 * of another kind, and rules that met one of them would be compiled again.
 */
import type { SavedConfig } from '../protocol/cluster-state';
import type { NodeSnapshot } from '../protocol/node.machine';

type Context = NodeSnapshot['context'];
type Table = Pick<SavedConfig, 'nodes' | 'vitals'>;

export class PastNode implements NodeSnapshot {
  readonly value: NodeSnapshot['value'];
  readonly chart?: object;
  #context: Context | null = null;
  readonly #read: () => Context;

  constructor({ value, chart }: NodeSnapshot, read: () => Context) {
    this.value = value;
    if (chart) this.chart = chart;
    this.#read = read;
  }

  get context(): Context {
    return (this.#context ??= this.#read());
  }
}

/** nodes.conf. */
export class PastConfig implements SavedConfig {
  declare readonly nodes: SavedConfig['nodes'];
  declare readonly vitals: SavedConfig['vitals'];
  readonly currentEpoch: SavedConfig['currentEpoch'];
  readonly lastVoteEpoch: SavedConfig['lastVoteEpoch'];
  readonly migratingTo: SavedConfig['migratingTo'];
  readonly importingFrom: SavedConfig['importingFrom'];
  #table: Table | null = null;
  readonly #read: () => Table;

  constructor(rest: Omit<SavedConfig, keyof Table>, read: () => Table) {
    this.currentEpoch = rest.currentEpoch;
    this.lastVoteEpoch = rest.lastVoteEpoch;
    this.migratingTo = rest.migratingTo;
    this.importingFrom = rest.importingFrom;
    this.#read = read;
    Object.defineProperties(this, PastConfig.#TABLE);
  }

  /** Its own, so that a copy `{ ...saved }` has them too. */
  static readonly #TABLE: PropertyDescriptorMap & ThisType<PastConfig> = {
    nodes: {
      enumerable: true,
      get() {
        return this.#known.nodes;
      },
    },
    vitals: {
      enumerable: true,
      get() {
        return this.#known.vitals;
      },
    },
  };

  get #known(): Table {
    return (this.#table ??= this.#read());
  }
}
