import { expect, test } from 'vitest';
import { quietBus } from './bus-state';
import { copyOfBus, copyOfNode, copyOfReplication, copyOfState } from './copies';
import { settledNode } from './fixtures/node-fixture';

const state = settledNode('8901');
const bus = quietBus(1, { min: 1, max: 2 }, ['8901']);

test.each([
  ['a state', state, copyOfState(state)],
  ['an entry of the table', state.nodes[1]!, copyOfNode(state.nodes[1]!)],
  ['the network', bus, copyOfBus(bus)],
  ['replication', state.replication, copyOfReplication(state.replication)],
])('copies: %s, with every field, in an object of its own', (_, original, copy) => {
  expect(copy).toEqual(original);
  expect(copy).not.toBe(original);
});
