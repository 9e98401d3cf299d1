import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slotOwner, type ClusterState } from '../cluster-state';
import { MASTER, MYSELF } from '../flags';
import type { NodeId } from '../ids';
import { keySlot } from '../key-slot';
import { keyspaceOf, valuesOf } from '../keyspace';
import { entryOf, idOf, settledNode, turnOf, withEntry } from '../fixtures/node-fixture';
import { applyClaim } from './slot-claims';
import { hasSlot, slotsOf } from '../slot-ranges';

/** Twelve keys, each in a slot of its own: all the slots there are. */
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
const SLOTS = KEYS.map((key) => keySlot(key));
const MASTERS = ['8901', '8902', '8903'] as const;
type Master = (typeof MASTERS)[number];

interface Table {
  readonly me: '8901' | '8904';
  readonly owners: readonly (Master | null)[];
  readonly notClaiming: readonly boolean[];
  readonly importing: readonly boolean[];
  readonly hasKey: readonly boolean[];
  readonly epochs: Readonly<Record<Master, number>>;
  readonly allowReplicaMigration: boolean;
}

interface Claim {
  readonly sender: '8902' | '8903';
  readonly epoch: number;
  readonly slots: readonly boolean[];
}

interface Outcome {
  readonly owners: readonly (string | null)[];
  readonly notClaiming: readonly boolean[];
  readonly master: string | null;
  readonly keys: readonly string[];
}

/** The loop over all slots, one after the other, as the source has it. */
function slotBySlot(table: Table, { sender, epoch, slots }: Claim): Outcome {
  const owners: (string | null)[] = [...table.owners];
  const notClaiming = [...table.notClaiming];
  const dirty = new Set<number>();
  let taken = 0;
  for (let j = 0; j < SLOTS.length; j++) {
    const owner = table.owners[j] ?? null;
    if (!slots[j]) {
      if (owner === sender) notClaiming[j] = true;
    } else if (owner === sender) notClaiming[j] = false;
    else if (!table.importing[j]) {
      if (owner !== null && !notClaiming[j] && table.epochs[owner] >= epoch) continue;
      if (owner === table.me && table.hasKey[j]) dirty.add(j);
      // The master of both, or this node itself.
      if (owner === '8901') taken++;
      owners[j] = sender;
      notClaiming[j] = false;
    }
  }
  const isEmpty = !owners.includes('8901');
  const isAll = slots.filter(Boolean).length === taken;
  const follows = taken > 0 && isEmpty && (table.allowReplicaMigration || isAll);
  const before = table.me === '8904' ? '8901' : null;
  return {
    owners,
    notClaiming,
    master: follows ? sender : before,
    keys: KEYS.filter((_, j) => table.hasKey[j] && (follows || !dirty.has(j))),
  };
}

function stateOf(table: Table): ClusterState {
  const settled = settledNode(table.me);
  const slotsWhere = (fits: (j: number) => boolean) => SLOTS.filter((_, j) => fits(j));
  let state: ClusterState = {
    ...settled,
    config: { ...settled.config, allowReplicaMigration: table.allowReplicaMigration },
    notClaiming: slotsOf(slotsWhere((j) => table.notClaiming[j]!)),
    importingFrom: Object.fromEntries(
      slotsWhere((j) => table.importing[j]!).map((slot) => [slot, idOf('8903')]),
    ),
    keys: keyspaceOf(
      Object.fromEntries(KEYS.filter((_, j) => table.hasKey[j]).map((k) => [k, ''])),
    ),
  };
  for (const name of MASTERS) {
    const slots = slotsOf(slotsWhere((j) => table.owners[j] === name));
    const own = name === table.me ? MYSELF : 0;
    state = withEntry(state, name, { slots, configEpoch: table.epochs[name], flags: MASTER | own });
  }
  return state;
}

function applied(table: Table, claim: Claim): Outcome {
  const turn = turnOf(stateOf(table));
  const slots = slotsOf(SLOTS.filter((_, j) => claim.slots[j]));
  applyClaim(turn, idOf(claim.sender), claim.epoch, slots);
  const { state } = turn;
  const nameOf = (id: NodeId | null): string | null => (id === null ? null : id.slice(0, 4));
  return {
    owners: SLOTS.map((slot) => nameOf(slotOwner(state, slot)?.id ?? null)),
    notClaiming: SLOTS.map((slot) => hasSlot(state.notClaiming, slot)),
    master: nameOf(entryOf(state, table.me).masterId),
    keys: KEYS.filter((key) => key in valuesOf(state.keys)),
  };
}

const perSlot = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: SLOTS.length, maxLength: SLOTS.length });
const rarely = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
const epoch = fc.integer({ min: 0, max: 4 });
const tables: fc.Arbitrary<Table> = fc.record({
  me: fc.constantFrom('8901', '8904'),
  owners: fc.oneof(
    perSlot(fc.constantFrom('8901', '8902', '8903', null)),
    perSlot(fc.constantFrom('8901', '8902')),
    perSlot(fc.constant('8901')),
  ),
  notClaiming: perSlot(rarely),
  importing: perSlot(rarely),
  hasKey: perSlot(fc.boolean()),
  epochs: fc.record({ '8901': epoch, '8902': epoch, '8903': epoch }),
  allowReplicaMigration: fc.boolean(),
});
const claims: fc.Arbitrary<Claim> = fc.record({
  sender: fc.constantFrom('8902', '8903'),
  epoch,
  slots: fc.oneof(perSlot(fc.boolean()), perSlot(fc.constant(true))),
});

test('slots: a property: a claim does what going through the slots one by one would do', () => {
  fc.assert(
    fc.property(tables, claims, (table, claim) => {
      expect(applied(table, claim)).toEqual(slotBySlot(table, claim));
    }),
    { numRuns: 400 },
  );
});
