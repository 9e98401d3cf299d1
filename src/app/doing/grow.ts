/** Ways to make a cluster grow: a process is started, then redis-cli makes it a member. */
import type { Input } from '../../kernel/inputs';
import { nextFreePort } from '../../kernel/scene';
import type { ClusterFrame, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';

/** The node that is added next: a running process that knows nobody, else one to be started. */
export function nextNode(frame: ClusterFrame): { readonly name: NodeName; readonly runs: boolean } {
  const spare = frame.nodes.find((node) => node.process === 'running' && knowsNobody(node));
  if (spare) return { name: spare.name, runs: true };
  return { name: nextFreePort(frame.nodes.map(({ name }) => name)), runs: false };
}

const knowsNobody = ({ view }: FrameNode): boolean => view.rows.length <= 1;

/** A process more, which knows nobody. */
export const startInput = (frame: ClusterFrame): Input => ({
  type: 'start',
  node: nextFreePort(frame.nodes.map(({ name }) => name)),
});

/** Adds a node as a master without slots, or as a replica of `master`. */
export function addNodeInputs(frame: ClusterFrame, master: NodeName | null): Input[] {
  const { name, runs } = nextNode(frame);
  const member = memberOf(frame);
  if (member === null) return [];
  const asReplica = master === null ? [] : ['--cluster-slave', '--cluster-master-id', `@${master}`];
  const argv = ['--cluster', 'add-node', addressOf(name), addressOf(member), ...asReplica];
  const start: Input[] = runs ? [] : [{ type: 'start', node: name }];
  return [...start, { type: 'redis-cli', argv, answers: [] }];
}

/** Moves slots to masters that have none. */
export function spreadSlotsInputs(frame: ClusterFrame): Input[] {
  const member = memberOf(frame);
  if (member === null) return [];
  const argv = ['--cluster', 'rebalance', addressOf(member), '--cluster-use-empty-masters'];
  return [{ type: 'redis-cli', argv, answers: [] }];
}

/** Masters in the cluster that serve no slot. */
export function emptyMasters({ nodes }: ClusterFrame): FrameNode[] {
  return nodes.filter(({ name, view, process }) => {
    const own = view.rows.find((row) => row.name === name);
    const isMember = view.rows.length > 1 && process === 'running';
    return isMember && view.role === 'master' && own?.slots.length === 0;
  });
}

/** Somebody who runs and serves slots, for redis-cli to ask. */
function memberOf({ nodes }: ClusterFrame): NodeName | null {
  const members = nodes.filter(
    ({ process, view }) => process === 'running' && view.rows.length > 1,
  );
  const master = members.find(({ view }) => view.role === 'master');
  return (master ?? members[0])?.name ?? null;
}

const addressOf = (name: NodeName): string => `127.0.0.1:${name}`;
