import { describe, expect, test } from 'vitest';
import { appendToFile, dropFromMemory, loadFile, rewriteFile } from './append-only-file';
import { processCommand } from '../commands/process-command';
import { NO_KEYS, keyspaceOf, valuesOf } from '../keyspace';
import { callOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { processReplication } from '../replication/replication';
import { resetCluster } from '../messages/cluster-reset';
import type { Turn } from '../turn';

/** A node that has dropped `hello` without a word, and still has `foo`. */
function dropped(name = '8901'): Turn {
  const turn = turnOf({ ...settledNode(name), keys: keyspaceOf({ hello: 'old', foo: '2' }) });
  dropFromMemory(turn, keyspaceOf({ foo: '2' }));
  return turn;
}
const inFile = ({ state }: Turn) => valuesOf(state.onlyInFile);
const afterLoad = (turn: Turn) => {
  loadFile(turn);
  return valuesOf(turn.state.keys);
};

describe('append-only file: deletions it never heard of', () => {
  test('come back when the process starts', () => {
    const turn = dropped();
    expect(valuesOf(turn.state.keys)).toEqual({ foo: '2' });
    expect(afterLoad(turn)).toEqual({ hello: 'old', foo: '2' });
    expect(turn.state.onlyInFile).toEqual(NO_KEYS);
  });

  test('a key that is written again, and deleted for all to hear, stays deleted', () => {
    const turn = dropped();
    processCommand(turn, callOf('SET hello new'));
    expect(inFile(turn)).toEqual({});
    processCommand(turn, callOf('DEL hello'));
    expect(afterLoad(turn)).toEqual({ foo: '2' });
  });

  test('so does one that the master writes and deletes', () => {
    const turn = dropped('8904');
    const commands = [
      ['SET', 'hello', 'new'],
      ['DEL', 'hello'],
    ];
    processReplication(turn, '8904#r', { type: 'STREAM', commands });
    expect(afterLoad(turn)).toEqual({ foo: '2' });
  });

  test('FLUSHALL is heard; other keys are not concerned', () => {
    const turn = dropped();
    appendToFile(turn, ['SET', 'foo', '3']);
    expect(inFile(turn)).toEqual({ hello: 'old' });
    appendToFile(turn, ['flushall']);
    expect(inFile(turn)).toEqual({});
  });

  test('a copy from a master makes a new file', () => {
    const turn = dropped();
    rewriteFile(turn);
    expect(afterLoad(turn)).toEqual({ foo: '2' });
  });

  test('what a replica empties with CLUSTER RESET is such a deletion', () => {
    const turn = turnOf({ ...settledNode('8904'), keys: keyspaceOf({ hello: '1' }) });
    resetCluster(turn, 'soft');
    expect(turn.state.keys.count).toBe(0);
    expect(afterLoad(turn)).toEqual({ hello: '1' });
  });
});
