import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readRecordingFiles } from '../bus/recording-cli';
import { firstOrder } from './first-order';
import { captureSource } from './open-recording';

const file = fileURLToPath(
  new URL('../bus/captures/sigkill-failover.index.json.gz', import.meta.url),
);
const { history } = captureSource(readRecordingFiles(file));
const shown = (step: number, unknown: readonly number[] = []) => {
  const snapshots = history.snapshotsAt(step).map((one, i) => (unknown.includes(i) ? null : one));
  const { names, shards, masters } = firstOrder(history, snapshots);
  return `${masters}: ${names.map((name) => `${name} ${shards.get(name)}`).join(', ')}`;
};
const steps = Array.from({ length: history.stops.length }, (_, i) => history.stops.at(i).step);
const whole = steps.filter((step) => history.snapshotsAt(step).every((one) => one !== null));
const PORTS = '3: 24601 0, 24602 1, 24603 2, 24604 0, 24605 1, 24606 2';

test('before, during and after a failover each node has the same place and hue', () => {
  expect(new Set(whole.map((step) => shown(step)))).toEqual(new Set([PORTS]));
});

test('nor does it matter which node is dead when a page comes', () => {
  for (let node = 0; node < 6; node++) {
    const seen = [whole[0]!, whole.at(-1)!].map((step) => shown(step, [node]));
    expect(seen, `without node ${node + 1}`).toEqual([PORTS, PORTS]);
  }
});
