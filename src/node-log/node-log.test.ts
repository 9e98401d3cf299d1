/** Reading the log of one node: lines, what they say, and the table they prove. */
import { describe, expect, test } from 'vitest';
import { nodeId } from '../protocol/ids';
import { readLogEvent } from './log-event';
import { readLogLine } from './log-line';
import { LogTable } from './log-table';
import type { NodeLog } from './node-log';

const A = nodeId('a'.repeat(40));
const B = nodeId('b'.repeat(40));

describe('one line', () => {
  test('process, role, time, level, text', () => {
    expect(readLogLine('1:M 09 Mar 2024 11:43:11.568 # Cluster state changed: fail')).toEqual({
      pid: 1,
      role: 'M',
      atUnixMs: Date.UTC(2024, 2, 9, 11, 43, 11, 568),
      level: 'warning',
      text: 'Cluster state changed: fail',
    });
  });

  test.each(['', 'Cluster state changed: ok', '1:M 09 Mrz 2024 11:43:11.568 # text'])(
    '“%s” is none',
    (text) => expect(readLogLine(text)).toBeNull(),
  );
});

describe('what a line says', () => {
  test.each([
    [`Marking node ${A} as failing (quorum reached).`, { type: 'marked', about: A }],
    [`Marking node ${A} () as failing (quorum reached).`, { type: 'marked', about: A }],
    [`FAIL message received from ${A} () about ${B} ()`, { type: 'told', by: A, about: B }],
    [
      `Clear FAIL state for node ${A} ():replica is reachable again.`,
      { type: 'cleared', about: A, why: 'replica' },
    ],
    [
      `Clear FAIL state for node ${A}: master without slots is reachable again.`,
      { type: 'cleared', about: A, why: 'empty-master' },
    ],
    [
      `Clear FAIL state for node ${A}: is reachable again and nobody is serving its slots after some time.`,
      { type: 'cleared', about: A, why: 'unserved' },
    ],
    [`Failover auth granted to ${A} () for epoch 7`, { type: 'granted', to: A, epoch: 7 }],
    [
      `Failover auth denied to ${A} (): its master is up`,
      { type: 'denied', to: A, reason: 'its master is up' },
    ],
    [`No cluster configuration found, I'm ${A}`, { type: 'identity', id: A }],
  ])('%s', (text, event) => expect(readLogEvent(text)).toEqual(event));

  test('a line that says nothing about the cluster', () => {
    expect(readLogEvent('Ready to accept connections tcp')).toBeNull();
  });
});

describe('the table that lines prove', () => {
  const log: NodeLog = {
    node: '8901',
    members: { 8901: { id: A, ip: '10.0.0.1' }, 8902: { id: B, ip: '10.0.0.2' } },
    lines: [],
    conclusions: [],
  };
  const founding = {
    names: ['8901', '8902'],
    masters: 2,
    replicasPerMaster: 0,
    nodeTimeoutMs: 5_000,
  };

  function table(): LogTable {
    const made = new LogTable(log, founding);
    made.conclude({ line: 1, type: 'knows-all' });
    return made;
  }
  const row = (of: LogTable) => of.view().rows.find(({ name }) => name === '8902')!;

  test('before anything is proven it holds its writer alone', () => {
    expect(new LogTable(log, founding).view().rows.map(({ name }) => name)).toEqual(['8901']);
  });

  test('a suspicion becomes a verdict, and is cleared', () => {
    const made = table();
    expect(made.conclude({ line: 1, type: 'suspects', nodes: ['8902'] })).toEqual([
      { event: 'flag.set', at: '8901', about: '8902', flag: 'pfail' },
    ]);
    expect(made.read({ type: 'marked', about: B }, 7).map(({ event }) => event)).toEqual([
      'flag.clear',
      'flag.set',
    ]);
    expect(row(made)).toMatchObject({ flags: ['master', 'fail'], failSinceMs: 7 });
    made.read({ type: 'cleared', about: B, why: 'unserved' }, 8);
    expect(row(made)).toMatchObject({ flags: ['master'], failSinceMs: 0 });
  });

  test('a vote is remembered, and what it was asked again is refused in its words', () => {
    const made = table();
    made.read({ type: 'granted', to: B, epoch: 9 }, 1);
    expect(made.view()).toMatchObject({ currentEpoch: 9, lastVoteEpoch: 9 });
    const reason = 'already voted for epoch 9';
    expect(made.read({ type: 'denied', to: B, reason }, 2)).toEqual([
      { event: 'vote.deny', by: '8901', to: '8902', epoch: 9, reason },
    ]);
  });

  test('an owner that was concluded has the slots, its predecessor copies it', () => {
    const made = table();
    made.conclude({ line: 1, type: 'owner', owner: '8901', former: '8902', epoch: 3 });
    expect(row(made)).toMatchObject({ flags: ['replica'], master: '8901', configEpoch: 3 });
    expect(made.view()).toMatchObject({ size: 1, currentEpoch: 3 });
  });
});
