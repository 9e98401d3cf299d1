/** Whatever operators and strangers do to one node, its table stays a table. */
import fc from 'fast-check';
import { test } from 'vitest';
import type { BusMessage, GossipEntry } from '../bus-message';
import { isReplica, type ClusterState } from '../cluster-state';
import { clusterCron } from '../time/cron';
import { MYSELF } from '../flags';
import { processCommand } from '../commands/process-command';
import { linkAccepted, linkClosed, linkConnected } from './links';
import { callOf, headerFrom, idOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { processPacket } from './packet';
import { slotCount } from '../slot-ranges';
import type { Turn } from '../turn';

const name = fc.constantFrom('8901', '8902', '8903', '8904', '8905', '8907', '8908');
const epoch = fc.integer({ min: 0, max: 9 });
const flags = fc.constantFrom(1, 2, 5, 6, 9, 10, 65, 257, 513);
const slots = fc.constantFrom(
  [],
  [[0, 5460]],
  [[5461, 10922]],
  [[0, 16383]],
  [[866, 866]],
) as fc.Arbitrary<[number, number][]>;

const command = fc.oneof(
  name.map((one) => `CLUSTER MEET 127.0.0.1 ${one}`),
  name.map((one) => `CLUSTER FORGET ${idOf(one)}`),
  name.map((one) => `CLUSTER REPLICATE ${idOf(one)}`),
  name.map((one) => `CLUSTER SETSLOT 866 IMPORTING ${idOf(one)}`),
  name.map((one) => `CLUSTER SETSLOT 866 MIGRATING ${idOf(one)}`),
  name.map((one) => `CLUSTER SETSLOT 866 NODE ${idOf(one)}`),
  fc.constantFrom(
    'CLUSTER RESET',
    'CLUSTER RESET HARD',
    'CLUSTER ADDSLOTS 866 867',
    'CLUSTER DELSLOTS 866',
    'CLUSTER FLUSHSLOTS',
    'CLUSTER BUMPEPOCH',
    'CLUSTER FAILOVER',
    'CLUSTER FAILOVER TAKEOVER',
    'CLUSTER NODES',
    'CLUSTER SLOTS',
    'CLUSTER SHARDS',
    'CLUSTER LINKS',
    'CLUSTER INFO',
    'CONFIG SET cluster-announce-port 9001',
    'CONFIG SET cluster-announce-ip 10.0.0.1',
    'CONFIG SET cluster-replica-no-failover yes',
    'SSUBSCRIBE hello',
    'SPUBLISH hello hi',
    'SET hello 1',
    'INFO',
  ),
);
type Act = (turn: Turn) => void;
const commanding: fc.Arbitrary<Act> = command.map((text) => (turn) => {
  processCommand(turn, callOf(text));
});

const gossip: fc.Arbitrary<GossipEntry> = fc.record({
  id: name.map(idOf),
  pingSentSecondMs: fc.constant(0),
  pongReceivedSecondMs: fc.constantFrom(0, 99_000, 200_000),
  ip: fc.constantFrom('127.0.0.1', '10.0.0.1', ''),
  port: fc.constantFrom(8_902, 9_002),
  busPort: fc.constant(18_902),
  flags,
});
const message: fc.Arbitrary<BusMessage> = fc
  .record({ from: name, master: fc.option(name), currentEpoch: epoch, configEpoch: epoch, slots })
  .chain(({ from, master, ...change }) => {
    const header = headerFrom(from, { ...change, masterId: master ? idOf(master) : null });
    return fc.oneof(
      fc
        .record({
          type: fc.constantFrom('PING' as const, 'PONG' as const, 'MEET' as const),
          gossip: fc.array(gossip, { maxLength: 3 }),
        })
        .map((body): BusMessage => ({ ...header, ...body, extensions: [] })),
      name.map((about): BusMessage => ({ ...header, type: 'FAIL', about: idOf(about) })),
      fc
        .record({ about: name, aboutConfigEpoch: epoch, aboutSlots: slots })
        .map(({ about, ...body }): BusMessage => ({
          ...header,
          type: 'UPDATE',
          about: idOf(about),
          ...body,
        })),
      fc.constant<BusMessage>({ ...header, type: 'MFSTART' }),
    );
  });
const hearing: fc.Arbitrary<Act> = fc
  .record({ message, way: fc.constantFrom('out', 'in', 'new'), peer: fc.nat({ max: 7 }) })
  .map(({ message: heard, way, peer }) => (turn) => {
    const { nodes } = turn.state;
    const node = nodes[peer % nodes.length]!;
    const known = way === 'out' ? node.link?.connection : node.inbound?.connection;
    const connection = known ?? `${heard.port}#${peer}${way}`;
    const isOpen =
      known !== undefined || turn.state.strangers.some((one) => one.connection === connection);
    if (!isOpen) linkAccepted(turn, connection);
    processPacket(turn, connection, heard);
  });
const linking: fc.Arbitrary<Act> = fc
  .record({ what: fc.constantFrom('up', 'down', 'refused'), peer: fc.nat({ max: 7 }) })
  .map(({ what, peer }) => (turn) => {
    const { nodes } = turn.state;
    const link = nodes[peer % nodes.length]!.link;
    if (!link) return;
    if (what === 'up') linkConnected(turn, link.connection);
    else linkClosed(turn, link.connection, what === 'refused');
  });
const ticking = fc.constant<Act>((turn) => clusterCron(turn));

function complaints({ state }: Turn): string[] {
  const { nodes, myId } = state;
  const ids = nodes.map(({ id }) => id);
  const me = nodes.filter((node) => node.flags & MYSELF);
  const links = nodes.flatMap(({ link, inbound }) => [link?.connection, inbound?.connection]);
  const open = links.filter((one) => one !== undefined);
  const owned = nodes.reduce((total, node) => total + slotCount(node.slots), 0);
  const marks = [...Object.values(state.migratingTo), ...Object.values(state.importingFrom)];
  return [
    ...(me.length === 1 && me[0]!.id === myId ? [] : ['no single entry about myself']),
    ...(new Set(ids).size === ids.length ? [] : ['an id twice']),
    ...(new Set(open).size === open.length ? [] : ['a connection twice']),
    ...(owned <= 16_384 ? [] : ['a slot twice']),
    ...nodes
      .filter((node) => node.masterId && !ids.includes(node.masterId))
      .map(() => 'a lost master'),
    ...marks.filter((id) => !ids.includes(id)).map(() => 'an open slot of nobody'),
    ...nodes
      .filter((node) => !isReplica(node) && node.masterId !== null)
      .map(() => 'a master that follows'),
  ];
}

test('membership: no words and no messages break a table', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('8901', '8904'),
      fc.array(fc.oneof(commanding, hearing, linking, ticking), { maxLength: 40 }),
      (who, acts) => {
        let state: ClusterState = settledNode(who);
        let nowMs = 100_000;
        for (const act of acts) {
          nowMs += 137;
          const turn = turnOf(state, nowMs);
          act(turn);
          const wrong = complaints(turn);
          if (wrong.length > 0) throw new Error(wrong.join(', '));
          JSON.stringify(turn.state);
          state = turn.state;
        }
      },
    ),
    { numRuns: 300 },
  );
});
