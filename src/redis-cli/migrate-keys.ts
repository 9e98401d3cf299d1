/**
 * Moving the keys of a slot, some at a time, and what to do with those that are there already.
 * Source: clusterManagerMigrateKeysInSlot, clusterManagerMigrateKeysInReply,
 * clusterManagerCompareKeysValues, src/redis-cli.c.
 */
import type { Reply } from '../protocol/reply';
import type { CliTurn } from './cli-turn';
import { slotOwner } from './slot-owner';
import type { SlotMove } from './move-slot';
import type { Tasks } from './task-list';

type Batch = SlotMove & { readonly keys: readonly string[] };

export interface MigrateTasks {
  'migrate-keys': SlotMove;
  'keys-listed': SlotMove;
  migrated: Batch;
  'owner-of-refused': Batch & { readonly refusal: string };
  'migrate-again': Batch & { readonly replace: boolean };
  'migrated-again': Batch;
  'values-of-source': Batch;
  'values-of-target': Batch & { readonly source1: Reply | null };
}

/** What DEBUG DIGEST-VALUE says about a key that does not exist. */
const NO_VALUE = '0'.repeat(40);

export const MIGRATE_TASKS: Tasks<MigrateTasks> = {
  'migrate-keys': (turn, move) => {
    const { pipeline } = turn.state.options;
    const argv = ['CLUSTER', 'GETKEYSINSLOT', String(move.slot), String(pipeline)];
    turn.send(move.source, argv, { ...move, do: 'keys-listed' });
  },
  'keys-listed': (turn, move) => {
    const { reply } = turn.state;
    if (turn.error !== null && move.handsUp) turn.printError(move.source, turn.error);
    if (reply?.type !== 'array') return giveUp(turn, move, turn.error);
    const keys = reply.items.flatMap((item) => (item.type === 'bulk' ? [item.text] : []));
    if (keys.length === 0) return endLine(turn, move);
    const argv = migrateCommand(turn, { ...move, keys }, false);
    turn.send(move.source, argv, { ...move, do: 'migrated', keys });
  },
  migrated: (turn, batch) => {
    const refusal = turn.error;
    if (refusal === null) return nextBatch(turn, batch);
    if (refusal.includes('BUSYKEY')) return keysExist(turn, batch);
    turn.send(batch.source, ['CLUSTER', 'SLOTS'], { ...batch, do: 'owner-of-refused', refusal });
  },
  'owner-of-refused': (turn, { refusal, ...batch }) => {
    if (turn.error !== null) turn.printError(batch.source, turn.error);
    const notServed = turn.error === null && slotOwner(turn, batch.slot) === null;
    if (!notServed) return refused(turn, batch, refusal);
    turn.do({ ...batch, do: 'migrate-again', replace: false });
    if (turn.state.options.command !== 'fix') return;
    const { source, target, slot } = batch;
    turn.say(`*** Slot was not served, setting owner to node ${turn.address(target)}.`);
    const set = { node: source, slot, status: 'node', other: target, handsUp: false } as const;
    turn.do({ do: 'set-slot', ...set, forgives: 'any' });
  },
  'migrate-again': (turn, { replace, ...batch }) =>
    turn.send(batch.source, migrateCommand(turn, batch, replace), {
      ...batch,
      do: 'migrated-again',
    }),
  'migrated-again': (turn, batch) => {
    if (turn.error !== null) return refused(turn, batch, turn.error);
    if (turn.state.reply === null) return giveUp(turn, batch, null);
    nextBatch(turn, batch);
  },
  'values-of-source': (turn, batch) => {
    const source1 = turn.state.reply;
    if (source1 === null) return compareValues(turn, batch, null);
    turn.send(batch.target, digests(batch.keys), { ...batch, do: 'values-of-target', source1 });
  },
  'values-of-target': (turn, { source1, ...batch }) => compareValues(turn, batch, source1),
};

function migrateCommand(turn: CliTurn, { target, keys }: Batch, replace: boolean): string[] {
  const { ip, port } = turn.node(target);
  const { timeoutMs } = turn.state.options;
  const start = ['MIGRATE', ip, String(port), '', '0', String(timeoutMs)];
  return [...start, ...(replace ? ['REPLACE'] : []), 'KEYS', ...keys];
}

function nextBatch(turn: CliTurn, { keys, ...move }: Batch): void {
  if (move.dots && turn.state.reply !== null) turn.print('.'.repeat(keys.length));
  turn.do({ ...move, do: 'migrate-keys' });
}

function endLine(turn: CliTurn, { quiet }: SlotMove): void {
  if (!quiet) turn.print('\n');
}

function giveUp(turn: CliTurn, move: SlotMove, failure: string | null): void {
  endLine(turn, move);
  turn.fail(failure);
}

function refused(turn: CliTurn, batch: Batch, error: string): void {
  turn.print('\n');
  turn.printError(batch.source, error);
  giveUp(turn, batch, error);
}

const digests = (keys: readonly string[]): string[] => ['DEBUG', 'DIGEST-VALUE', ...keys];

function keysExist(turn: CliTurn, batch: Batch): void {
  turn.say('\n*** Target key exists');
  if (turn.has('--cluster-replace')) return replaceKeys(turn, batch);
  turn.say('*** Checking key values on both nodes...');
  turn.send(batch.source, digests(batch.keys), { ...batch, do: 'values-of-source' });
}

function replaceKeys(turn: CliTurn, batch: Batch): void {
  turn.say('*** Replacing target keys...');
  turn.do({ ...batch, do: 'migrate-again', replace: true });
}

function compareValues(turn: CliTurn, batch: Batch, ofSource: Reply | null): void {
  const ofTarget = turn.state.reply;
  if (ofSource?.type === 'error') turn.printError(batch.source, ofSource.text);
  if (ofTarget?.type === 'error') turn.printError(batch.target, ofTarget.text);
  if (ofSource?.type !== 'array' || ofTarget?.type !== 'array') {
    turn.say('*** Value check failed!');
    return giveUp(turn, batch, null);
  }
  const different = batch.keys.filter((_, i) => differ(ofSource.items[i], ofTarget.items[i]));
  if (different.length === 0) return replaceKeys(turn, batch);
  turn.say(
    `*** Found ${different.length} key(s) in both source node and target node having different ` +
      `values.\n    Source node: ${turn.address(batch.source)}\n` +
      `    Target node: ${turn.address(batch.target)}\n    Keys(s):`,
  );
  for (const key of different) turn.say(`    - ${key}`);
  turn.say(
    'Please fix the above key(s) manually and try again or relaunch the command \n' +
      'with --cluster-replace option to force key overriding.',
  );
  giveUp(turn, batch, null);
}

function differ(a: Reply | undefined, b: Reply | undefined): boolean {
  const [one, other] = [textOf(a), textOf(b)];
  return one !== NO_VALUE && other !== NO_VALUE && one !== other;
}

const textOf = (reply: Reply | undefined): string =>
  reply?.type === 'bulk' || reply?.type === 'status' ? reply.text : '';
