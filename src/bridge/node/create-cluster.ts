/**
 * Makes a cluster of empty nodes, step by step as `redis-cli --cluster create` does, but with the
 * replicas in the order of their masters: 8904 follows 8901.
 */
import { setTimeout as pass } from 'node:timers/promises';
import { parseClusterNodes } from '../../protocol/slots/nodes-text';
import { printReply, type Reply } from '../../protocol/reply';
import { allocateSlots } from '../../redis-cli/slot-allocation';
import { Complaint } from './complaint';

export interface CreatedNode {
  readonly number: number;
  readonly id: string;
  readonly port: number;
}
export interface CreatePlan {
  readonly nodes: readonly CreatedNode[];
  readonly masters: number;
  /** Sends a command, and notes that it was sent. */
  readonly deed: (node: number, argv: readonly string[]) => Promise<Reply>;
  /** Asks and notes nothing. */
  readonly look: (node: number, argv: readonly string[]) => Promise<Reply>;
}

const LOOK_EVERY_MS = 100;
const LIMIT_MS = 60_000;

export async function createCluster(plan: CreatePlan): Promise<void> {
  const { nodes, masters } = plan;
  const ranges = allocateSlots(masters);
  for (const [i, { number }] of nodes.entries()) {
    const range = ranges[i];
    if (range) await must(plan, number, ['CLUSTER', 'ADDSLOTSRANGE', ...range.map(String)]);
    await must(plan, number, ['CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1)]);
  }
  const [first, ...others] = nodes;
  for (const { number } of others) {
    await must(plan, number, ['CLUSTER', 'MEET', '127.0.0.1', String(first!.port)]);
  }
  await until('every node knows every other', plan, everybodyKnowsAll);
  for (const [i, { number }] of nodes.entries()) {
    if (i < masters) continue;
    await must(plan, number, ['CLUSTER', 'REPLICATE', nodes[i % masters]!.id]);
  }
  await until('the cluster is ok and its replicas are linked', plan, isReady);
}

async function must(plan: CreatePlan, node: number, argv: readonly string[]): Promise<void> {
  const reply = await plan.deed(node, argv);
  if (reply.type !== 'error') return;
  throw new Complaint(`The cluster was not made: ${argv.join(' ')} answered "${reply.text}".`);
}

async function until(
  what: string,
  plan: CreatePlan,
  holds: (plan: CreatePlan) => Promise<boolean>,
): Promise<void> {
  const deadlineMs = Date.now() + LIMIT_MS;
  while (!(await holds(plan))) {
    if (Date.now() > deadlineMs) {
      throw new Complaint(`The cluster was not made: ${what} did not come true in a minute.`);
    }
    await pass(LOOK_EVERY_MS);
  }
}

async function everybodyKnowsAll(plan: CreatePlan): Promise<boolean> {
  const tables = await Promise.all(plan.nodes.map((node) => tableOf(plan, node)));
  const wanted = plan.nodes.map(({ id }) => id).sort();
  return tables.every((table) => String(table.map(({ id }) => id).sort()) === String(wanted));
}

async function isReady(plan: CreatePlan): Promise<boolean> {
  for (const [i, { number }] of plan.nodes.entries()) {
    const info = textOf(await plan.look(number, ['CLUSTER', 'INFO']));
    if (!info.includes('cluster_state:ok')) return false;
    if (i < plan.masters) continue;
    const role = textOf(await plan.look(number, ['INFO', 'replication']));
    if (!role.includes('master_link_status:up')) return false;
  }
  const tables = await Promise.all(plan.nodes.map((node) => tableOf(plan, node)));
  const replicas = plan.nodes.length - plan.masters;
  return tables.every((table) => table.filter(({ masterId }) => masterId).length === replicas);
}

async function tableOf(
  plan: CreatePlan,
  { number }: CreatedNode,
): Promise<ReturnType<typeof parseClusterNodes>> {
  return parseClusterNodes(textOf(await plan.look(number, ['CLUSTER', 'NODES'])));
}

const textOf = (reply: Reply): string => (reply.type === 'bulk' ? reply.text : printReply(reply));
