import { describe, expect, test } from 'vitest';
import { logIn, settledNode, turnOf } from '../fixtures/node-fixture';
import { appendToBacklog, createBacklog, type Backlog } from './replication-backlog';
import { repliedIn } from '../fixtures/replication-fixture';
import type { ReplicationState } from '../replication-state';
import { processReplication } from './replication';
import type { Turn } from '../turn';

const master = settledNode('8901');
const ID = 'a'.repeat(40);
const OLD = 'b'.repeat(40);
const LINK = '8907#1';
const SET = ['SET', 'foo', 'bar'];

/** Bytes 101 to 162: two writes. */
const backlog: Backlog = [SET, SET].reduce(
  (kept, argv) => appendToBacklog(kept, { argv, bytes: 31 }, 1_048_576),
  createBacklog(100),
);

/** A replica on port 8907 says all this to the master. */
function asked(change: Partial<ReplicationState>, ...commands: string[]): Turn {
  const turn = turnOf({
    ...master,
    replication: { ...master.replication, id: ID, offsetBytes: 162, backlog, ...change },
  });
  for (const text of ['REPLCONF listening-port 8907', ...commands]) {
    processReplication(turn, LINK, { type: 'COMMAND', argv: text.split(' ') });
  }
  return turn;
}
const answers = (turn: Turn) =>
  repliedIn(turn.effects).map((message) =>
    message.type === 'REPLY'
      ? message.text
      : message.type === 'STREAM'
        ? message.commands
        : message.type,
  );

describe('serving: the handshake', () => {
  test('PING, REPLCONF twice', () => {
    expect(answers(asked({}, 'PING', 'REPLCONF capa eof capa psync2'))).toEqual([
      '+OK',
      '+PONG',
      '+OK',
    ]);
  });

  test('who has not asked yet is no replica; gone again, nothing is said', () => {
    const turn = asked({});
    expect(turn.state.replication.greeted).toEqual([{ connection: LINK, port: 8907 }]);
    expect(turn.state.replication.replicas).toHaveLength(1);
  });

  test('without REPLCONF its port is not known', () => {
    const turn = turnOf(master);
    processReplication(turn, LINK, { type: 'COMMAND', argv: ['PSYNC', '?', '-1'] });
    expect(logIn(turn)[0]).toBe(
      'Replica 127.0.0.1:<unknown-replica-port> asks for synchronization',
    );
  });
});

describe('serving: PSYNC that can go on', () => {
  test.each([
    [101, [[SET, SET]], 62],
    [132, [[SET]], 31],
    [163, [], 0],
  ])('from %i', (offset, stream, bytes) => {
    const turn = asked({}, `PSYNC ${ID} ${offset}`);
    expect(answers(turn)).toEqual(['+OK', `+CONTINUE ${ID}`, ...stream]);
    expect(logIn(turn).at(-1)).toBe(
      'Partial resynchronization request from 127.0.0.1:8907 accepted. ' +
        `Sending ${bytes} bytes of backlog starting from offset ${offset}.`,
    );
    expect(turn.state.replication.syncs).toEqual({ full: 0, partial: 1, refused: 0 });
    expect(turn.state.replication.replicas.at(-1)).toMatchObject({
      port: 8907,
      state: 'online',
      ackOffsetBytes: 0,
    });
  });

  test('from the history before the promotion, up to the byte it ended with', () => {
    const past = { id2: OLD, secondOffsetBytes: 132 };
    expect(answers(asked(past, `PSYNC ${OLD} 132`))).toContain(`+CONTINUE ${ID}`);
    expect(answers(asked(past, `PSYNC ${OLD} 133`))).not.toContain(`+CONTINUE ${ID}`);
  });

  test('an empty backlog says so', () => {
    const turn = asked({ backlog: createBacklog(162) }, `PSYNC ${ID} 163`);
    expect(logIn(turn)).toContain('[PSYNC] Backlog history len is zero');
  });
});

describe('serving: PSYNC that cannot', () => {
  const zeros = '0'.repeat(40);
  test.each([
    ['PSYNC ? -1', ['Full resync requested by replica 127.0.0.1:8907'], 0],
    [
      `PSYNC ${OLD} 120`,
      [
        `Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${OLD}', my replication IDs are '${ID}' and '${zeros}')`,
      ],
      1,
    ],
    [
      `PSYNC ${ID} 100`,
      [
        'Unable to partial resync with replica 127.0.0.1:8907 for lack of backlog (Replica request was: 100).',
      ],
      1,
    ],
    [
      `PSYNC ${ID} 164`,
      [
        'Unable to partial resync with replica 127.0.0.1:8907 for lack of backlog (Replica request was: 164).',
        'Warning: replica 127.0.0.1:8907 tried to PSYNC with an offset that is greater than the master replication offset.',
      ],
      1,
    ],
  ])('%s', (text, lines, refused) => {
    const turn = asked({}, text);
    expect(logIn(turn)).toEqual([
      'Replica 127.0.0.1:8907 asks for synchronization',
      ...lines,
      'Delay next BGSAVE for diskless SYNC',
    ]);
    expect(turn.state.replication.syncs).toEqual({ full: 1, partial: 0, refused });
  });

  test('without a backlog nothing can go on', () => {
    const turn = asked({ backlog: null, replicas: [] }, `PSYNC ${ID} 163`);
    expect(logIn(turn)[1]).toContain('for lack of backlog');
    expect(turn.state.replication.backlog).toEqual(createBacklog(162));
  });

  test('a replica whose own link is down sends it away', () => {
    const turn = asked({ masterPort: 8902, link: 'down' }, `PSYNC ${ID} 163`);
    expect(answers(turn).at(-1)).toBe(
      "-NOMASTERLINK Can't SYNC while not connected with my master",
    );
    expect(logIn(turn)).toEqual([]);
  });

  test('a second PSYNC on one connection is ignored', () => {
    const once = asked({}, `PSYNC ${ID} 163`);
    const twice = asked({}, `PSYNC ${ID} 163`, `PSYNC ${ID} 163`);
    expect(twice.state.replication).toEqual(once.state.replication);
  });
});

test('serving: an ACK never takes back what was acknowledged, and one from a stranger is nothing', () => {
  const turn = turnOf(master);
  for (const offset of ['120', '110']) {
    processReplication(turn, '8904#r', { type: 'COMMAND', argv: ['REPLCONF', 'ACK', offset] });
  }
  expect(turn.state.replication.replicas[0]).toMatchObject({ ackOffsetBytes: 120, ackMs: 100_000 });
  const before = turn.state.replication;
  processReplication(turn, LINK, { type: 'COMMAND', argv: ['REPLCONF', 'ACK', '5'] });
  expect(turn.state.replication).toBe(before);
});
