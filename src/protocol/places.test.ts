import { expect, test } from 'vitest';
import { idOf, settledNode } from './node-fixture';
import { guessesOf, placeIn } from './places';

const { nodes, myId } = settledNode('8901');

test('places: each node is found, the first time and again', () => {
  const guesses = guessesOf(myId);
  for (let round = 0; round < 2; round++) {
    for (const [place, { id }] of nodes.entries()) expect(placeIn(nodes, guesses, id)).toBe(place);
  }
});

test('places: a guess that no longer holds is put right', () => {
  const guesses = guessesOf(myId);
  const turned = nodes.toReversed();
  for (const { id } of nodes) placeIn(nodes, guesses, id);
  for (const [place, { id }] of turned.entries()) expect(placeIn(turned, guesses, id)).toBe(place);
});

test('places: who is not there is not found, however often anyone looks', () => {
  const guesses = guessesOf(myId);
  const rest = nodes.slice(0, -1);
  const gone = nodes.at(-1)!.id;
  expect(placeIn(nodes, guesses, gone)).toBe(nodes.length - 1);
  expect(placeIn(rest, guesses, gone)).toBe(-1);
  expect(placeIn(rest, guesses, idOf('9999'))).toBe(-1);
});
