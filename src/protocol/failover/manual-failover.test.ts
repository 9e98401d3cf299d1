import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { clusterCron } from '../time/cron';
import { NO_MANUAL_FAILOVER, type ManualFailoverState } from '../failover-state';
import {
  beginManualFailover,
  captureMastersOffset,
  giveUpManualFailover,
  handleManualFailover,
  manualPhase,
  obeyManualStart,
  resetManualFailover,
} from './manual-failover';
import {
  NOW_MS,
  connectionOf,
  entryOf,
  heartbeat,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { buildHeader } from '../messages/send';
import type { Turn } from '../turn';

const END_MS = NOW_MS + 5_000;

/** Node `me` in the middle of a manual failover. */
const during = (me: string, change: Partial<ManualFailoverState>): ClusterState => ({
  ...settledNode(me),
  manualFailover: { ...NO_MANUAL_FAILOVER, endMs: END_MS, ...change },
});
/** Master 8901, which paused for replica 8904. */
const paused: ClusterState = {
  ...during('8901', { replicaId: idOf('8904') }),
  pausedUntilMs: NOW_MS + 10_000,
};
const asking = during('8904', {});

const after = (state: ClusterState, rule: (turn: Turn) => void, nowMs = NOW_MS): Turn => {
  const turn = turnOf(state, nowMs);
  rule(turn);
  return turn;
};

describe('MFSTART: the master pauses for a replica of its own', () => {
  const asked = (sender: string, state = settledNode('8901')): Turn =>
    after(state, (turn) => obeyManualStart(turn, connectionOf(sender, '8901'), idOf(sender)));

  test('writes wait up to ten seconds, and it gives up after five', () => {
    const { state } = asked('8904');
    expect(state.pausedUntilMs).toBe(NOW_MS + 10_000);
    expect(state.manualFailover).toMatchObject({ endMs: END_MS, replicaId: idOf('8904') });
  });

  test('a PING at once, on the link the request came by, with the offset and the pause', () => {
    const turn = asked('8904');
    expect(sentIn(turn)).toHaveLength(1);
    const [sent] = sentIn(turn);
    expect(sent).toMatchObject({
      connection: connectionOf('8904', '8901'),
      message: { type: 'PING', paused: true, offsetBytes: 100 },
    });
    // Nobody waits for the PONG of a PING on the other side's link.
    expect(entryOf(turn.state, '8904').pingSentMs).toBe(0);
  });

  test('logged and noted', () => {
    const turn = asked('8904');
    expect(logIn(turn)).toEqual([`Manual failover requested by replica ${idOf('8904')}.`]);
    expect(notesIn(turn, 'manual.pause')).toEqual([
      { event: 'manual.pause', node: '8901', replica: '8904' },
    ]);
  });

  test.each(['8905', '8902'])('from %s, no replica of its own: not a word', (sender) => {
    const turn = asked(sender);
    expect(turn.effects).toEqual([]);
    expect(turn.state.manualFailover).toBe(NO_MANUAL_FAILOVER);
  });

  test('asked again: the clocks start anew, the pause is no news', () => {
    const turn = after(
      paused,
      (t) => obeyManualStart(t, connectionOf('8904', '8901'), idOf('8904')),
      NOW_MS + 1_000,
    );
    expect(turn.state.manualFailover.endMs).toBe(END_MS + 1_000);
    expect(turn.state.pausedUntilMs).toBe(NOW_MS + 11_000);
    expect(notesIn(turn, 'manual.pause')).toEqual([]);
    expect(notesIn(turn, 'manual.resume')).toEqual([]);
  });
});

describe('paused: what every header says', () => {
  test.each([
    ['a master in a manual failover', paused, true],
    ['a master outside of one', settledNode('8901'), false],
    ['a replica in a manual failover', asking, false],
  ])('%s: %s', (_, state, expected) => {
    expect(buildHeader(turnOf(state)).paused).toBe(expected);
  });

  test('the replica is pinged in every tick, whatever is pending', () => {
    const waiting = { ...paused, cronIteration: 502 };
    const pinged = withEntry(waiting, '8904', { pingSentMs: NOW_MS - 50 });
    const turn = after(pinged, clusterCron);
    expect(sentIn(turn).map(({ connection }) => connection)).toEqual(['8901#8904']);
    expect(entryOf(turn.state, '8904').pingSentMs).toBe(NOW_MS);
  });
});

describe('the offset of the paused master', () => {
  const heard = (state: ClusterState, from: string, change: object): Turn =>
    after(state, (turn) =>
      captureMastersOffset(turn, idOf(from), heartbeat('PONG', from, { paused: true, ...change })),
    );

  test('is remembered, said, and looked at before the next sleep', () => {
    const turn = heard(asking, '8901', { offsetBytes: 120 });
    expect(turn.state.manualFailover.masterOffsetBytes).toBe(120);
    expect(turn.state.todo.handleManualFailover).toBe(true);
    expect(logIn(turn)).toEqual([
      'Received replication offset for paused master manual failover: 120',
    ]);
  });

  test('only the first counts', () => {
    const once = heard(asking, '8901', { offsetBytes: 120 }).state;
    const twice = heard(once, '8901', { offsetBytes: 150 });
    expect(twice.state.manualFailover.masterOffsetBytes).toBe(120);
    expect(twice.effects).toEqual([]);
  });

  test.each([
    ['the master is not paused', asking, '8901', { paused: false }],
    ['another master says it', asking, '8902', {}],
    ['nobody asked', settledNode('8904'), '8901', {}],
    ['I am a master', during('8902', {}), '8901', {}],
  ])('not if %s', (_, state, from, change) => {
    expect(heard(state, from, change).effects).toEqual([]);
  });
});

describe('catching up: the election may start when every byte has been read', () => {
  const compare = (masterOffsetBytes: number): Turn =>
    after(during('8904', { masterOffsetBytes }), handleManualFailover);

  test('the offsets are equal: it may', () => {
    const turn = compare(100);
    expect(manualPhase(turn.state)).toBe('ready');
    expect(turn.state.todo.handleFailover).toBe(true);
    expect(logIn(turn)).toEqual([
      'All master replication stream processed, manual failover can start.',
    ]);
    expect(notesIn(turn, 'manual.ready')).toEqual([
      { event: 'manual.ready', node: '8904', offsetBytes: 100 },
    ]);
  });

  test.each([101, 99])('the master stopped at %i, this replica is at 100: look again', (offset) => {
    const turn = compare(offset);
    expect(manualPhase(turn.state)).toBe('catching-up');
    expect(turn.state.todo).toMatchObject({ handleManualFailover: true, handleFailover: false });
    expect(turn.effects).toEqual([]);
  });

  test.each([
    ['none runs', settledNode('8904')],
    ['the offset is not known', asking],
    ['it may start already', during('8904', { canStart: true, masterOffsetBytes: 100 })],
  ])('nothing to do: %s', (_, state) => {
    const turn = after(state, handleManualFailover);
    expect(turn.effects).toEqual([]);
    expect(turn.state.todo).toEqual(state.todo);
  });
});

describe('giving up after five seconds', () => {
  const atEnd = (state: ClusterState, nowMs: number): Turn =>
    after(state, giveUpManualFailover, nowMs);

  test.each([
    ['replica', asking],
    ['master', paused],
  ])('%s: in the first tick after them, not before', (_, state) => {
    expect(atEnd(state, END_MS).effects).toEqual([]);
    const turn = atEnd(state, END_MS + 1);
    expect(logIn(turn)).toEqual(['Manual failover timed out.']);
    expect(notesIn(turn, 'manual.expire')).toHaveLength(1);
    expect(turn.state.manualFailover).toEqual(NO_MANUAL_FAILOVER);
  });

  test('the master lets writes go on, long before the ten seconds of its pause are over', () => {
    const turn = atEnd(paused, END_MS + 1);
    expect(turn.state.pausedUntilMs).toBe(0);
    expect(notesIn(turn, 'manual.resume')).toEqual([
      { event: 'manual.resume', node: '8901', waiting: 0 },
    ]);
  });
});

describe('forgetting a manual failover', () => {
  test('a new one starts from nothing', () => {
    const again = after(during('8904', { masterOffsetBytes: 90 }), (turn) =>
      beginManualFailover(turn, false),
    );
    expect(again.state.manualFailover).toEqual({ ...NO_MANUAL_FAILOVER, endMs: END_MS });
  });

  test('only who paused for a replica unpauses', () => {
    const other = { ...asking, pausedUntilMs: NOW_MS + 1 };
    expect(after(other, resetManualFailover).state.pausedUntilMs).toBe(NOW_MS + 1);
    expect(after(paused, resetManualFailover).state.pausedUntilMs).toBe(0);
  });
});
