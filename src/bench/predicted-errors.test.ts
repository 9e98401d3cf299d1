import { expect, test } from 'vitest';
import { predictedErrors, type Struck } from './predicted-errors';

// Nobody serves the slots of a master that has failed: then every node refuses. Before that its own
// port says what became of it; and whoever asks the wrong node is sent on, in peace, too.
test.each<[Struck, readonly string[]]>([
  ['freeze', ['CLUSTERDOWN', 'MOVED', 'no answer in time']],
  ['kill', ['CLUSTERDOWN', 'MOVED', 'disconnected']],
  ['cut off', ['CLUSTERDOWN', 'MOVED']],
])('%s: an application may meet %j', (struck, kinds) => {
  const fault = { struck, nodeTimeoutMs: 2_000, faultMs: 9_000, calmMs: 500 };
  expect([...predictedErrors(fault, [1])].sort()).toEqual(kinds);
});
