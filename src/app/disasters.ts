/** The one-key disasters of the sandbox: what each would do to the cluster at hand. */
import type { Input } from '../kernel/inputs';
import type { ClusterFrame, FrameNode } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';

export interface Disaster {
  readonly id: 'freezeMaster' | 'killMaster' | 'freezeTwo' | 'split' | 'wakeAll' | 'healAll';
  /** The nodes it is about, to be named on its button. */
  readonly nodes: readonly NodeName[];
  readonly inputs: readonly Input[];
}

/** What can be done now; repairs come only when there is something to repair. */
export function disastersFor(frame: ClusterFrame): Disaster[] {
  const masters = frame.nodes.filter((n) => n.process === 'running' && n.view.role === 'master');
  const [first, second] = masters.toSorted((a, b) => a.port - b.port);
  const list: Disaster[] = [];
  if (first !== undefined) {
    const { name } = first;
    list.push({ id: 'freezeMaster', nodes: [name], inputs: [{ type: 'freeze', node: name }] });
    list.push({ id: 'killMaster', nodes: [name], inputs: [{ type: 'kill', node: name }] });
    if (second !== undefined) {
      const nodes = [name, second.name];
      const inputs = nodes.map((node): Input => ({ type: 'freeze', node }));
      list.push({ id: 'freezeTwo', nodes, inputs });
    }
    list.push(splitOff(first, frame));
  }
  return [...list, ...repairsFor(frame)];
}

/** Cuts a master off from every other node, in both directions. */
function splitOff({ name }: FrameNode, frame: ClusterFrame): Disaster {
  const inputs = frame.nodes
    .filter((other) => other.name !== name)
    .map((other): Input => ({ type: 'cut', from: name, to: other.name, oneWay: false }));
  return { id: 'split', nodes: [name], inputs };
}

function repairsFor(frame: ClusterFrame): Disaster[] {
  const stopped = frame.nodes.filter((node) => node.process !== 'running');
  const list: Disaster[] = [];
  if (stopped.length > 0) {
    const inputs = stopped.map(({ name, process }): Input => ({
      type: process === 'frozen' ? 'wake' : 'restart',
      node: name,
    }));
    list.push({ id: 'wakeAll', nodes: stopped.map(({ name }) => name), inputs });
  }
  if (frame.faults.length > 0) {
    list.push({ id: 'healAll', nodes: [], inputs: [{ type: 'heal-all' }] });
  }
  return list;
}
