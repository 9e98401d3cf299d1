/**
 * Getting to know a cluster from one of its nodes, and judging a node that is to join.
 * Source: clusterManagerLoadInfoFromNode, clusterManagerNodeIsCluster, clusterManagerNodeIsEmpty,
 * src/redis-cli.c.
 */
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { loadNodes } from './manager-node';
import type { Tasks } from './task-list';

interface Node {
  readonly node: NodeRef;
}

export interface LoadTasks {
  /** Fills `state.nodes` with this node and everyone it knows and who answers. */
  'load-from': Node;
  'load-is-cluster': Node;
  'load-friends': Node;
  'load-friend': { readonly left: readonly NodeRef[] };
  'friend-answered': { readonly friend: NodeRef; readonly left: readonly NodeRef[] };
  'count-replicas': object;
  /** Four questions to a node that is to join: a cluster node, with nothing in it? */
  admit: Node;
  'admit-is-cluster': Node;
  'admit-load': Node;
  'admit-no-keys': Node;
  'admit-knows-nobody': Node;
}

export const LOAD_TASKS: Tasks<LoadTasks> = {
  'load-from': (turn, { node }) => turn.send(node, ['INFO'], { do: 'load-is-cluster', node }),
  'load-is-cluster': (turn, { node }) => {
    if (!isClusterNode(turn, node)) return turn.fail();
    turn.send(node, ['CLUSTER', 'NODES'], { do: 'load-friends', node });
  },
  'load-friends': loadFriends,
  'load-friend': loadFriend,
  'friend-answered': friendAnswered,
  'count-replicas': countReplicas,
  admit: (turn, { node }) => turn.send(node, ['INFO'], { do: 'admit-is-cluster', node }),
  'admit-is-cluster': (turn, { node }) => {
    if (!isClusterNode(turn, node)) return turn.fail();
    turn.send(node, ['CLUSTER', 'NODES'], { do: 'admit-load', node });
  },
  'admit-load': (turn, { node }) => {
    if (!turn.isFine(node) || !load(turn, node)) return turn.fail();
    turn.send(node, ['INFO'], { do: 'admit-no-keys', node });
  },
  'admit-no-keys': (turn, { node }) => {
    if (turn.text === null || turn.text.includes('db0:')) return refuseNotEmpty(turn, node);
    turn.send(node, ['CLUSTER', 'INFO'], { do: 'admit-knows-nobody', node });
  },
  'admit-knows-nobody': (turn, { node }) => {
    if (infoField(turn.text, 'cluster_known_nodes') !== 1) refuseNotEmpty(turn, node);
  },
};

function isClusterNode(turn: CliTurn, node: NodeRef): boolean {
  if (turn.refused) return false;
  if (infoField(turn.text, 'cluster_enabled') === 1) return true;
  turn.say(
    `[ERR] Node ${turn.address(node)} ${turn.error ?? 'is not configured as a cluster node.'}`,
  );
  return false;
}

function refuseNotEmpty(turn: CliTurn, node: NodeRef): void {
  const why =
    'is not empty. Either the node already knows other nodes (check with CLUSTER NODES) or ' +
    'contains some key in database 0.';
  turn.say(`[ERR] Node ${turn.address(node)} ${turn.error ?? why}`);
  turn.fail();
}

/** The number after `name:` in a text of INFO, or null. */
function infoField(text: string | null, name: string): number | null {
  const found = new RegExp(`(?:^|\\n)${name}:(\\d+)`).exec(text ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

/** Takes in the CLUSTER NODES reply at hand; false if it is none. */
function load(turn: CliTurn, node: NodeRef): boolean {
  const loaded = turn.text === null ? null : loadNodes(turn.node(node), turn.text);
  if (loaded) turn.change(node, loaded.node);
  return loaded !== null;
}

function loadFriends(turn: CliTurn, { node }: Node): void {
  if (!turn.isFine(node)) return turn.fail();
  const friends = loadNodes(turn.node(node), turn.text ?? '')?.friends ?? [];
  if (!load(turn, node)) return turn.fail();
  turn.state.nodes = [node];
  const left = friends.map((friend) => turn.meet(friend));
  turn.do({ do: 'load-friend', left }, { do: 'count-replicas' });
}

function loadFriend(turn: CliTurn, { left }: LoadTasks['load-friend']): void {
  const [friend, ...rest] = left;
  if (friend === undefined) return;
  const { ip, port } = turn.node(friend);
  if (ip === '' || port === 0) return skip(turn, friend, rest);
  turn.send(friend, ['CLUSTER', 'NODES'], { do: 'friend-answered', friend, left: rest });
}

function friendAnswered(turn: CliTurn, { friend, left }: LoadTasks['friend-answered']): void {
  if (turn.refused) return skip(turn, friend, left);
  if (turn.error !== null || !load(turn, friend)) {
    turn.say(`[ERR] Unable to load info for node ${turn.address(friend)}`);
    return skip(turn, friend, left);
  }
  if (turn.node(friend).isUnusable) return skip(turn, friend, left);
  turn.state.nodes = [...turn.state.nodes, friend];
  turn.do({ do: 'load-friend', left });
}

function skip(turn: CliTurn, friend: NodeRef, left: readonly NodeRef[]): void {
  if (!turn.node(friend).isReplica) turn.state.unreachableMasters++;
  turn.do({ do: 'load-friend', left });
}

function countReplicas(turn: CliTurn): void {
  for (const ref of turn.state.nodes) {
    const { replicate } = turn.node(ref);
    if (replicate === null) continue;
    const master = nodeById(turn, replicate);
    if (master !== null) {
      turn.change(master, { replicasCount: turn.node(master).replicasCount + 1 });
    } else {
      const who = turn.address(ref);
      turn.say(`*** WARNING: ${who} claims to be slave of unknown node ID ${replicate}.`);
    }
  }
}

/** The node of the cluster with this id, or null. Source: clusterManagerNodeByName. */
export function nodeById(turn: CliTurn, id: string): NodeRef | null {
  const wanted = id.toLowerCase();
  return turn.state.nodes.find((ref) => turn.node(ref).name === wanted) ?? null;
}

/** The first master with the fewest replicas. Source: clusterManagerNodeWithLeastReplicas. */
export function masterWithLeastReplicas(turn: CliTurn): NodeRef {
  const counts = turn.masters().map((ref) => turn.node(ref).replicasCount);
  return turn.masters()[counts.indexOf(Math.min(...counts))]!;
}
