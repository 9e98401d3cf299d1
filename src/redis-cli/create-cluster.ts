/**
 * `create`: a cluster out of empty nodes.
 * Source: clusterManagerCommandCreate, clusterManagerFlushNodeConfig, src/redis-cli.c.
 */
import { eachSlot, slotCount, type SlotRange } from '../protocol/slot-ranges';
import { meetAddress } from './add-node';
import { affinityScore, optimizeAffinity } from './anti-affinity';
import { newManagerNode, type NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { confirm } from './command-tasks';
import { printNode } from './manager-node';
import { parseAddress } from './options';
import { masterCount, planCreate, type CreatePlan } from './create-plan';
import { MIN_MASTERS, allocateSlots, tooFewNodes } from './slot-allocation';
import type { Tasks } from './task-list';

const JOIN_PAUSE_MS = 1_000;
/** From here on the tool speaks of a replica beside its master. */
const SAME_HOST_SCORE = 10_000;

interface Left {
  readonly left: readonly NodeRef[];
}

export interface CreateTasks {
  create: { readonly left: readonly string[] };
  'node-admitted': { readonly node: NodeRef; readonly left: readonly string[] };
  'create-plan': object;
  'create-flush': Left;
  'create-flushed': Left & { readonly node: NodeRef };
  'create-epochs': Left & { readonly epoch: number };
  'create-meet': Left;
  'create-met': Left & { readonly node: NodeRef };
  'create-joined': object;
  'create-reload': object;
}

export const CREATE_TASKS: Tasks<CreateTasks> = {
  create: (turn, { left: [address, ...left] }) => {
    if (address === undefined) return turn.do({ do: 'create-plan' });
    const at = parseAddress(address);
    if (!at) {
      turn.say(`Invalid address format: ${address}`);
      return turn.exit(1);
    }
    const node = turn.meet(newManagerNode(at.ip, at.port));
    turn.do({ do: 'admit', node }, { do: 'node-admitted', node, left });
  },
  'node-admitted': (turn, { node, left }) => {
    turn.state.nodes = [...turn.state.nodes, node];
    turn.do({ do: 'create', left });
  },
  'create-plan': makePlan,
  'create-flush': (turn, { left }) => flush(turn, left),
  'create-flushed': (turn, { node, left }) => {
    // Nobody has met anybody yet: a replica is refused, stays dirty, and is asked again later.
    const isDone = turn.state.reply !== null && turn.error === null;
    if (isDone || turn.node(node).replicate === null) turn.change(node, { dirty: false });
    turn.do({ do: 'create-flush', left });
  },
  'create-epochs': (turn, { left: [node, ...left], epoch }) => {
    if (node === undefined) {
      turn.say('>>> Sending CLUSTER MEET messages to join the cluster');
      return turn.do({ do: 'create-meet', left: turn.state.nodes.slice(1) });
    }
    const argv = ['cluster', 'set-config-epoch', String(epoch)];
    turn.send(node, argv, { do: 'create-epochs', left, epoch: epoch + 1 });
  },
  'create-meet': (turn, { left: [node, ...left] }) => {
    if (node === undefined) return turn.sleep(JOIN_PAUSE_MS, { do: 'create-joined' });
    const argv = ['cluster', 'meet', ...meetAddress(turn)];
    turn.send(node, argv, { do: 'create-met', node, left });
  },
  'create-met': (turn, { node, left }) => {
    if (turn.isFine(node)) return turn.do({ do: 'create-meet', left });
    if (turn.error === null) turn.say('Failed to send CLUSTER MEET command.');
    turn.exit(1);
  },
  'create-joined': (turn) =>
    turn.do(
      { do: 'wait-for-join' },
      { do: 'create-flush', left: turn.state.nodes },
      { do: 'create-reload' },
    ),
  'create-reload': (turn) =>
    turn.do(
      { do: 'load-from', node: turn.state.nodes[0]! },
      { do: 'check-cluster', quiet: false },
      // Whatever the check found, the cluster has been made.
      { do: 'exit', code: 0 },
    ),
};

/** Tells a node what is planned for it. */
function flush(turn: CliTurn, [node, ...left]: readonly NodeRef[]): void {
  if (node === undefined) return;
  const { dirty, replicate, slots } = turn.node(node);
  if (!dirty) return turn.do({ do: 'create-flush', left });
  const argv =
    replicate === null
      ? ['CLUSTER', 'ADDSLOTS', ...[...eachSlot(slots)].map(String)]
      : ['CLUSTER', 'REPLICATE', replicate];
  turn.send(node, argv, { do: 'create-flushed', node, left });
}

function makePlan(turn: CliTurn): void {
  const { nodes, options, seed } = turn.state;
  const { replicas } = options;
  if (masterCount(nodes.length, replicas) < MIN_MASTERS) {
    turn.say(tooFewNodes(nodes.length, replicas));
    return turn.exit(1);
  }
  turn.say(`>>> Performing hash slots allocation on ${nodes.length} nodes...`);
  const hosts = nodes.map((ref) => turn.node(ref));
  const plan = planCreate(hosts, replicas);
  allocateSlots(plan.masters.length).forEach((range, i) => {
    turn.say(`Master[${i}] -> Slots ${range[0]} - ${range[1]}`);
    giveSlots(turn, nodes[plan.masters[i]!]!, range);
  });
  sayReplicas(turn, plan);
  const best = optimizeAffinity(hosts, plan, seed);
  sayAffinity(turn, affinityScore(hosts, plan), best.score);
  for (const { replica, master } of best.replicas) {
    const replicate = turn.node(nodes[master]!).name;
    turn.change(nodes[replica]!, { replicate, dirty: true });
  }
  for (const ref of nodes) turn.say(printNode(turn.node(ref)));
  confirmPlan(turn);
}

function giveSlots(turn: CliTurn, ref: NodeRef, range: SlotRange): void {
  turn.change(ref, { slots: [range], slotsCount: slotCount([range]), dirty: true });
}

function sayReplicas(turn: CliTurn, { replicas, dueCount }: CreatePlan): void {
  const address = (place: number): string => turn.address(turn.state.nodes[place]!);
  for (const [i, { replica, master }] of replicas.entries()) {
    if (i === dueCount) turn.say('Adding extra replicas...');
    turn.say(`Adding replica ${address(replica)} to ${address(master)}`);
  }
}

function sayAffinity(turn: CliTurn, before: number, after: number): void {
  if (before === 0) return;
  turn.say('>>> Trying to optimize slaves allocation for anti-affinity');
  if (after === 0) turn.say('[OK] Perfect anti-affinity obtained!');
  else if (after >= SAME_HOST_SCORE) {
    turn.say('[WARNING] Some slaves are in the same host as their master');
  } else turn.say('[WARNING] Some slaves of the same master are in the same host');
}

function confirmPlan(turn: CliTurn): void {
  const { nodes } = turn.state;
  confirm(turn, 'Can I set the above configuration?', {
    insist: false,
    yes: {
      do: 'all-of',
      tasks: [
        { do: 'create-flush', left: nodes },
        { do: 'say', text: '>>> Nodes configuration updated' },
        { do: 'say', text: '>>> Assign a different config epoch to each node' },
        { do: 'create-epochs', left: nodes, epoch: 1 },
      ],
    },
    no: { do: 'exit', code: 0 },
  });
}
