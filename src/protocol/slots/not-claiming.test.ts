import { describe, expect, test } from 'vitest';
import { MASTER } from '../flags';
import { idOf, notesIn, turnOf, withEntry } from '../fixtures/node-fixture';
import { claim, rising, settled, slotsOfNode } from '../fixtures/slot-claims-fixture';
import { bindSlots } from '../table';

describe('slots: no longer claimed', () => {
  const dropped = claim(settled, '8901', 1, [[0, 5000]]).state;

  test('they stay bound, with a mark', () => {
    expect(slotsOfNode(dropped, '8901')).toEqual([[0, 5460]]);
    expect(dropped.notClaiming).toEqual([[5001, 5460]]);
  });

  test('the next to claim them gets them, whatever its epoch', () => {
    const state = withEntry(dropped, '8904', { flags: MASTER, masterId: null });
    const taken = claim(state, '8904', 0, [[5001, 5460]]).state;
    expect(slotsOfNode(taken, '8904')).toEqual([[5001, 5460]]);
    expect(taken.notClaiming).toEqual([]);
  });

  test('the mark outlives an unbinding: the next owner can be robbed with any epoch', () => {
    const turn = turnOf(withEntry(dropped, '8904', { flags: MASTER, masterId: null }));
    bindSlots(turn, idOf('8903'), [[5001, 5460]]);
    expect(turn.state.notClaiming).toEqual([[5001, 5460]]);
    const { state } = claim(turn.state, '8904', 0, [[5001, 5460]]);
    expect(slotsOfNode(state, '8904')).toEqual([[5001, 5460]]);
  });

  test('claimed again by their owner, they lose the mark', () => {
    expect(claim(dropped, '8901', 1, [[0, 5460]]).state.notClaiming).toEqual([]);
  });
});

describe('slots: news of a new owner', () => {
  test('is noted, with the epoch', () => {
    expect(notesIn(claim(rising, '8904', 7, [[0, 99]]), 'slot.owner')).toEqual([
      {
        event: 'slot.owner',
        node: rising.name,
        slots: '0-99',
        owner: '8904',
        epoch: 7,
        by: 'claim',
      },
    ]);
  });

  test('is no news while a cluster is made: the slots had no owner', () => {
    const empty = withEntry(settled, '8901', { slots: [] });
    expect(notesIn(claim(empty, '8901', 1, [[0, 5460]]), 'slot.owner')).toEqual([]);
  });
});
