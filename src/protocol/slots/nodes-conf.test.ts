import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankNode, type ClusterState } from '../cluster-state';
import { CLOCK_ORIGIN_MS } from '../config';
import { FAIL, HANDSHAKE, MASTER, MIGRATE_TO, MYSELF, NOADDR, PFAIL, REPLICA } from '../flags';
import { nodeId } from '../ids';
import {
  NOW_MS,
  flagged,
  idOf,
  settledNode,
  turnOf,
  withEntry,
  knowing,
} from '../fixtures/node-fixture';
import { wholeEntries } from '../whole-entries';
import { parseNodesConf, printNodesConf } from './nodes-conf';
import { saveConfig } from './saved-config';

/** The file a process writes in this state. */
function fileOf(state: ClusterState): string {
  const turn = turnOf(state);
  saveConfig(turn);
  return printNodesConf(turn.state);
}

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const C = 'c'.repeat(40);

describe('nodes.conf: what is written', () => {
  test('the lines of CLUSTER NODES, then the epochs', () => {
    const lines = fileOf({ ...settledNode('8904'), currentEpoch: 9, lastVoteEpoch: 8 }).split('\n');
    expect(lines).toHaveLength(8);
    const pong = CLOCK_ORIGIN_MS + NOW_MS - 400;
    expect(lines[0]).toBe(
      `${idOf('8901')} 127.0.0.1:8901@18901 master - 0 ${pong} 1 connected 0-5460`,
    );
    expect(lines[3]).toBe(
      `${idOf('8904')} 127.0.0.1:8904@18904 myself,slave ${idOf('8901')} 0 0 1 connected`,
    );
    expect(lines.slice(6)).toEqual(['vars currentEpoch 9 lastVoteEpoch 8', '']);
  });

  test('open slots stand in our own line', () => {
    const state = {
      ...settledNode('8901'),
      migratingTo: { 93: idOf('8902') },
      importingFrom: { 6000: idOf('8903') },
    };
    const line = fileOf(state).split('\n')[0];
    expect(line).toContain(`0-5460 [93->-${idOf('8902')}] [6000-<-${idOf('8903')}]`);
  });

  test('no handshakes', () => {
    const id = nodeId('e'.repeat(40));
    const entry = blankNode({ id, flags: HANDSHAKE, createdMs: 1, port: 8999, busPort: 18_999 });
    const state = settledNode('8901');
    expect(fileOf(knowing(state, [entry]))).not.toContain(id);
  });
});

describe('nodes.conf: what is read back', () => {
  const text = [
    `${A} 127.0.0.1:7001@17001 myself,master - 0 0 3 connected 0-100 200 [7->-${B}] [300-<-${B}]`,
    '',
    `${B} 127.0.0.1:7002@17002,b.example master,fail - 1709984400001 1709984400002 7 disconnected 101-199`,
    `${C} 127.0.0.1:7003 slave,fail? ${A} 0 5 9 connected`,
    'vars currentEpoch 5 lastVoteEpoch 4',
    '',
  ].join('\n');
  const loaded = parseNodesConf(text, NOW_MS);
  const [a, b, c] = wholeEntries(loaded);

  test('who we are, slots, open slots, the last vote', () => {
    expect(loaded).toMatchObject({
      myId: A,
      lastVoteEpoch: 4,
      migratingTo: { 7: B },
      importingFrom: { 300: B },
    });
    expect(a).toMatchObject({
      slots: [
        [0, 100],
        [200, 200],
      ],
      configEpoch: 3,
    });
  });

  test('currentEpoch is at least the greatest configEpoch', () => {
    expect(loaded.currentEpoch).toBe(7);
  });

  test('clocks: what was pending counts from now, never stays never; FAIL keeps, from now', () => {
    expect(b).toMatchObject({
      pingSentMs: NOW_MS,
      pongReceivedMs: NOW_MS,
      failMs: NOW_MS,
      flags: MASTER | FAIL,
      hostname: 'b.example',
    });
    expect(a).toMatchObject({ pingSentMs: 0, pongReceivedMs: 0, failMs: 0, createdMs: NOW_MS });
  });

  test('a replica: its own epoch is forgotten, an old file leaves out the bus port', () => {
    expect(c).toMatchObject({
      flags: REPLICA | PFAIL,
      configEpoch: 0,
      masterId: A,
      busPort: 17_003,
    });
  });

  test('migrate-to: masters with replicas, and masters whose slots come after a replica’s line', () => {
    expect(a!.flags).toBe(MYSELF | MASTER | MIGRATE_TO);
    expect(b!.flags & MIGRATE_TO).toBe(0);
    const lines = text.split('\n');
    const reordered = [lines[3], lines[0], lines[2], lines[4]].join('\n');
    const { nodes } = parseNodesConf(reordered, NOW_MS);
    expect(nodes.map(({ flags }) => flags & MIGRATE_TO)).toEqual([0, MIGRATE_TO, MIGRATE_TO]);
  });

  test('a master that no line is about gets an empty entry', () => {
    const { nodes } = parseNodesConf(
      `${A} 127.0.0.1:7001@17001 myself,slave ${B} 0 0 0 connected\nvars currentEpoch 0 lastVoteEpoch 0`,
      NOW_MS,
    );
    expect(nodes[1]).toMatchObject({ id: B, flags: MIGRATE_TO, port: 0 });
  });

  test('unknown variables are skipped', () => {
    const { currentEpoch } = parseNodesConf(
      `${A} :0@0 myself,master - 0 0 0 connected\nvars color blue currentEpoch 3`,
      NOW_MS,
    );
    expect(currentEpoch).toBe(3);
  });
});

describe('nodes.conf: a broken file says where and what', () => {
  const line = `${A} 127.0.0.1:7001@17001 myself,master - 0 0 3 connected 0-100`;
  test.each([
    ['', 'nodes.conf: no line has the flag "myself", expected exactly one'],
    [
      `${line}\nshort line`,
      'line 2 of nodes.conf: 2 fields, expected at least 8 (id, address, flags, master, …): "short line"',
    ],
    [
      `${line}\nvars currentEpoch x`,
      'line 2 of nodes.conf: currentEpoch is "x", expected a number',
    ],
    [line.replace('0-100', '0-16384'), '"0-16384" is outside 0-16383'],
    [line.replace('master', 'boss'), 'unknown flag "boss"'],
    [line.replace(A, 'A1'), 'the id is not 40 characters of a-z and 0-9'],
    [line.replace(':7001', ''), 'is not ip:port@bus-port'],
    [line.replace('connected', 'linked'), 'expected "connected" or "disconnected"'],
  ])('%#: %s', (text, message) => {
    expect(() => parseNodesConf(text, NOW_MS)).toThrow(message);
  });
});

test('nodes.conf: read and written again, it says the same', () => {
  const flags = fc.constantFrom(0, PFAIL, FAIL, NOADDR, PFAIL | NOADDR);
  const epoch = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(flags, epoch, epoch, (bits, configEpoch, currentEpoch) => {
      const before = flagged(settledNode('8901'), '8902', bits);
      const state = { ...withEntry(before, '8903', { configEpoch }), currentEpoch };
      const first = fileOf(state);
      const loaded = parseNodesConf(first, NOW_MS);
      const second = fileOf({ ...state, ...loaded });
      const shape = (text: string) =>
        text
          .replace(/ \d{13}/g, ' TIME')
          .replaceAll('disconnected', 'LINK')
          .replaceAll('connected', 'LINK')
          .replace(/vars .*/, '');
      expect(shape(second)).toBe(shape(first));
    }),
  );
});
