/**
 * `reshard`: how many slots, to whom, from whom; a plan; then one slot after the other.
 * Source: clusterManagerCommandReshard, clusterNodeForResharding,
 * clusterManagerComputeReshardTable, src/redis-cli.c.
 */
import { SLOT_COUNT, type Slot } from '../protocol/ids';
import { eachSlot } from '../protocol/slot-ranges';
import type { ManagerNode, NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { saysYes } from './command-tasks';
import { nodeById } from './load-nodes';
import { printNode } from './manager-node';
import { wholeNumberIn } from './options';
import type { Tasks } from './task-list';

/** The tool reads so many bytes of the answer about a number, the line end among them. */
const NUMBER_BYTES = 6;

export interface TableItem {
  readonly source: NodeRef;
  readonly slot: Slot;
}

interface Wanted {
  readonly slots: number;
}
interface Plan extends Wanted {
  readonly target: NodeRef;
  readonly sources: readonly NodeRef[];
}
interface Moves {
  readonly target: NodeRef;
  readonly table: readonly TableItem[];
}

export interface ReshardTasks {
  'reshard-checked': object;
  'ask-slots': object;
  'slots-answered': object;
  'ask-target': Wanted;
  'target-answered': Wanted;
  'ask-source': Plan;
  'source-answered': Plan;
  'show-plan': Plan;
  'plan-answered': Moves;
  'reshard-move': Moves & { readonly next: number };
  'reshard-failed': object;
}

export const RESHARD_TASKS: Tasks<ReshardTasks> = {
  'reshard-checked': (turn) => {
    const { errors, options } = turn.state;
    if (errors > 0) {
      turn.say('*** Please fix your cluster problems before resharding');
      turn.exit(1);
    } else if (options.slots !== 0) turn.do({ do: 'ask-target', slots: options.slots });
    else turn.do({ do: 'ask-slots' });
  },
  'ask-slots': (turn) => {
    const question = `How many slots do you want to move (from 1 to ${SLOT_COUNT})? `;
    turn.ask(question, { do: 'slots-answered' });
  },
  'slots-answered': (turn) => {
    const bytes = `${turn.state.answer}\n`.slice(0, NUMBER_BYTES);
    const slots = wholeNumberIn(bytes.slice(0, -1));
    const makesSense = slots > 0 && slots <= SLOT_COUNT;
    turn.do(makesSense ? { do: 'ask-target', slots } : { do: 'ask-slots' });
  },
  'ask-target': (turn, { slots }) => {
    const { to } = turn.state.options;
    if (to === null) return turn.ask('What is the receiving node ID? ', answered(slots));
    turn.state.answer = to;
    turn.do(answered(slots));
  },
  'target-answered': targetAnswered,
  'ask-source': (turn, plan) => {
    turn.ask(`Source node #${plan.sources.length + 1}: `, { ...plan, do: 'source-answered' });
  },
  'source-answered': sourceAnswered,
  'show-plan': showPlan,
  'plan-answered': (turn, moves) => {
    if (saysYes(turn.state.answer)) turn.do({ ...moves, do: 'reshard-move', next: 0 });
    else turn.exit(1);
  },
  'reshard-move': (turn, { target, table, next }) => {
    const item = table[next];
    if (!item) return;
    const move = { ...item, target, cold: false, update: false, quiet: false, dots: true };
    turn.attempt(
      { do: 'move-slot', ...move, handsUp: true },
      {
        done: { do: 'reshard-move', target, table, next: next + 1 },
        failed: { do: 'reshard-failed' },
      },
    );
  },
  'reshard-failed': (turn) => {
    const { failure } = turn.state;
    if (failure !== null) turn.say(`clusterManagerMoveSlot failed: ${failure}`);
    turn.exit(1);
  },
};

const answered = (slots: number) => ({ do: 'target-answered', slots }) as const;

function targetAnswered(turn: CliTurn, { slots }: Wanted): void {
  const { answer, options } = turn.state;
  if (answer === '') return turn.do({ do: 'ask-target', slots });
  const target = masterFor(turn, answer, null);
  if (typeof target === 'string') return turn.exit(1);
  const plan: Plan = { slots, target, sources: [] };
  if (options.from !== null) return turn.do({ do: 'show-plan', ...readSources(turn, plan) });
  turn.say('Please enter all the source node IDs.');
  turn.say("  Type 'all' to use all the nodes as source nodes for the hash slots.");
  turn.say("  Type 'done' once you entered all the source nodes IDs.");
  turn.do({ do: 'ask-source', ...plan });
}

/** The sources of `--cluster-from`; the first that is unknown ends the tool. */
function readSources(turn: CliTurn, plan: Plan): Plan {
  const words = turn.state.options.from!.split(',');
  const sources: NodeRef[] = [];
  for (const [i, word] of words.entries()) {
    if (word === '' && i === words.length - 1) break;
    if (word === 'all') return { ...plan, sources: allSources(turn, plan.target) };
    const source = masterFor(turn, word, plan.target);
    if (source === 'unknown') {
      turn.exit(1);
      break;
    }
    if (source !== 'target') sources.push(source);
  }
  return { ...plan, sources };
}

function sourceAnswered(turn: CliTurn, plan: Plan): void {
  const { answer } = turn.state;
  if (answer === 'done') return turn.do({ do: 'show-plan', ...plan });
  if (answer === 'all') {
    return turn.do({ do: 'show-plan', ...plan, sources: allSources(turn, plan.target) });
  }
  const source = masterFor(turn, answer, plan.target);
  if (source === 'unknown') return turn.exit(1);
  const sources = source === 'target' ? plan.sources : [...plan.sources, source];
  turn.do({ do: 'ask-source', ...plan, sources });
}

const allSources = (turn: CliTurn, target: NodeRef): NodeRef[] =>
  turn.masters().filter((ref) => ref !== target && turn.node(ref).replicate === null);

/** The master with this id, or what is wrong with it, said aloud. */
function masterFor(
  turn: CliTurn,
  id: string,
  target: NodeRef | null,
): NodeRef | 'unknown' | 'target' {
  const ref = nodeById(turn, id);
  if (ref === null || turn.node(ref).isReplica) {
    turn.say(`*** The specified node (${id}) is not known or not a master, please retry.`);
    return 'unknown';
  }
  if (ref !== target) return ref;
  turn.say('*** It is not possible to use the target node as source node.');
  return 'target';
}

function showPlan(turn: CliTurn, { slots, target, sources }: Plan): void {
  if (sources.length === 0) {
    turn.say('*** No source nodes given, operation aborted.');
    return turn.exit(1);
  }
  turn.say(`\nReady to move ${slots} slots.`);
  turn.say('  Source nodes:');
  for (const ref of sources) turn.say(printNode(turn.node(ref), 4));
  turn.say(`  Destination node:\n${printNode(turn.node(target), 4)}`);
  const table = reshardTable((ref) => turn.node(ref), sources, slots);
  turn.say('  Resharding plan:');
  for (const { slot, source } of table) {
    turn.say(`    Moving slot ${slot} from ${turn.node(source).name}`);
  }
  if (turn.has('--cluster-yes')) return turn.do({ do: 'reshard-move', target, table, next: 0 });
  const question = 'Do you want to proceed with the proposed reshard plan (yes/no)? ';
  turn.ask(question, { do: 'plan-answered', target, table });
}

/**
 * Which slots to take from whom: each source gives its share of `wanted`, lowest slots first, the
 * largest source rounded up and the others down. Single-precision arithmetic, as in the tool.
 */
export function reshardTable(
  nodeOf: (ref: NodeRef) => Pick<ManagerNode, 'slots' | 'slotsCount'>,
  sources: readonly NodeRef[],
  wanted: number,
): TableItem[] {
  const sorted = [...sources].sort((a, b) => nodeOf(b).slotsCount - nodeOf(a).slotsCount);
  const total = sorted.reduce((sum, ref) => sum + nodeOf(ref).slotsCount, 0);
  const table: TableItem[] = [];
  for (const [i, source] of sorted.entries()) {
    const { slots, slotsCount } = nodeOf(source);
    const share = Math.fround(Math.fround(Math.fround(wanted) / Math.fround(total)) * slotsCount);
    const most = i === 0 ? Math.ceil(share) : Math.floor(share);
    let given = 0;
    for (const slot of eachSlot(slots)) {
      if (given >= most || table.length >= wanted) break;
      table.push({ source, slot });
      given++;
    }
  }
  return table;
}
