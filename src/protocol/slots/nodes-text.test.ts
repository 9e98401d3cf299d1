import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printClusterNodes } from '../commands/cluster-texts';
import { FAIL, HANDSHAKE, MASTER, MYSELF, NOADDR, PFAIL, REPLICA } from '../flags';
import { idOf, settledNode, withEntry } from '../fixtures/node-fixture';
import { parseClusterNodes } from './nodes-text';
import { slotsOf } from '../slot-ranges';

const ID = 'a'.repeat(40);
const WORDED = MYSELF | MASTER | REPLICA | PFAIL | FAIL | HANDSHAKE | NOADDR;
const parse = (text: string) => parseClusterNodes(text)[0]!;

describe('CLUSTER NODES, read back', () => {
  test('a master', () => {
    const line = `${ID} 127.0.0.1:7001@17001 myself,master - 0 1700000000123 7 connected 0-5460 9000`;
    expect(parse(line)).toEqual({
      ...{ id: ID, ip: '127.0.0.1', port: 7_001, busPort: 17_001, hostname: '' },
      ...{ flags: MYSELF | MASTER, masterId: null, configEpoch: 7, connected: true },
      ...{ pingSentUnixMs: 0, pongReceivedUnixMs: 1_700_000_000_123 },
      slots: [
        [0, 5_460],
        [9_000, 9_000],
      ],
      ...{ migratingTo: {}, importingFrom: {} },
    });
  });

  test('a replica with a hostname, that does not answer', () => {
    const line = `${ID} 10.0.0.2:7004@17004,db.example slave,fail? ${ID} 5 4 7 disconnected`;
    expect(parse(line)).toMatchObject({
      ...{ hostname: 'db.example', flags: REPLICA | PFAIL, masterId: ID },
      ...{ connected: false, slots: [] },
    });
  });

  test('an address that is not known, a handshake, open slots', () => {
    const line = `${ID} :0@0 master,fail,handshake,noaddr - 0 0 0 connected [5->-${ID}] [6-<-${ID}]`;
    expect(parse(line)).toMatchObject({
      ...{ ip: '', port: 0, busPort: 0, flags: MASTER | FAIL | HANDSHAKE | NOADDR },
      ...{ migratingTo: { 5: ID }, importingFrom: { 6: ID } },
    });
  });

  test('whatever our own table prints says the same again', () => {
    const flags = fc.integer({ min: 0, max: WORDED }).map((bits) => bits & WORDED);
    const slots = fc.uniqueArray(fc.integer({ min: 0, max: 16_383 }), { maxLength: 20 });
    fc.assert(
      fc.property(flags, slots, fc.nat(), (bits, list, configEpoch) => {
        const state = withEntry(settledNode('8901'), '8902', {
          ...{ flags: bits, slots: slotsOf(list), configEpoch, masterId: null },
        });
        const lines = parseClusterNodes(printClusterNodes(state));
        expect(lines.find(({ id }) => id === idOf('8902'))).toMatchObject({
          ...{ flags: bits, slots: slotsOf(list), configEpoch, port: 8_902, connected: true },
        });
      }),
    );
  });
});

describe('what is no CLUSTER NODES: one sentence', () => {
  const good = `${ID} 127.0.0.1:7001@17001 master - 0 0 7 connected`;
  test.each([
    ['line 2 of CLUSTER NODES', `${good}\nnonsense`],
    ['40 characters', good.replace(ID, 'short')],
    ['"127.0.0.1"', good.replace(':7001@17001', '')],
    ['"boss"', good.replace('master', 'boss')],
    ['"seven"', good.replace(' 7 ', ' seven ')],
    ['"maybe"', good.replace('connected', 'maybe')],
    ['"0-99999"', `${good} 0-99999`],
    ['"[5->-x]"', `${good} [5->-x]`],
  ])('%s', (found, text) => {
    expect(() => parseClusterNodes(text)).toThrow(found);
  });
});
