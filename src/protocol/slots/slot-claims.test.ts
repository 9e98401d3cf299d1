import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { MASTER, MYSELF, REPLICA } from '../flags';
import { keySlot } from '../key-slot';
import {
  bumpConfigEpoch,
  correctOldClaim,
  obeyUpdate,
  resolveEpochCollision,
  setMaster,
} from './slot-claims';
import { claim, rising, settled, slotsOfNode } from '../fixtures/slot-claims-fixture';
import type { SlotRanges } from '../slot-ranges';
import {
  entryOf,
  flagged,
  headerFrom,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { keyspaceOf, valuesOf } from '../keyspace';

describe('slots: the greater configEpoch wins', () => {
  test.each([
    [7, true],
    [2, true],
    [1, false],
    [0, false],
  ])('a claim under epoch %i to slots held under epoch 1: taken %s', (epoch, taken) => {
    const { state } = claim(rising, '8904', epoch, [[0, 5460]]);
    expect(slotsOfNode(state, '8904')).toEqual(taken ? [[0, 5460]] : []);
    expect(slotsOfNode(state, '8901')).toEqual(taken ? [] : [[0, 5460]]);
  });

  test('slot by slot: free ones are taken, newer owners keep theirs', () => {
    const patchy = withEntry(withEntry(rising, '8901', { slots: [[0, 99]] }), '8903', {
      slots: [[200, 299]],
      configEpoch: 9,
    });
    const { state } = claim(patchy, '8904', 7, [[0, 400]]);
    expect(slotsOfNode(state, '8904')).toEqual([
      [0, 199],
      [300, 400],
    ]);
    expect(slotsOfNode(state, '8903')).toEqual([[200, 299]]);
    expect(state.todo).toMatchObject({ saveConfig: true, updateState: true });
  });

  test('a claim that changes nothing saves nothing', () => {
    const { state } = claim(settled, '8901', 1, [[0, 5460]]);
    expect(state.todo).toMatchObject({ saveConfig: false, updateState: false });
  });
});

test('the teaching switch ignore-epochs: the last claim wins, however old', () => {
  const config = { ...rising.config, switches: ['ignore-epochs'] as const };
  const { state } = claim({ ...rising, config }, '8904', 0, [[0, 5460]]);
  expect(slotsOfNode(state, '8904')).toEqual([[0, 5460]]);
});

test('slots: a slot I am importing is never moved by a claim', () => {
  const importing = { ...rising, importingFrom: { 100: idOf('8901') } };
  const { state } = claim(importing, '8904', 100, [[99, 101]]);
  expect(slotsOfNode(state, '8904')).toEqual([
    [99, 99],
    [101, 101],
  ]);
});

describe('slots: a master left with nothing follows the taker', () => {
  const mine: ClusterState = { ...rising, keys: keyspaceOf({ foo: 'bar' }) };

  test('and so becomes its replica', () => {
    const turn = claim(mine, '8904', 7, [[5461, 10922]]);
    const me = entryOf(turn.state, '8902');
    expect(me.masterId).toBe(idOf('8904'));
    expect(me.flags & (MASTER | REPLICA | MYSELF)).toBe(REPLICA | MYSELF);
    expect(logIn(turn)).toContain(
      `Configuration change detected. Reconfiguring myself as a replica of ${idOf('8904')}`,
    );
    expect(notesIn(turn, 'demote')).toEqual([{ event: 'demote', node: '8902', master: '8904' }]);
    expect(turn.state.replication).toMatchObject({ masterPort: 8904, link: 'connecting' });
  });

  test('its replicas follow, too', () => {
    const replica = withEntry(settledNode('8905'), '8904', { flags: MASTER, masterId: null });
    const turn = claim(replica, '8904', 7, [[5461, 10922]]);
    expect(entryOf(turn.state, '8905').masterId).toBe(idOf('8904'));
    expect(notesIn(turn, 'demote')).toEqual([]);
  });

  test('a master that keeps one slot stays, and its keys in the lost slots are gone', () => {
    expect(keySlot('foo')).toBe(12182);
    const holder: ClusterState = {
      ...withEntry(
        withEntry(settledNode('8903'), '8904', { flags: MASTER, masterId: null }),
        '8904',
        {
          configEpoch: 7,
        },
      ),
      keys: keyspaceOf({ foo: '1', x: '2' }),
    };
    const { state } = claim(holder, '8904', 7, [[12_000, 12_999]]);
    expect(entryOf(state, '8903').masterId).toBeNull();
    expect(valuesOf(state.keys)).toEqual({ x: '2' });
  });

  test('with cluster-allow-replica-migration no, only if the taker has no other slots', () => {
    const config = { ...rising.config, allowReplicaMigration: false };
    const follow = (slots: SlotRanges) =>
      entryOf(claim({ ...rising, config }, '8904', 7, slots).state, '8902').masterId;
    expect(follow([[5461, 10922]])).toBe(idOf('8904'));
    expect(follow([[5460, 10922]])).toBeNull();
  });
});

test('slots: the taker is followed at the address the table has of it', () => {
  const elsewhere = withEntry(rising, '8904', { ip: '10.0.0.4', port: 7004 });
  const { state } = claim(elsewhere, '8904', 7, entryOf(elsewhere, '8902').slots);
  expect(state.replication).toMatchObject({ masterIp: '10.0.0.4', masterPort: 7004 });
});

test('slots: a replica of a replica turns to the grandmaster', () => {
  const sub = withEntry(settledNode('8905'), '8902', {
    flags: REPLICA,
    masterId: idOf('8901'),
    slots: [],
  });
  const turn = claim(sub, '8901', 1, [[0, 5460]]);
  expect(entryOf(turn.state, '8905').masterId).toBe(idOf('8901'));
  expect(logIn(turn)).toContain(
    `I'm a sub-replica! Reconfiguring myself as a replica of grandmaster ${idOf('8901')}`,
  );
});

describe('UPDATE: telling a node that its claims are old', () => {
  const tell = (state: ClusterState, by: string, epoch: number, slots: SlotRanges) => {
    const turn = turnOf(state);
    correctOldClaim(turn, idOf(by), epoch, slots);
    return turn;
  };

  test('one message, about the owner of the first such slot', () => {
    const turn = tell(settled, '8901', 1, [[5000, 16383]]);
    expect(sentIn(turn)).toMatchObject([
      {
        connection: '8902#8901',
        message: { type: 'UPDATE', about: idOf('8902'), aboutConfigEpoch: 2 },
      },
    ]);
    expect(logIn(turn)).toEqual([
      `Node ${idOf('8901')} has old slots configuration, sending an UPDATE message about ` +
        idOf('8902'),
    ]);
  });

  test('none for an equal epoch, none for slots nobody claims', () => {
    expect(tell(settled, '8901', 2, [[5461, 10922]]).effects).toEqual([]);
    const given: ClusterState = { ...settled, notClaiming: [[5461, 10922]] };
    expect(tell(given, '8901', 1, [[5461, 10922]]).effects).toEqual([]);
  });

  test('slots the owner stopped claiming are left out of the message', () => {
    const turn = tell({ ...settled, notClaiming: [[6000, 10922]] }, '8901', 1, [[5461, 5461]]);
    expect(sentIn(turn)[0]!.message).toMatchObject({ aboutSlots: [[5461, 5999]] });
  });
});

describe('UPDATE: obeyed', () => {
  const update = (about: string, epoch: number, slots: SlotRanges) =>
    ({
      ...headerFrom('8903'),
      type: 'UPDATE',
      about: idOf(about),
      aboutConfigEpoch: epoch,
      aboutSlots: slots,
    }) as const;
  const obey = (state: ClusterState, message: ReturnType<typeof update>) => {
    const turn = turnOf(state);
    obeyUpdate(turn, message);
    return turn;
  };

  test('the node it is about becomes a master with those slots, even one held as replica', () => {
    const { state } = obey(settledNode('8901'), update('8904', 7, [[0, 5460]]));
    expect(entryOf(state, '8904')).toMatchObject({ configEpoch: 7, slots: [[0, 5460]] });
    expect(entryOf(state, '8904').flags & MASTER).toBe(MASTER);
    expect(entryOf(state, '8901').masterId).toBe(idOf('8904'));
  });

  test('an epoch that is not greater is nothing new', () => {
    expect(obey(settledNode('8902'), update('8901', 1, [[0, 16383]])).effects).toEqual([]);
  });

  test('about myself: my configEpoch rises, the slots are refused, currentEpoch stays', () => {
    const turn = obey(settledNode('8902'), update('8902', 9, [[0, 1]]));
    expect(entryOf(turn.state, '8902')).toMatchObject({ configEpoch: 9, slots: [[5461, 10922]] });
    expect(turn.state.currentEpoch).toBe(6);
    expect(logIn(turn)).toEqual(['Discarding UPDATE message about myself.']);
  });
});

describe('epochs: two masters with the same one', () => {
  const collide = (me: string, sender: string, senderEpoch: number) => {
    const own = entryOf(settledNode(me), me).configEpoch;
    const turn = turnOf(withEntry(settledNode(me), sender, { configEpoch: senderEpoch }));
    resolveEpochCollision(turn, idOf(sender));
    return { epoch: entryOf(turn.state, me).configEpoch, own, turn };
  };

  test('the smaller id takes a new epoch', () => {
    const { epoch, turn } = collide('8902', '8903', 2);
    expect(epoch).toBe(7);
    expect(turn.state.currentEpoch).toBe(7);
    expect(logIn(turn)).toEqual([
      `WARNING: configEpoch collision with node ${idOf('8903')}. configEpoch set to 7`,
    ]);
  });

  test('the greater id keeps it', () => {
    const { epoch, own } = collide('8902', '8901', 2);
    expect(epoch).toBe(own);
  });

  test('an old header is no collision: my table knows a newer epoch of the sender', () => {
    const { epoch, own } = collide('8902', '8903', 4);
    expect(epoch).toBe(own);
  });

  test.each([
    ['smaller than the greatest known', 6, 2, true, 7],
    ['the greatest', 2, 2, true, 3],
    ['zero', 0, 0, true, 1],
  ])('BUMPEPOCH when mine is %s', (_, currentEpoch, own, bumped, after) => {
    const turn = turnOf({ ...withEntry(settled, '8902', { configEpoch: own }), currentEpoch });
    expect(bumpConfigEpoch(turn)).toBe(bumped);
    expect(entryOf(turn.state, '8902').configEpoch).toBe(after);
  });

  test('BUMPEPOCH does nothing when mine is the greatest of all', () => {
    const turn = turnOf(withEntry(settled, '8902', { configEpoch: 6 }));
    expect(bumpConfigEpoch(turn)).toBe(false);
  });
});

test('replicate: a master that turns replica closes its open slots', () => {
  const open = { ...withEntry(settled, '8902', { slots: [] }), migratingTo: { 7: idOf('8901') } };
  const turn = turnOf(flagged(open, '8902', 0));
  setMaster(turn, idOf('8901'));
  expect(turn.state.migratingTo).toEqual({});
});
