/**
 * What a frame says of roles, slots, failures, processes and links. Most frames say nothing new of
 * that: then nothing that hangs on it is even looked at again, which is what keeps thirty nodes
 * fluid.
 */
import { untrack } from 'svelte';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { arrange } from '../layout/arrangement';
import { beliefs } from '../layout/beliefs';
import { strangers } from '../layout/link-pictures';
import { partitionGroups } from '../layout/partition';
import { TableKeys } from '../layout/table-key';
import { shownElection } from '../layout/tally';

export interface FactsInput {
  readonly frame: () => ClusterFrame;
  readonly atMs: () => number;
  readonly viewpoint: () => NodeName | null;
}

export class StageFacts {
  readonly #input: FactsInput;
  readonly #tableKeys = new TableKeys();
  #key = '';
  /** The frame in which any of it last changed. */
  #frame = $state.raw() as ClusterFrame;
  /** Whether an election's count stands in the centre. */
  hasTally = $state(false);

  /** Call while a component is being made; `input` reads its props. */
  constructor(input: FactsInput) {
    this.#input = input;
    $effect.pre(() => {
      const [frame, atMs] = [input.frame(), input.atMs()];
      untrack(() => this.#follow(frame, atMs));
    });
  }

  #follow(frame: ClusterFrame, atMs: number): void {
    const links = frame.nodes.map(({ view }) => view.replication.link);
    const key = [this.#tableKeys.of(frame), links, JSON.stringify(frame.faults)].join('|');
    const isNew = key !== this.#key || frame.clients.length !== this.#frame.clients.length;
    this.#key = key;
    if (isNew) this.#frame = frame;
    this.hasTally = shownElection(frame, atMs) !== null;
  }

  /** The frame in which a table, a process or a link last changed. */
  get frame(): ClusterFrame {
    return this.#frame;
  }

  readonly arranged = $derived.by(() => arrange(this.#frame, this.#input.viewpoint()));
  readonly held = $derived.by(() => beliefs(this.#frame, this.#input.viewpoint()));
  /** The nodes, for what stays the same for long: name, shard, process. */
  readonly nodes = $derived(this.#frame.nodes);
  readonly faults = $derived(this.#frame.faults);
  readonly groups = $derived(partitionGroups(this.#frame));
  readonly hasClient = $derived(this.#frame.clients.length > 0);
  readonly strangers = $derived(new Set(strangers(this.#frame)));
  readonly stopped = $derived(
    new Set(this.nodes.flatMap((n) => (n.process === 'running' ? [] : [n.name]))),
  );
  /** Replicas whose data does not flow. */
  readonly replicationDown = $derived(
    new Set(
      this.nodes
        .filter((n) => n.process === 'killed' || n.view.replication.link !== 'up')
        .map(({ name }) => name),
    ),
  );
}
