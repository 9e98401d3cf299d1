import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readRecordingFiles } from '../bus/recording-cli';
import { REPLICA } from '../protocol/flags';
import { withoutNewcomers, firstOrder } from './first-order';
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

test('replicas that are still to be have no hue of their own', () => {
  const [then, now] = [whole[0]!, whole.at(-1)!].map((step) => history.snapshotsAt(step));
  const toBe = then!.map((one, i) => {
    if (i < 3 || one === null) return one;
    const { context } = one;
    const nodes = context.nodes.map((node) =>
      node.id === context.myId ? { ...node, flags: node.flags & ~REPLICA, masterId: null } : node,
    );
    return { ...one, context: { ...context, nodes } };
  });
  expect(firstOrder(history, toBe).masters).toBe(6);
  const order = firstOrder(history, withoutNewcomers(toBe, now!));
  expect([order.masters, order.shards.get('24604')]).toEqual([3, 0]);
});
