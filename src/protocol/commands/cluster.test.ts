import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { FAIL, HANDSHAKE, MASTER, MEET, REPLICA } from '../flags';
import { freshState } from '../fresh-state';
import { DEFAULT_CONFIG } from '../config';
import {
  callOf,
  entryOf,
  flagged,
  idOf,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';
import { keyspaceOf } from '../keyspace';

function cli(state: ClusterState, text: string) {
  const turn = turnOf(state);
  const reply = processCommand(turn, callOf(text));
  return { text: printReply(reply!), state: turn.state };
}
const answer = (state: ClusterState, text: string): string => cli(state, text).text;

const settled = settledNode('8901');
const fresh = freshState({ name: '8907', seed: 1, config: DEFAULT_CONFIG });
const UNKNOWN = '9'.repeat(40);

describe('CLUSTER: words and how many', () => {
  test.each([
    ['CLUSTER', "wrong number of arguments for 'cluster' command"],
    ['CLUSTER FOO', "unknown subcommand 'FOO'. Try CLUSTER HELP."],
    ['CLUSTER foo 1', "unknown subcommand 'foo'. Try CLUSTER HELP."],
    ['CLUSTER KEYSLOT', "wrong number of arguments for 'cluster|keyslot' command"],
    ['CLUSTER MYID x', "wrong number of arguments for 'cluster|myid' command"],
    ['cluster meet 127.0.0.1', "wrong number of arguments for 'cluster|meet' command"],
  ])('%s', (text, error) => {
    expect(answer(settled, text)).toBe(`(error) ERR ${error}`);
  });
});

describe('CLUSTER: asking', () => {
  test.each([
    ['CLUSTER MYID', `"${idOf('8901')}"`],
    ['CLUSTER KEYSLOT foo', '(integer) 12182'],
    [`CLUSTER COUNT-FAILURE-REPORTS ${idOf('8902')}`, '(integer) 0'],
    [`CLUSTER COUNT-FAILURE-REPORTS ${idOf('8901')}`, '(integer) 0'],
    [`CLUSTER COUNT-FAILURE-REPORTS ${UNKNOWN}`, `(error) ERR Unknown node ${UNKNOWN}`],
    ['CLUSTER COUNTKEYSINSLOT x', '(error) ERR value is not an integer or out of range'],
    ['CLUSTER COUNTKEYSINSLOT 16384', '(error) ERR Invalid slot'],
    ['CLUSTER COUNTKEYSINSLOT -1', '(error) ERR Invalid slot'],
  ])('%s', (text, expected) => {
    expect(answer(settled, text)).toBe(expected);
  });

  test('COUNTKEYSINSLOT counts the keys of one slot', () => {
    const state = { ...settled, keys: keyspaceOf({ '{hello}a': '1', '{hello}b': '2', bar: '3' }) };
    expect(answer(state, 'CLUSTER COUNTKEYSINSLOT 866')).toBe('(integer) 2');
  });
});

describe('CLUSTER MEET', () => {
  test('OK at once; a handshake node waits for its MEET', () => {
    const { text, state } = cli(fresh, 'CLUSTER MEET 127.0.0.1 8901');
    expect(text).toBe('OK');
    expect(state.nodes.at(-1)).toMatchObject({
      port: 8901,
      busPort: 18901,
      flags: HANDSHAKE | MEET,
      ip: '127.0.0.1',
    });
  });

  test('a third argument is the bus port', () => {
    const { state } = cli(fresh, 'CLUSTER MEET 127.0.0.1 8901 7000');
    expect(state.nodes.at(-1)!.busPort).toBe(7000);
  });

  test('the same address twice: one handshake', () => {
    const once = cli(fresh, 'CLUSTER MEET 127.0.0.1 8901').state;
    const twice = cli(once, 'CLUSTER MEET 127.0.0.1 8901');
    expect(twice.text).toBe('OK');
    expect(twice.state.nodes).toHaveLength(2);
  });

  test.each([
    ['127.0.0.1 port', 'Invalid TCP base port specified: port'],
    ['127.0.0.1 8901 bus', 'Invalid TCP bus port specified: bus'],
    ['localhost 8901', 'Invalid node address specified: localhost:8901'],
    ['127.0.0.1 0', 'Invalid node address specified: 127.0.0.1:0'],
    ['127.0.0.1 60000', 'Invalid node address specified: 127.0.0.1:60000'],
    ['127.0.0.999 8901', 'Invalid node address specified: 127.0.0.999:8901'],
    ['127.0.0.1 70000 8000', 'Invalid node address specified: 127.0.0.1:70000'],
  ])('%s', (args, error) => {
    expect(answer(fresh, `CLUSTER MEET ${args}`)).toBe(`(error) ERR ${error}`);
  });
});

describe('CLUSTER ADDSLOTS, DELSLOTS: all or nothing', () => {
  test('free slots are bound, here only', () => {
    const { text, state } = cli(fresh, 'CLUSTER ADDSLOTS 1 2 5');
    expect(text).toBe('OK');
    expect(state.nodes[0]!.slots).toEqual([
      [1, 2],
      [5, 5],
    ]);
  });

  test('ranges', () => {
    const { state } = cli(fresh, 'CLUSTER ADDSLOTSRANGE 0 5 9 9');
    expect(state.nodes[0]!.slots).toEqual([
      [0, 5],
      [9, 9],
    ]);
  });

  test("deleting takes anybody's slots out of this table", () => {
    const { text, state } = cli(settled, 'CLUSTER DELSLOTS 5460 5461');
    expect(text).toBe('OK');
    expect(entryOf(state, '8902').slots).toEqual([[5462, 10922]]);
    expect(state.todo).toMatchObject({ updateState: true, saveConfig: true });
  });

  test.each([
    ['ADDSLOTS 1 x', 'Invalid or out of range slot'],
    ['ADDSLOTS 16384', 'Invalid or out of range slot'],
    ['ADDSLOTS -1', 'Invalid or out of range slot'],
    ['ADDSLOTS 7', 'Slot 7 is already busy'],
    ['ADDSLOTSRANGE 9 5', 'start slot number 9 is greater than end slot number 5'],
    ['ADDSLOTSRANGE 1 2 3', "wrong number of arguments for 'cluster|addslotsrange' command"],
    ['DELSLOTS 1 1', 'Slot 1 specified multiple times'],
  ])('%s', (args, error) => {
    expect(answer(settled, `CLUSTER ${args}`)).toBe(`(error) ERR ${error}`);
  });

  test('a slot nobody owns cannot be given up', () => {
    expect(answer(fresh, 'CLUSTER DELSLOTS 3')).toBe('(error) ERR Slot 3 is already unassigned');
    expect(answer(fresh, 'CLUSTER ADDSLOTS 3 3')).toBe(
      '(error) ERR Slot 3 specified multiple times',
    );
  });

  test('one bad slot, and none is bound', () => {
    expect(cli(settled, 'CLUSTER DELSLOTS 1 2 16384').state.nodes).toEqual(settled.nodes);
  });
});

describe('CLUSTER SET-CONFIG-EPOCH, BUMPEPOCH', () => {
  test('only alone, only once', () => {
    const { text, state } = cli(fresh, 'CLUSTER SET-CONFIG-EPOCH 4');
    expect(text).toBe('OK');
    expect(state).toMatchObject({ currentEpoch: 4 });
    expect(answer(state, 'CLUSTER SET-CONFIG-EPOCH 5')).toBe(
      '(error) ERR Node config epoch is already non-zero',
    );
    expect(answer(settled, 'CLUSTER SET-CONFIG-EPOCH 5')).toBe(
      '(error) ERR The user can assign a config epoch only when the node does not know any other node.',
    );
  });

  test.each([
    ['x', 'value is not an integer or out of range'],
    ['-3', 'Invalid config epoch specified: -3'],
  ])('%s is refused', (epoch, error) => {
    expect(answer(fresh, `CLUSTER SET-CONFIG-EPOCH ${epoch}`)).toBe(`(error) ERR ${error}`);
  });

  test('BUMPED to a new one, STILL at the greatest', () => {
    const first = cli(settled, 'CLUSTER BUMPEPOCH');
    expect(first.text).toBe('BUMPED 7');
    expect(answer(first.state, 'CLUSTER BUMPEPOCH')).toBe('STILL 7');
  });
});

describe('CLUSTER REPLICATE', () => {
  const empty = withEntry(settled, '8901', { slots: [] });

  test('an empty master becomes a replica', () => {
    const { text, state } = cli(empty, `CLUSTER REPLICATE ${idOf('8902')}`);
    expect(text).toBe('OK');
    expect(entryOf(state, '8901').flags & (MASTER | REPLICA)).toBe(REPLICA);
    expect(state.replication.masterPort).toBe(8902);
  });

  test('a replica may change its master freely', () => {
    const { text, state } = cli(settledNode('8904'), `CLUSTER REPLICATE ${idOf('8902')}`);
    expect(text).toBe('OK');
    expect(entryOf(state, '8904').masterId).toBe(idOf('8902'));
  });

  test.each([
    ['an unknown node', empty, UNKNOWN, `Unknown node ${UNKNOWN}`],
    ['itself', empty, idOf('8901'), "Can't replicate myself"],
    ['a replica', empty, idOf('8905'), 'I can only replicate a master, not a replica.'],
    [
      'with slots',
      settled,
      idOf('8902'),
      'To set a master the node must be empty and without assigned slots.',
    ],
    [
      'with keys',
      { ...empty, keys: keyspaceOf({ a: '1' }) },
      idOf('8902'),
      'To set a master the node must be empty and without assigned slots.',
    ],
  ])('refused: %s', (_, state, id, error) => {
    expect(answer(state, `CLUSTER REPLICATE ${id}`)).toBe(`(error) ERR ${error}`);
  });
});

test('CLUSTER: everything works while the cluster is down', () => {
  const down = { ...flagged(settled, '8902', FAIL), state: 'fail' as const };
  expect(answer(down, 'CLUSTER MYID')).toContain('8901');
});
