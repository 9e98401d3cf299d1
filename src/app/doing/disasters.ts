/** The one-key disasters of the sandbox: what each would do to the cluster at hand. */
import type { Input } from '../../kernel/inputs';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';

export interface Disaster {
  readonly id: 'freezeOne' | 'killOne' | 'freezeTwo' | 'split' | 'wakeAll' | 'healAll';
  /** The nodes it is about, to be named on its button. */
  readonly nodes: readonly NodeName[];
  readonly inputs: readonly Input[];
}

/**
 * What can be done now: to the node that is picked, if it runs, else to the first master that does.
 * Repairs come only when there is something to repair.
 */
export function disastersFor(frame: ClusterFrame, picked: NodeName | null = null): Disaster[] {
  const running = frame.nodes.filter(({ process }) => process === 'running');
  const masters = running
    .filter(({ view }) => view.role === 'master')
    .toSorted((a, b) => a.port - b.port);
  const victim = running.find(({ name }) => name === picked) ?? masters[0];
  const list: Disaster[] = [];
  if (victim !== undefined) {
    const { name } = victim;
    list.push({ id: 'freezeOne', nodes: [name], inputs: [{ type: 'freeze', node: name }] });
    list.push({ id: 'killOne', nodes: [name], inputs: [{ type: 'kill', node: name }] });
    const partition = { type: 'partition', sides: [[name]], rest: true } as const;
    list.push({ id: 'split', nodes: [name], inputs: [partition] });
  }
  if (masters.length > 1) {
    const nodes = masters.slice(0, 2).map((master) => master.name);
    const inputs = nodes.map((node): Input => ({ type: 'freeze', node }));
    list.push({ id: 'freezeTwo', nodes, inputs });
  }
  return [...list, ...repairsFor(frame)];
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
