/**
 * `add-node`: an empty node joins, as a master without slots or as somebody's replica.
 * Source: clusterManagerCommandAddNode, src/redis-cli.c.
 */
import { CLUSTER_PORT_INCR } from '../protocol/config';
import { newManagerNode, type NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { masterWithLeastReplicas, nodeById } from './load-nodes';
import { parseAddress } from './options';
import type { Tasks } from './task-list';

const JOIN_PAUSE_MS = 1_000;

/** The newcomer, and the master it shall replicate, if any. */
interface Newcomer {
  readonly node: NodeRef;
  readonly master: NodeRef | null;
}

export interface AddNodeTasks {
  'add-node-checked': object;
  'newcomer-refused': { readonly node: NodeRef };
  'newcomer-admitted': Newcomer;
  'functions-dumped': Newcomer;
  'functions-listed': Newcomer & { readonly functions: string };
  'functions-restored': Newcomer;
  'send-meet': Newcomer;
  'meet-sent': Newcomer;
  'joined-as-replica': Newcomer;
  'node-added': object;
}

export const ADD_NODE_TASKS: Tasks<AddNodeTasks> = {
  'add-node-checked': (turn) => {
    if (!turn.state.ok) return turn.exit(1);
    const master = turn.has('--cluster-slave') ? chooseMaster(turn) : null;
    if (master === 'unknown') return turn.exit(1);
    const { ip, port } = parseAddress(turn.state.options.args[0]!)!;
    const node = turn.meet(newManagerNode(ip, port));
    turn.attempt(
      { do: 'admit', node },
      {
        done: { do: 'newcomer-admitted', node, master },
        failed: { do: 'newcomer-refused', node },
      },
    );
  },
  'newcomer-refused': (turn, { node }) => {
    if (turn.refused) turn.say(`[ERR] Sorry, can't connect to node ${turn.address(node)}`);
    turn.exit(1);
  },
  'newcomer-admitted': (turn, { node, master }) => {
    turn.state.nodes = [...turn.state.nodes, node];
    if (master !== null) return turn.do({ do: 'send-meet', node, master });
    turn.say('>>> Getting functions from cluster');
    const first = turn.state.nodes[0]!;
    turn.send(first, ['FUNCTION', 'DUMP'], { do: 'functions-dumped', node, master });
  },
  'functions-dumped': (turn, { node, master }) => {
    const functions = turn.text;
    if (functions === null) {
      turn.say(
        '>>> Failed retrieving Functions from the cluster, skip this step as Redis version do ' +
          `not support function command (error = '${turn.error ?? 'NULL reply'}')`,
      );
      return turn.do({ do: 'send-meet', node, master });
    }
    const to = turn.address(node);
    turn.say(`>>> Send FUNCTION LIST to ${to} to verify there is no functions in it`);
    const then = { do: 'functions-listed', node, master, functions } as const;
    turn.send(node, ['FUNCTION', 'LIST'], then);
  },
  'functions-listed': (turn, { node, master, functions }) => {
    const { reply } = turn.state;
    if (reply?.type !== 'array') {
      turn.say(`>>> Failed on CLUSTER LIST (error = '${turn.error ?? 'NULL reply'}')\r`);
      return turn.exit(1);
    }
    if (reply.items.length > 0) {
      turn.say(
        '>>> New node already contains functions and can not be added to the cluster. ' +
          'Use FUNCTION FLUSH and try again.\r',
      );
      return turn.exit(1);
    }
    turn.say(`>>> Send FUNCTION RESTORE to ${turn.address(node)}`);
    turn.send(node, ['FUNCTION', 'RESTORE', functions], {
      do: 'functions-restored',
      node,
      master,
    });
  },
  'functions-restored': (turn, newcomer) => {
    if (turn.text !== null) return turn.do({ ...newcomer, do: 'send-meet' });
    const why = turn.error ?? 'NULL reply';
    turn.say(`>>> Failed loading functions to the new node (error = '${why}')\r`);
    turn.exit(1);
  },
  'send-meet': (turn, newcomer) => {
    const to = turn.address(newcomer.node);
    turn.say(`>>> Send CLUSTER MEET to node ${to} to make it join the cluster.`);
    const argv = ['CLUSTER', 'MEET', ...meetAddress(turn)];
    turn.send(newcomer.node, argv, { ...newcomer, do: 'meet-sent' });
  },
  'meet-sent': (turn, { node, master }) => {
    if (!turn.isFine(node)) return turn.exit(1);
    if (master === null) turn.do({ do: 'node-added' });
    else turn.sleep(JOIN_PAUSE_MS, { do: 'joined-as-replica', node, master });
  },
  'joined-as-replica': (turn, { node, master }) => {
    const argv = ['CLUSTER', 'REPLICATE', turn.node(master!).name!];
    const text = `>>> Configure node as replica of ${turn.address(master!)}.`;
    turn.do(
      { do: 'wait-for-join' },
      { do: 'say', text },
      { do: 'command', node, argv, must: true },
      { do: 'node-added' },
    );
  },
  'node-added': (turn) => turn.say('[OK] New node added correctly.'),
};

/** The address everybody meets: the first node's; its bus port only where it is unusual. */
export function meetAddress(turn: CliTurn): string[] {
  const { ip, port, busPort } = turn.node(turn.state.nodes[0]!);
  const isUsual = busPort === 0 || busPort === port + CLUSTER_PORT_INCR;
  return [ip, String(port), ...(isUsual ? [] : [String(busPort)])];
}

function chooseMaster(turn: CliTurn): NodeRef | 'unknown' {
  const { masterId } = turn.state.options;
  if (masterId === null) {
    const master = masterWithLeastReplicas(turn);
    turn.say(`Automatically selected master ${turn.address(master)}`);
    return master;
  }
  const master = nodeById(turn, masterId);
  if (master !== null) return master;
  turn.say(`[ERR] No such master ID ${masterId}`);
  return 'unknown';
}
