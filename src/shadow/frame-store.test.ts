import { describe, expect, test } from 'vitest';
import { FrameStore } from './frame-store';
import type { LiveFrame } from './live-events';

const held = (frame: number, connection = 7): LiveFrame => ({
  ...{ type: 'frame', frame, atMs: 100, from: 1, to: 2, dialer: 1, acceptor: 2, connection },
  ...{ verdict: 'hold', bytes: new Uint8Array(8) },
});

describe('what is held back is lost', () => {
  test('with its connection, also when it is told of only after the end of that', () => {
    const store = new FrameStore(0);
    store.add(held(1));
    store.close(7, 150);
    store.add(held(2));
    store.add(held(3, 8));
    expect([0, 1, 2].map((number) => store.at(number)!.lostMs)).toEqual([150, 150, null]);
  });

  test('when it is told that it never arrives', () => {
    const store = new FrameStore(0);
    store.add(held(1));
    store.add(held(2));
    store.settle(1, null, 180);
    store.settle(2, 170, 180);
    const fates = [0, 1].map((number) => store.at(number)!);
    expect(fates).toMatchObject([
      { deliveredMs: null, lostMs: 180 },
      { deliveredMs: 170, lostMs: null },
    ]);
  });
});
