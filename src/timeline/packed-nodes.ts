/** The nodes of a world, put away: each has a diary. */
import type { World } from '../kernel/world';
import type { NodeName } from '../protocol/ids';
import { ValueMap } from '../protocol/value-map';
import { ChangeBook } from './change-book';
import { NodeDiary } from './node-diary';

type Nodes = World['nodes'];

export interface PackedNodes {
  readonly diaries: NodeDiaries;
  readonly names: readonly NodeName[];
  /** Of each node: where in its diary. */
  readonly ends: Int32Array;
}

/** The nodes of all worlds of a line. */
export class NodeDiaries {
  private readonly book = new ChangeBook();
  private readonly byName = new Map<NodeName, NodeDiary>();
  private names: readonly NodeName[] = [];

  /** Puts nodes away. */
  put(nodes: Nodes, nowMs: number): PackedNodes {
    const ends = new Int32Array(nodes.size);
    if (this.names.length !== nodes.size) this.names = [...nodes.keys()];
    let place = 0;
    for (const [name, snapshot] of nodes) {
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
