/** The nodes of a world, put away: each has a diary. */
import type { World } from '../kernel/world';
import { copyOfCounts, copyOfReplication } from '../protocol/copies';
import type { NodeName } from '../protocol/ids';
import type { NodeSnapshot } from '../protocol/node.machine';
import { ValueMap } from '../protocol/value-map';
import { ChangeBook } from './change-book';
import { NodeDiary } from './node-diary';

type Nodes = World['nodes'];
type Named = readonly [NodeName, NodeSnapshot];

export interface PackedNodes {
  readonly diaries: NodeDiaries;
  readonly names: readonly NodeName[];
  /** Of each node: where in its diary. */
  readonly ends: Int32Array;
}

/** As the rules copy them: what is read back is then of one kind with what they made. */
const COPIES = {
  replication: copyOfReplication,
  sentCounts: copyOfCounts,
  receivedCounts: copyOfCounts,
};

/** The nodes of all worlds of a line. */
export class NodeDiaries {
  private readonly book = new ChangeBook(COPIES);
  private readonly byName = new Map<NodeName, NodeDiary>();
  private names: readonly NodeName[] = [];

  /** Puts nodes away, one at a time. */
  *put(nodes: readonly Named[], nowMs: number): Generator<void, PackedNodes> {
    const ends = new Int32Array(nodes.length);
    if (this.names.length !== nodes.length) this.names = nodes.map(([name]) => name);
    let place = 0;
    for (const [name, snapshot] of nodes) {
      yield;
      const diary = this.byName.get(name) ?? new NodeDiary(this.book);
      this.byName.set(name, diary);
      ends[place++] = diary.write(snapshot, nowMs);
    }
    return { diaries: this, names: this.names, ends };
  }

  /** The nodes that were put away; each is read when somebody asks. */
  read({ names, ends }: PackedNodes): Nodes {
    return ValueMap.from(
      names.map((name, place) => [name, this.byName.get(name)!.read(ends[place]!)] as const),
    );
  }
}
