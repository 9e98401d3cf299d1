import { describe, expect, test } from 'vitest';
import { ConnectionPlaces, partsOf } from './connection-places';

describe('the parts of a connection’s id', () => {
  test.each([
    ['8901#3', ['8901', 3]],
    ['8901#120', ['8901', 120]],
    ['repl:8904#7', ['repl:8904', 7]],
    ['8901#0', ['8901#0', 0]],
    ['8901#03', ['8901#03', 0]],
    ['8901#', ['8901#', 0]],
    ['8901#3a', ['8901#3a', 0]],
    ['8901#123456789', ['8901#123456789', 0]],
    ['client', ['client', 0]],
  ])('%s', (id, parts) => {
    expect(partsOf(id)).toEqual(parts);
  });
});

test('where a connection stands: each has its own place, others none', () => {
  const places = new ConnectionPlaces();
  places.set('8901#3', 0);
  places.set('8901#200', 7);
  places.set('client', 2);
  expect(['8901#3', '8901#200', 'client'].map((id) => places.get(id))).toEqual([0, 7, 2]);
  expect(['8901#4', '8901#201', '8902#3', '8901'].map((id) => places.get(id))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
