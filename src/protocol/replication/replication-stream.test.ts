import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../byte-text';
import { attachedReplica, settledNode, turnOf } from '../fixtures/node-fixture';
import { feedReplicas, processReplication } from './replication';
import { repliedIn } from '../fixtures/replication-fixture';
import { respBytes } from './replication-stream';
import type { ReplicationState } from '../replication-state';
import { valuesOf } from '../keyspace';

const master = settledNode('8901');
const replica = settledNode('8904');
const withReplication = (change: Partial<ReplicationState>, state = master) => ({
  ...state,
  replication: { ...state.replication, ...change },
});
const SET = ['SET', 'foo', 'bar'];

describe('stream: a command is as long as its RESP form', () => {
  test.each([
    [['PING'], 14],
    [['SELECT', '0'], 23],
    [['SET', 'foo', 'bar'], 31],
    [['REPLCONF', 'GETACK', '*'], 37],
    [['SET', 'é', '日本'], 33],
    [['SET', 'k', '\udc80\udcff'], 28],
  ])('%j: %i bytes', (argv, bytes) => {
    expect(respBytes(argv)).toBe(bytes);
  });

  test('the same as encoding it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (argv) => {
        const words = argv.map((word) => `$${bytesOf(word).length}\r\n${word}\r\n`);
        const text = `*${argv.length}\r\n${words.join('')}`;
        expect(respBytes(argv)).toBe(bytesOf(text).length);
      }),
    );
  });
});

describe('stream: at the master', () => {
  test('a write goes to every replica and moves the offset', () => {
    const turn = turnOf(
      withReplication({ replicas: [attachedReplica(8904), attachedReplica(8907)] }),
    );
    feedReplicas(turn, SET);
    expect(turn.state.replication.offsetBytes).toBe(131);
    expect(repliedIn(turn.effects)).toEqual([
      { type: 'STREAM', commands: [SET] },
      { type: 'STREAM', commands: [SET] },
    ]);
  });

  test('SELECT goes before the first write, and before the first after a copy or a promotion', () => {
    const turn = turnOf(withReplication({ selected: false }));
    feedReplicas(turn, SET);
    feedReplicas(turn, SET);
    expect(repliedIn(turn.effects)).toEqual([
      { type: 'STREAM', commands: [['SELECT', '0'], SET] },
      { type: 'STREAM', commands: [SET] },
    ]);
    expect(turn.state.replication.offsetBytes).toBe(100 + 23 + 62);
  });

  test('before the first replica ever came, nothing is counted', () => {
    const turn = turnOf(withReplication({ replicas: [], offsetBytes: 0, backlog: null }));
    feedReplicas(turn, SET);
    expect(turn.state.replication.offsetBytes).toBe(0);
  });

  test('after the last replica left, writes still count: the backlog goes on', () => {
    const turn = turnOf(withReplication({ replicas: [] }));
    feedReplicas(turn, SET);
    expect(turn.state.replication.offsetBytes).toBe(131);
  });

  test.each(['waiting', 'copying'] as const)('a replica that is %s gets nothing yet', (state) => {
    const turn = turnOf(withReplication({ replicas: [{ ...attachedReplica(8904), state }] }));
    feedReplicas(turn, SET);
    expect(repliedIn(turn.effects)).toEqual([]);
    expect(turn.state.replication.offsetBytes).toBe(131);
  });
});

describe('stream: at the replica', () => {
  test('it applies what it reads and counts the same', () => {
    const turn = turnOf(replica);
    processReplication(turn, '8904#r', { type: 'STREAM', commands: [['SELECT', '0'], SET] });
    expect(valuesOf(turn.state.keys)).toEqual({ foo: 'bar' });
    expect(turn.state.replication).toMatchObject({ offsetBytes: 154, lastInteractionMs: 100_000 });
    expect(turn.state.replication.backlog).toMatchObject({ nextBytes: 155 });
  });

  test('what comes on another connection is not for it', () => {
    const turn = turnOf(replica);
    processReplication(turn, '8904#old', { type: 'STREAM', commands: [['DEL', 'x']] });
    expect(turn.state.replication).toEqual(replica.replication);
  });

  test('asked for an ACK, it says how far it was before the question', () => {
    const turn = turnOf(replica);
    processReplication(turn, '8904#r', {
      type: 'STREAM',
      commands: [SET, ['REPLCONF', 'GETACK', '*']],
    });
    expect(repliedIn(turn.effects)).toEqual([
      { type: 'COMMAND', argv: ['REPLCONF', 'ACK', '131'] },
    ]);
    expect(turn.state.replication.offsetBytes).toBe(168);
  });
});
