/**
 * Mending an open slot that has one owner: four cases, and those the tool gives up on.
 * Source: clusterManagerFixOpenSlot, src/redis-cli.c.
 */
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { addresses, type OpenSlotCase } from './fix-open-slot';
import { setSlot, type SlotMove } from './move-slot';
import { wholeNumberIn } from './options';
import type { Task, Tasks } from './task-list';

/** The tool's keys at a time when it only wants to know whether there are any. */
const A_FEW_KEYS = '10';

export interface FixOpenCaseTasks {
  'fix-open-case': OpenSlotCase;
  'case-3-next': OpenSlotCase & { readonly left: readonly NodeRef[] };
  'case-3-counted': OpenSlotCase & { readonly left: readonly NodeRef[] };
  'case-3': OpenSlotCase;
  'case-4-keys': OpenSlotCase;
  'case-4': OpenSlotCase;
}

export const FIX_OPEN_CASE_TASKS: Tasks<FixOpenCaseTasks> = {
  'fix-open-case': (turn, found) => {
    const [moving, coming] = [found.migrating.length, found.importing.length];
    if (moving === 1 && coming === 1) case1(turn, found);
    else if (moving === 0 && coming > 0) case2(turn, found);
    else if (moving === 1 && coming > 1) {
      turn.do({ ...found, do: 'case-3-next', left: found.importing });
    } else if (moving === 1 && coming === 0) maybeCase4(turn, found);
    else giveUp(turn, found);
  },
  'case-3-next': (turn, found) => {
    const [node, ...left] = found.left;
    if (node === undefined) return turn.do({ ...found, do: 'case-3' });
    const argv = ['CLUSTER', 'COUNTKEYSINSLOT', String(found.slot)];
    turn.send(node, argv, { ...found, do: 'case-3-counted', left });
  },
  'case-3-counted': (turn, found) => {
    if (turn.error !== null) {
      const asked = found.importing.at(-found.left.length - 1)!;
      turn.printError(asked, turn.error);
    }
    if ((turn.integer ?? 0) > 0) giveUp(turn, found);
    else turn.do({ ...found, do: 'case-3-next' });
  },
  'case-3': case3,
  'case-4-keys': (turn, found) => {
    const { reply } = turn.state;
    if (!turn.isFine(found.migrating[0]!)) return turn.fail();
    const isEmpty = reply?.type === 'array' && reply.items.length === 0;
    if (isEmpty) turn.do({ ...found, do: 'case-4' });
    else giveUp(turn, found);
  },
  'case-4': (turn, { slot, migrating }) => {
    const node = migrating[0]!;
    turn.say(`>>> Case 4: Closing slot ${slot} on ${turn.address(node)}`);
    turn.do(stable(node, slot));
  },
};

function move(
  slot: number,
  source: NodeRef,
  target: NodeRef,
  options: Pick<SlotMove, 'cold' | 'update'>,
): Task {
  const said = { quiet: false, dots: true, handsUp: false };
  return { do: 'move-slot', slot, source, target, ...options, ...said };
}

function stable(node: NodeRef, slot: number): Task {
  const argv = ['CLUSTER', 'SETSLOT', String(slot), 'STABLE'];
  return { do: 'command', node, argv, must: true };
}

/** One gives, one takes: the move is finished. */
function case1(turn: CliTurn, { slot, migrating, importing }: OpenSlotCase): void {
  const [source, target] = [migrating[0]!, importing[0]!];
  const [from, to] = [turn.address(source), turn.address(target)];
  turn.say(`>>> Case 1: Moving slot ${slot} from ${from} to ${to}`);
  turn.do(move(slot, source, target, { cold: false, update: true }));
}

/** Some take and nobody gives: their keys go to the owner. */
function case2(turn: CliTurn, { slot, importing, ...found }: OpenSlotCase): void {
  const owner = found.owner!;
  turn.say(`>>> Case 2: Moving all the ${slot} slot keys to its owner ${turn.address(owner)}`);
  const moved = importing.filter((ref) => ref !== owner);
  const others = turn.masters().filter((ref) => ref !== owner);
  turn.do(
    ...moved.flatMap((node): Task[] => [
      move(slot, node, owner, { cold: true, update: false }),
      { do: 'say', text: `>>> Setting ${slot} as STABLE in ${turn.address(node)}` },
      stable(node, slot),
    ]),
    ...others.map((node) => setSlot(node, slot, 'NODE', owner)),
  );
}

/** One gives and several take, all of them empty: the one that was meant gets it. */
function case3(turn: CliTurn, { slot, migrating, importing }: OpenSlotCase): void {
  const source = migrating[0]!;
  const { id } = turn.node(source).migrating.find((one) => wholeNumberIn(one.slot) === slot)!;
  const target = importing.find((ref) => turn.node(ref).name === id);
  if (target === undefined) {
    turn.say(`>>> Case 3: Closing slot ${slot} on both migrating and importing nodes.`);
    return turn.do(stable(source, slot), ...importing.map((node) => stable(node, slot)));
  }
  const way = `from ${turn.address(source)} to ${turn.address(target)}`;
  turn.say(
    `>>> Case 3: Moving slot ${slot} ${way} and closing it on all the other importing nodes.`,
  );
  turn.do(
    move(slot, source, target, { cold: false, update: false }),
    ...importing.filter((ref) => ref !== target).map((node) => stable(node, slot)),
  );
}

/** One gives and nobody takes: closed, if it is the owner or holds no keys. */
function maybeCase4(turn: CliTurn, found: OpenSlotCase): void {
  const node = found.migrating[0]!;
  if (found.owner === node) return turn.do({ ...found, do: 'case-4' });
  const argv = ['CLUSTER', 'GETKEYSINSLOT', String(found.slot), A_FEW_KEYS];
  turn.send(node, argv, { ...found, do: 'case-4-keys' });
}

function giveUp(turn: CliTurn, { owner, migrating, importing }: OpenSlotCase): void {
  turn.say(
    "[ERR] Sorry, redis-cli can't fix this slot yet (work in progress). Slot is set as " +
      `migrating in ${addresses(turn, migrating)}, as importing in ` +
      `${addresses(turn, importing)}, owner is ${turn.address(owner!)}`,
  );
  turn.fail();
}
