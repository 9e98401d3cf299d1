import { describe, expect, test } from 'vitest';
import { slotOwner, type ClusterState } from '../cluster-state';
import { MASTER, REPLICA } from '../flags';
import { keyspaceOf } from '../keyspace';
import {
  callOf,
  entryOf,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';

/** 866 is 8901's; foo lives in 12182, which is 8903's. */
function run(state: ClusterState, text: string) {
  const turn = turnOf(state);
  const reply = processCommand(turn, callOf(text));
  return { turn, state: turn.state, text: printReply(reply!) };
}
const source = settledNode('8901');
const target = settledNode('8902');
const [A, B, C] = [idOf('8901'), idOf('8902'), idOf('8903')];
const onlySlot = withEntry(source, '8901', { slots: [[866, 866]] });
const error = (text: string): string => `(error) ERR ${text}`;

describe('SETSLOT: refused', () => {
  const withKey = { ...source, keys: keyspaceOf({ hello: '1' }) };
  const stillKeys =
    "Can't assign hashslot 866 to a different node while I still hold keys for this hash slot.";
  test.each([
    ['on a replica', settledNode('8904'), 'x STABLE', 'Please use SETSLOT only with masters.'],
    ['to a replica', source, `866 MIGRATING ${idOf('8905')}`, 'Target node is not a master'],
    ['from a replica', target, `866 IMPORTING ${idOf('8904')}`, 'Target node is not a master'],
    ['for a replica', source, `866 NODE ${idOf('8905')}`, 'Target node is not a master'],
    ['while keys are left', withKey, `866 NODE ${B}`, stillKeys],
  ])('%s', (_, state, words, text) => {
    expect(run(state, `CLUSTER SETSLOT ${words}`).text).toBe(error(text));
  });
});

describe('SETSLOT: opening and closing', () => {
  test('MIGRATING marks the owner, IMPORTING the taker; both are written down', () => {
    const migrating = run(source, `CLUSTER SETSLOT 866 MIGRATING ${B}`);
    expect(migrating.state.migratingTo).toEqual({ 866: B });
    expect(migrating.state.todo).toMatchObject({ saveConfig: true, updateState: true });
    expect(notesIn(migrating.turn, 'slot.open')).toEqual([
      { event: 'slot.open', node: '8901', slot: 866, mark: 'migrating', peer: '8902' },
    ]);
    const importing = run(target, `CLUSTER SETSLOT 866 IMPORTING ${A}`);
    expect(importing.state.importingFrom).toEqual({ 866: A });
    expect(run(migrating.state, 'CLUSTER NODES').text).toContain(` [866->-${B}]`);
    expect(run(importing.state, 'CLUSTER NODES').text).toContain(` [866-<-${A}]`);
  });

  test('STABLE takes both marks away', () => {
    const open = { ...source, migratingTo: { 866: B }, importingFrom: { 12182: C } };
    const stable = run(
      run(open, 'CLUSTER SETSLOT 866 STABLE').state,
      'CLUSTER SETSLOT 12182 STABLE',
    );
    expect(stable.state).toMatchObject({ migratingTo: {}, importingFrom: {} });
  });

  test('ADDSLOTS and DELSLOTS end an import, and leave a migration open', () => {
    const open = { ...source, migratingTo: { 866: B }, importingFrom: { 867: C } };
    const { state } = run(open, 'CLUSTER DELSLOTS 866 867');
    expect(state).toMatchObject({ migratingTo: { 866: B }, importingFrom: {} });
  });
});

describe('SETSLOT NODE', () => {
  test('on the taker: a new epoch, and everyone is told at once', () => {
    const { turn, state } = run(
      { ...target, importingFrom: { 866: A } },
      `CLUSTER SETSLOT 866 NODE ${B}`,
    );
    expect(slotOwner(state, 866)!.id).toBe(B);
    expect(state.importingFrom).toEqual({});
    expect(entryOf(state, '8902').configEpoch).toBe(7);
    expect(state.currentEpoch).toBe(7);
    expect(logIn(turn)).toEqual([
      'New configEpoch set to 7',
      'configEpoch updated after importing slot 866',
    ]);
    expect(sentIn(turn).map(({ message }) => message.type)).toEqual(Array(5).fill('PONG'));
    expect(notesIn(turn, 'slot.owner')).toMatchObject([{ owner: '8902', epoch: 7, by: 'order' }]);
  });

  test('on the taker, whose epoch is the greatest already: no other, but told all the same', () => {
    const greatest = withEntry({ ...target, importingFrom: { 866: A } }, '8902', {
      configEpoch: 6,
    });
    const { turn, state } = run(greatest, `CLUSTER SETSLOT 866 NODE ${B}`);
    expect(entryOf(state, '8902').configEpoch).toBe(6);
    expect(logIn(turn)).toEqual([]);
    expect(sentIn(turn)).toHaveLength(5);
  });

  test('on a taker that did not import: it is taken, without an epoch and without a word', () => {
    const { turn, state } = run(target, `CLUSTER SETSLOT 866 NODE ${B}`);
    expect(slotOwner(state, 866)!.id).toBe(B);
    expect(entryOf(state, '8902').configEpoch).toBe(2);
    expect(sentIn(turn)).toEqual([]);
  });

  test('on the source: no longer migrating if nothing is left of it', () => {
    const { state } = run({ ...source, migratingTo: { 866: B } }, `CLUSTER SETSLOT 866 NODE ${B}`);
    expect(slotOwner(state, 866)!.id).toBe(B);
    expect(state.migratingTo).toEqual({});
  });

  test('on the source, which keeps it and has keys: it goes on migrating', () => {
    const open = { ...source, migratingTo: { 866: B }, keys: keyspaceOf({ hello: '1' }) };
    expect(run(open, `CLUSTER SETSLOT 866 NODE ${A}`).state.migratingTo).toEqual({ 866: B });
  });

  test('the last slot given away makes a replica of its taker', () => {
    const { turn, state } = run(onlySlot, `CLUSTER SETSLOT 866 NODE ${B}`);
    const me = entryOf(state, '8901');
    expect(me.masterId).toBe(B);
    expect(me.flags & (MASTER | REPLICA)).toBe(REPLICA);
    expect(logIn(turn)[0]).toBe(
      `Configuration change detected. Reconfiguring myself as a replica of ${B}`,
    );
  });

  test('with cluster-allow-replica-migration no, it stays a master without slots', () => {
    const config = { ...onlySlot.config, allowReplicaMigration: false };
    const { state } = run({ ...onlySlot, config }, `CLUSTER SETSLOT 866 NODE ${B}`);
    expect(entryOf(state, '8901').masterId).toBeNull();
  });

  test('between two others: only this table changes', () => {
    const { turn, state } = run(settledNode('8903'), `CLUSTER SETSLOT 866 NODE ${B}`);
    expect(slotOwner(state, 866)!.id).toBe(B);
    expect(sentIn(turn)).toEqual([]);
  });
});

describe('slots without an owner', () => {
  test('FLUSHSLOTS drops all of mine, and nothing while there are keys', () => {
    expect(entryOf(run(source, 'CLUSTER FLUSHSLOTS').state, '8901').slots).toEqual([]);
    expect(run({ ...source, keys: keyspaceOf({ hello: '1' }) }, 'CLUSTER FLUSHSLOTS').text).toBe(
      error('DB must be empty to perform CLUSTER FLUSHSLOTS.'),
    );
  });

  test("DELSLOTS may drop another's: here only", () => {
    const { turn, state } = run(source, 'CLUSTER DELSLOTS 12182');
    expect(slotOwner(state, 12182)).toBeNull();
    expect(sentIn(turn)).toEqual([]);
    expect(run(state, 'GET foo').text).toBe('(error) CLUSTERDOWN Hash slot not served');
  });
});
