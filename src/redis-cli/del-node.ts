/**
 * `del-node`: everybody forgets an empty node, and it forgets everybody.
 * Source: clusterManagerCommandDeleteNode, src/redis-cli.c.
 */
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { masterWithLeastReplicas, nodeById } from './load-nodes';
import type { Task, Tasks } from './task-list';

export interface DelNodeTasks {
  'del-node-loaded': object;
  'forget-next': { readonly node: NodeRef; readonly left: readonly NodeRef[] };
}

export const DEL_NODE_TASKS: Tasks<DelNodeTasks> = {
  'del-node-loaded': (turn) => {
    const id = turn.state.options.args[1]!;
    const node = nodeById(turn, id);
    if (node === null) {
      turn.say(`[ERR] No such node ID ${id}`);
      return turn.exit(1);
    }
    if (turn.node(node).slotsCount !== 0) {
      const who = turn.address(node);
      turn.say(`[ERR] Node ${who} is not empty! Reshard data away and try again.`);
      return turn.exit(1);
    }
    turn.say('>>> Sending CLUSTER FORGET messages to the cluster...');
    const argv = ['CLUSTER', 'RESET', 'SOFT'];
    turn.do(
      { do: 'forget-next', node, left: turn.state.nodes.filter((ref) => ref !== node) },
      { do: 'say', text: '>>> Sending CLUSTER RESET SOFT to the deleted node.' },
      { do: 'command', node, argv, must: true },
    );
  },
  'forget-next': forgetNext,
};

function forgetNext(turn: CliTurn, { node, left }: DelNodeTasks['forget-next']): void {
  const [next, ...rest] = left;
  if (next === undefined) return;
  const id = turn.state.options.args[1]!;
  const forget: Task[] = [
    { do: 'command', node: next, argv: ['CLUSTER', 'FORGET', id], must: true },
    { do: 'forget-next', node, left: rest },
  ];
  const isReplicaOfIt = turn.node(next).replicate?.toLowerCase() === id.toLowerCase();
  if (!isReplicaOfIt) return turn.do(...forget);
  const master = masterWithLeastReplicas(turn);
  turn.say(`>>> ${turn.address(next)} as replica of ${turn.address(master)}`);
  const argv = ['CLUSTER', 'REPLICATE', turn.node(master).name!];
  turn.do({ do: 'command', node: next, argv, must: true }, ...forget);
}
