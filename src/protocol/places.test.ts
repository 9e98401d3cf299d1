import { expect, test } from 'vitest';
import { FAIL, HANDSHAKE, PFAIL } from './flags';
import { idOf, settledNode } from './node-fixture';
import { TRAIT, TableIndex, indexOf, traitsOf } from './places';

const { nodes, myId } = settledNode('8901');

test('places: each node is found, the first time and again', () => {
  const index = indexOf(myId).of(nodes);
  for (let round = 0; round < 2; round++) {
    for (const [place, { id }] of nodes.entries()) expect(index.placeIn(nodes, id)).toBe(place);
  }
});

test('places: a guess that no longer holds is put right', () => {
  const index = indexOf(myId).of(nodes);
  const turned = nodes.toReversed();
  for (const [place, { id }] of turned.entries()) expect(index.placeIn(turned, id)).toBe(place);
});

test('places: who is not there is not found, however often anyone looks', () => {
  const rest = nodes.slice(0, -1);
  const index = indexOf(myId).of(nodes);
  const gone = nodes.at(-1)!.id;
  const number = index.numbers[nodes.length - 1]!;
  expect(index.placeOf(number, index.book)).toBe(nodes.length - 1);
  expect(index.of(rest).placeIn(rest, gone)).toBe(-1);
  expect(index.placeOf(number, index.book)).toBe(-1);
  expect(index.placeIn(rest, idOf('9999'))).toBe(-1);
});

test('places: a number from another book finds nobody', () => {
  const index = indexOf(myId).of(nodes);
  expect(index.placeOf(index.numbers[1]!, new Map())).toBe(-1);
});

test('places: the traits are those of the entries, whatever table came before', () => {
  const index = new TableIndex(myId, new Map());
  const changes = [{ flags: PFAIL }, { link: null }, { flags: FAIL }, { flags: HANDSHAKE }, {}];
  for (const [at, change] of changes.entries()) {
    const table = nodes.map((node, place) => (place === at + 1 ? { ...node, ...change } : node));
    const traits = [...index.of(table).traits].slice(0, table.length);
    expect(traits).toEqual(table.map((node) => traitsOf(node, myId)));
    expect(traits[0]! & TRAIT.MYSELF).toBe(TRAIT.MYSELF);
  }
});
