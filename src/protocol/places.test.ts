import { expect, test } from 'vitest';
import type { ClusterNode } from './cluster-state';
import { FAIL, HANDSHAKE, PFAIL } from './flags';
import { idOf, settledNode } from './fixtures/node-fixture';
import { IdBook, TRAIT, TableIndex, indexOf, traitsOf } from './places';

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
  expect(index.of(rest).placeIn(rest, gone)).toBe(-1);
  expect(index.placeIn(rest, idOf('9999'))).toBe(-1);
});

/** Of each entry of a table what a number leads to. */
function ledTo(index: TableIndex, table: readonly ClusterNode[]): (number | undefined)[] {
  const well = index.of(nodes).of(table).wellPlaces(index.book);
  return nodes.map(({ id }) => well[index.book.numberOf(id)!]! - 1);
}

test.each<readonly [string, readonly ClusterNode[]]>([
  ['turned around', nodes.toReversed()],
  ['without its last', nodes.slice(0, -1)],
  ['without one in the middle', nodes.toSpliced(2, 1)],
])(
  'places: a number leads where the node stands now, and nowhere if it is gone: %s',
  (_, table) => {
    const index = new TableIndex(myId, new IdBook());
    expect(ledTo(index, table)).toEqual(nodes.map((node) => table.indexOf(node)));
  },
);

test.each([{ flags: PFAIL }, { flags: FAIL }, { failReports: [{ by: idOf('8903'), atMs: 1 }] }])(
  'places: it leads to nobody who is not well: %o',
  (change) => {
    const index = new TableIndex(myId, new IdBook());
    const table = nodes.with(1, { ...nodes[1]!, ...change });
    expect(ledTo(index, table)).toEqual(nodes.map((_, place) => (place === 1 ? -1 : place)));
  },
);

test('places: a number from another book leads to nobody', () => {
  const index = indexOf(myId).of(nodes);
  expect(index.wellPlaces(new IdBook())).toHaveLength(0);
});

test('places: the traits are those of the entries, whatever table came before', () => {
  const index = new TableIndex(myId, new IdBook());
  const changes = [{ flags: PFAIL }, { link: null }, { flags: FAIL }, { flags: HANDSHAKE }, {}];
  for (const [at, change] of changes.entries()) {
    const table = nodes.map((node, place) => (place === at + 1 ? { ...node, ...change } : node));
    const traits = [...index.of(table).traits].slice(0, table.length);
    expect(traits).toEqual(table.map((node) => traitsOf(node, myId)));
    expect(traits[0]! & TRAIT.MYSELF).toBe(TRAIT.MYSELF);
  }
});
