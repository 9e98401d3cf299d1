import { expect, test } from 'vitest';
import { quietBus } from './bus-state';
import { blankNode } from './cluster-state';
import { DEFAULT_CONFIG } from './config';
import { copyOfBus, copyOfNode, copyOfReplication, copyOfState } from './copies';
import { settledNode } from './fixtures/node-fixture';
import { freshState } from './fresh-state';
import { wholeEntries } from './whole-entries';

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

const fresh = freshState({ name: '8901', seed: 1, config: DEFAULT_CONFIG });
const [entry] = wholeEntries(state);
const blank = blankNode({ id: state.myId, flags: 0, createdMs: 0, port: 1, busPort: 2 });

test.each([
  ['the state of a new process', fresh, copyOfState(fresh)],
  ['its replication', fresh.replication, copyOfReplication(fresh.replication)],
  ['a new entry', blank, copyOfNode(blank)],
  ['an entry with its times', entry!, { ...copyOfNode(entry!), ...state.vitals.at(0) }],
])('copies: the fields of %s stand in the order of copies', (_, made, copy) => {
  expect(Object.keys(made)).toEqual(Object.keys(copy));
});
